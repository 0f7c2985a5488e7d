import type { RequestName } from '../../contract/channels.ts';
import { fault } from '../../contract/fault.ts';
import {
  eidCheckDigitsHold,
  eidFault,
  normaliseEid,
  type Order,
  type OrderTarget,
} from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { inspectLedger } from '../orders/ledger/inspectLedger.ts';
import type { OrderDesk } from '../orders/orderDesk.ts';
import type { Bench } from './bench.ts';
import {
  changeChip,
  readChip,
  retrieveNotification,
  switchSlot,
  unlockSim,
  verify,
} from './deviceActivities.ts';
import { deviceName } from './deviceName.ts';
import { pageOfProfiles } from './remoteProfiles.ts';
import type { Handlers } from './requests.ts';
import { accountOfOrder, activateSim, simWishOf } from './simWishes.ts';

/** The requests that need a window system; `main/app` answers them. */
export type WindowRequestName =
  | 'orders.saveQr'
  | 'orders.printQr'
  | 'atLog.export'
  | 'devices.saveReport'
  | 'accounts.export'
  | 'accounts.import'
  | 'proxy.signIn'
  | 'proxy.forget'
  | 'ledger.export'
  | 'clipboard.write'
  | 'demo.open';

export type BenchRequestName = Exclude<RequestName, WindowRequestName>;

/** Answers to the window's requests that the bench can give by itself. */
export function benchHandlers(bench: Bench): Handlers<BenchRequestName> {
  /** Does something with the order desk, or says why there is none. */
  const withOrders = async <T>(
    work: (desk: OrderDesk) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const desk = bench.openOrders();
    return desk.ok ? work(desk.value) : desk;
  };

  return {
    'state.get': () => ok(bench.store.snapshot()),
    'ports.rescan': async () => {
      await bench.rescan();
      return ok(null);
    },
    'devices.addPort': ({ path, baudRate }) => bench.devices.addPort(path, baudRate),
    'devices.remove': ({ deviceId }) => bench.devices.remove(deviceId),
    'devices.read': ({ deviceId }) => bench.devices.read(deviceId),
    'devices.cancel': ({ deviceId }) => bench.devices.cancel(deviceId),
    'devices.enterPin': ({ deviceId, pin }) => unlockSim(bench.devices, deviceId, { pin }),
    'devices.enterPuk': ({ deviceId, puk, newPin }) => unlockSim(bench.devices, deviceId, { puk, newPin }),
    'devices.switchSlot': ({ deviceId, slot }) => switchSlot(bench.devices, deviceId, slot),
    'devices.verify': ({ deviceId }) => verify(bench.devices, deviceId),
    'chip.read': ({ deviceId }) => readChip(bench.devices, deviceId),
    'chip.change': ({ deviceId, change }) => changeChip(bench.devices, deviceId, change),
    'chip.retrieveNotification': ({ deviceId, sequenceNumber }) =>
      retrieveNotification(bench.devices, deviceId, sequenceNumber),

    'orders.create': ({ target, callback, acceptInvalidEid, orderAnother }) =>
      withOrders(async (desk) => {
        const account = bench.accountInUse();
        if (!account.ok) return account;
        const wanted = resolveTarget(bench, target);
        if (!wanted.ok) return wanted;
        const { eid, device } = wanted.value;
        if (eid !== null && !eidCheckDigitsHold(eid) && !acceptInvalidEid) return fail(eidFault(eid));
        const placed = await desk.place({
          target: eid === null ? { kind: 'matchingId' } : { kind: 'eid', eid },
          device,
          account: account.value,
          callback,
          orderAnother,
          ...simWishOf(bench.accounts.inUse),
        });
        if (
          placed.ok &&
          placed.value.kind === 'ordered' &&
          placed.value.repeated !== true &&
          device !== null
        ) {
          const note = `Ordered a profile (order ${placed.value.orderId}).`;
          bench.devices.note(device.id, { kind: 'ordered', done: true, note });
        }
        return placed;
      }),
    'orders.adopt': ({ sid, deviceId }) =>
      withOrders((desk) => {
        const account = bench.accountInUse();
        if (!account.ok) return account;
        return desk.adopt(sid, account.value, deviceId === null ? null : orderDevice(bench, deviceId));
      }),
    'orders.refresh': ({ orderId }) => withOrders((desk) => desk.refresh(orderId)),
    'orders.cancel': ({ orderId }) => withOrders((desk) => desk.cancel(orderId)),
    'orders.orderAgain': ({ orderId }) => withOrders((desk) => desk.orderAgain(orderId)),
    'orders.orderAnother': ({ orderId }) => withOrders((desk) => desk.orderAnother(orderId)),
    'orders.chooseCandidate': ({ orderId, sid }) => withOrders((desk) => desk.chooseCandidate(orderId, sid)),
    'orders.archive': ({ orderId, archived }) => withOrders((desk) => desk.archive(orderId, archived)),

    'profiles.page': ({ filter, cursor }) => pageOfProfiles(bench, filter, cursor),

    'sims.read': ({ orderId }) => withOrders((desk) => desk.readSim(orderId)),
    'sims.activate': ({ orderId, wish }) => withOrders((desk) => activateSim(bench, desk, orderId, wish)),
    'sims.dropActivation': ({ orderId }) => withOrders((desk) => desk.dropActivation(orderId)),
    'fleets.list': ({ orderId }) =>
      withOrders(async (desk) => {
        const account = orderId === null ? bench.accountInUse() : accountOfOrder(desk, orderId);
        return account.ok ? ok(await desk.fleets(account.value)) : account;
      }),

    'ledger.check': () => {
      const report = inspectLedger(bench.ledgerPath);
      return report.ok ? ok({ ...report.value, problems: report.value.problems.slice(0, 100) }) : report;
    },

    'account.set': (input) => bench.accounts.set(input),
    'account.test': () => bench.accounts.test(),
    'account.use': ({ name }) => bench.accounts.use(name),
    'account.rename': ({ name, newName }) => bench.accounts.rename(name, newName),
    'account.setSimDefaults': ({ name, simDefaults }) => bench.accounts.setSimDefaults(name, simDefaults),
    'account.clear': ({ name }) => bench.accounts.clear(name),

    'settings.set': (change) => {
      const settings = { ...bench.preferences.settings, ...change };
      const written = bench.preferences.setSettings(settings);
      if (written.ok) bench.store.set({ settings });
      return written;
    },
    'atLog.get': () => ok({ entries: bench.atLog.latest() }),
  };
}

interface Wanted {
  readonly eid: string | null;
  readonly device: Order['device'];
}

function resolveTarget(bench: Bench, target: OrderTarget): Result<Wanted> {
  switch (target.kind) {
    case 'matchingId':
      return ok({ eid: null, device: null });
    case 'eid': {
      const eid = normaliseEid(target.eid);
      return eid === null ? fail(eidFault(target.eid)) : ok({ eid, device: null });
    }
    case 'device': {
      const device = bench.devices.device(target.deviceId);
      if (device === undefined)
        return fail(fault('port.notFound', { message: 'This device is not there any more.' }));
      if (device.eid === null)
        return fail(
          device.fault ?? fault('euicc.none', { message: 'The EID of this device was not read yet.' }),
        );
      return ok({ eid: device.eid.value, device: orderDevice(bench, target.deviceId) });
    }
  }
}

/** A device as an order remembers it. */
function orderDevice(bench: Bench, deviceId: string): Order['device'] {
  const device = bench.devices.device(deviceId);
  if (device === undefined) return null;
  return { id: device.id, name: deviceName(device), imei: device.modem?.imei ?? null };
}
