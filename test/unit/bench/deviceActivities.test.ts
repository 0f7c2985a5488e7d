import { beforeEach, describe, expect, it } from 'vitest';
import type { Chip, ChipChange } from '../../../contract/chip.ts';
import type { Device, DeviceEvent } from '../../../contract/device.ts';
import { fault } from '../../../contract/fault.ts';
import { fail, ok } from '../../../contract/result.ts';
import { changeChip, readChip, switchSlot, unlockSim, verify } from '../../../main/bench/deviceActivities.ts';
import { DeviceDesk } from '../../../main/bench/deviceDesk.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import {
  changed,
  createFakeModems,
  EID,
  EMPTY_CHIP,
  type FakeModems,
  type FakePort,
  installed,
  usbPort,
} from './support/fakeModems.ts';

const ONE = '89490000000000000011';
const TWO = '89490000000000000029';
const PATH = '/dev/ttyUSB2';
const TWO_PROFILES: Chip = {
  ...EMPTY_CHIP,
  profiles: [installed(ONE, { state: 'enabled', name: 'First' }), installed(TWO, { nickname: 'Field' })],
  notifications: [{ sequenceNumber: 7, operation: 'enable', address: 'smdp.example', iccid: ONE }],
};

let clock: FakeClock;
let modems: FakeModems;
let desk: DeviceDesk;
let devices: Device[];
let steps: string[];
let lines: DeviceEvent[];

beforeEach(() => {
  clock = createFakeClock();
  modems = createFakeModems();
  devices = [];
  steps = [];
  lines = [];
  desk = new DeviceDesk({
    serial: modems.serial,
    modemTools: modems.tools,
    memory: { get: () => undefined, put: () => undefined },
    history: {
      of: () => ({ history: [], verification: null }),
      add(_key, event) {
        lines.push(event);
        return ok(null);
      },
    },
    clock,
    publish(all) {
      devices = all;
      const step = all[0]?.activity?.step;
      if (step !== undefined && step !== '' && steps.at(-1) !== step) steps.push(step);
    },
    isOrderedFor: () => false,
    lookAgain: () => undefined,
  });
});

async function plugIn(port: FakePort): Promise<string> {
  modems.ports.set(PATH, port);
  desk.portsArrived([usbPort(PATH)]);
  await clock.settle();
  return devices[0]?.id ?? '';
}

/** Lets time pass until the work has ended. */
async function ended<T>(work: Promise<T>): Promise<T> {
  let over = false;
  void work.finally(() => {
    over = true;
  });
  for (let turn = 0; turn < 300 && !over; turn += 1) await clock.advance(1_000);
  return work;
}

describe('reading the chip', () => {
  it('puts what it says into the device', async () => {
    const id = await plugIn({ chip: TWO_PROFILES });
    const work = readChip(desk, id);
    expect(devices[0]?.activity?.kind).toBe('readChip');
    expect(await ended(work)).toEqual(ok(null));
    expect(devices[0]).toMatchObject({ chip: TWO_PROFILES, activity: null, activityFault: null });
  });

  it('shows why it failed, and leaves the device ready', async () => {
    const id = await plugIn({ chipFault: fault('euicc.refused') });
    await ended(readChip(desk, id));
    expect(devices[0]).toMatchObject({
      phase: 'ready',
      chip: null,
      activityFault: { code: 'euicc.refused' },
    });
  });

  it('is refused while something else is under way, and for a device that is not there', async () => {
    const id = await plugIn({});
    const first = readChip(desk, id);
    const second = await readChip(desk, id);
    expect(second.ok ? null : second.fault.code).toBe('device.busy');
    expect((await ended(first)).ok).toBe(true);
    const third = await readChip(desk, 'device-9');
    expect(third.ok ? null : third.fault.code).toBe('port.notFound');
  });

  it('says so when the port goes away in the middle, and goes on when it is back', async () => {
    const id = await plugIn({ chip: TWO_PROFILES });
    const work = readChip(desk, id);
    modems.pull(PATH);
    desk.portsRemoved([PATH]);
    await ended(work);
    desk.portsArrived([usbPort(PATH)]);
    await clock.settle();
    expect(devices[0]?.phase).toBe('ready');
    expect((await ended(readChip(desk, devices[0]?.id ?? ''))).ok).toBe(true);
  });
});

describe('changing the chip', () => {
  const CASES: readonly (readonly [ChipChange, string])[] = [
    [{ kind: 'disable', iccid: ONE }, 'Disabled First (ICCID …0011).'],
    [{ kind: 'delete', iccid: TWO }, 'Deleted Field (ICCID …0029).'],
    [{ kind: 'nickname', iccid: TWO, nickname: 'Van' }, 'Named Field (ICCID …0029) “Van”.'],
    [{ kind: 'nickname', iccid: TWO, nickname: '' }, 'Took the nickname off Field (ICCID …0029).'],
    [{ kind: 'defaultSmdp', address: 'SMDP.example' }, 'Set the default SM-DP+ address to SMDP.example.'],
    [{ kind: 'removeNotification', sequenceNumber: 7 }, 'Removed notification 7.'],
    [{ kind: 'reset', typedDigits: EID.slice(-8) }, 'Reset the eUICC: all operational profiles deleted.'],
  ];

  it.each(CASES)('is made, read back and written into the history: %j', async (change, note) => {
    const id = await plugIn({ chip: TWO_PROFILES });
    await ended(readChip(desk, id));
    expect(await ended(changeChip(desk, id, change))).toEqual(ok(null));
    expect(devices[0]?.chip).toEqual(changed(TWO_PROFILES, change));
    expect(lines).toMatchObject([{ kind: 'changeChip', done: true, note }]);
  });

  it('is proven for an enabled profile by the ICCID that the modem goes by', async () => {
    const port: FakePort = { chip: TWO_PROFILES, iccid: ONE };
    port.onRefresh = () => {
      clock.after(5_000, () => {
        port.iccid = TWO;
      });
      return ok('ready');
    };
    const id = await plugIn(port);
    expect(await ended(changeChip(desk, id, { kind: 'enable', iccid: TWO }))).toEqual(ok(null));
    expect(devices[0]?.iccid).toBe(TWO);
    expect(steps).toContain('Waiting for the modem to see the profile');
  });

  it('is not proven where the modem goes on with the profile of before', async () => {
    const id = await plugIn({ chip: TWO_PROFILES, iccid: ONE });
    const result = await ended(changeChip(desk, id, { kind: 'enable', iccid: TWO }));
    expect(result.ok ? null : result.fault.code).toBe('chip.notProven');
    expect(lines).toMatchObject([{ done: false }]);
  });

  it('goes on over a restart of the modem, whose port goes and comes on another path', async () => {
    const port: FakePort = { chip: TWO_PROFILES, iccid: ONE };
    port.onRefresh = () => {
      port.iccid = TWO;
      modems.ports.delete(PATH);
      modems.pull(PATH);
      desk.portsRemoved([PATH]);
      clock.after(20_000, () => {
        modems.ports.set('/dev/ttyUSB7', port);
        desk.portsArrived([usbPort('/dev/ttyUSB7')]);
      });
      return ok('restarting');
    };
    const id = await plugIn(port);
    expect(await ended(changeChip(desk, id, { kind: 'enable', iccid: TWO }))).toEqual(ok(null));
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ id, phase: 'ready', iccid: TWO, port: { path: '/dev/ttyUSB7' } });
    expect(steps).toContain('Waiting for the modem to restart');
  });

  it('gives up on a modem that does not come back, and the device is gone', async () => {
    const port: FakePort = { chip: TWO_PROFILES };
    port.onRefresh = () => {
      modems.ports.delete(PATH);
      modems.pull(PATH);
      desk.portsRemoved([PATH]);
      return ok('restarting');
    };
    const id = await plugIn(port);
    const result = await ended(changeChip(desk, id, { kind: 'enable', iccid: TWO }));
    expect(result.ok ? null : result.fault.code).toBe('port.vanished');
    expect(devices.map(({ phase, activity }) => [phase, activity])).toEqual([]);
  });

  it('is not sent again where its answer was lost: reading back says that it was made', async () => {
    const port: FakePort = { chip: TWO_PROFILES, iccid: TWO };
    let sent = 0;
    port.onChange = (change) => {
      sent += 1;
      port.chip = changed(TWO_PROFILES, change as ChipChange & { kind: 'enable' });
      return fail(fault('chip.unconfirmed'));
    };
    const id = await plugIn(port);
    expect(await ended(changeChip(desk, id, { kind: 'enable', iccid: TWO }))).toEqual(ok(null));
    expect(sent).toBe(1);
  });

  it('says so where its answer was lost and reading back shows the state of before', async () => {
    const id = await plugIn({ chip: TWO_PROFILES, onChange: () => fail(fault('modem.timeout')) });
    const result = await ended(changeChip(desk, id, { kind: 'disable', iccid: ONE }));
    expect(result.ok ? null : result.fault.code).toBe('chip.refused');
    expect(devices[0]?.chip).toEqual(TWO_PROFILES);
  });

  it('is unconfirmed where neither its answer nor a reading says what became of it', async () => {
    const port: FakePort = { chip: TWO_PROFILES };
    port.onChange = () => {
      port.chipFault = fault('modem.timeout');
      return fail(fault('modem.timeout', { details: 'lost' }));
    };
    const id = await plugIn(port);
    const result = await ended(changeChip(desk, id, { kind: 'disable', iccid: ONE }));
    expect(result.ok ? null : result.fault.code).toBe('chip.unconfirmed');
  });

  it('does not claim what reading back gainsays', async () => {
    const id = await plugIn({ chip: TWO_PROFILES, onChange: () => ok('nothing') });
    const result = await ended(changeChip(desk, id, { kind: 'delete', iccid: TWO }));
    expect(result.ok ? null : result.fault.code).toBe('chip.notProven');
  });

  it.each([
    ['chip.policy', { kind: 'delete', iccid: TWO }],
    ['chip.wrongState', { kind: 'enable', iccid: ONE }],
  ] as const)('passes on what the eUICC says: %s', async (code, change) => {
    const id = await plugIn({ chip: TWO_PROFILES, onChange: () => fail(fault(code)) });
    const result = await ended(changeChip(desk, id, change));
    expect(result.ok ? null : result.fault.code).toBe(code);
    expect(lines).toMatchObject([{ done: false }]);
  });

  it('asks for an enabled profile to be disabled before it is deleted, and sends nothing', async () => {
    let sent = 0;
    const onChange = () => {
      sent += 1;
      return ok('nothing' as const);
    };
    const id = await plugIn({ chip: TWO_PROFILES, onChange });
    await ended(readChip(desk, id));
    const result = await ended(changeChip(desk, id, { kind: 'delete', iccid: ONE }));
    expect(result.ok ? null : result.fault.code).toBe('chip.wrongState');
    expect(sent).toBe(0);
  });

  it.each(['', '1234567', '11223322', EID.slice(0, 8)])(
    'resets nothing for the digits %j',
    async (typedDigits) => {
      const id = await plugIn({ chip: TWO_PROFILES });
      const result = await ended(changeChip(desk, id, { kind: 'reset', typedDigits }));
      expect(result.ok ? null : result.fault.code).toBe('chip.notConfirmed');
      expect(lines).toEqual([]);
    },
  );
});

describe('a SIM that asks for its PIN', () => {
  const LOCK = { asksFor: 'pin', pinTries: 3, pukTries: 10 } as const;

  it('is shown with its tries, and read anew once it is unlocked', async () => {
    const id = await plugIn({ simState: 'SIM PIN', simLock: LOCK });
    expect(devices[0]).toMatchObject({ simLock: LOCK });
    expect((await ended(unlockSim(desk, id, { pin: '1234' }))).ok).toBe(true);
    await clock.settle();
    expect(devices[0]).toMatchObject({ phase: 'ready', simState: 'READY', simLock: null });
    expect(JSON.stringify([devices, lines])).not.toContain('1234"');
  });

  it('says when the PIN was wrong, with the tries that are left', async () => {
    const port: FakePort = { simState: 'SIM PIN', simLock: LOCK, unlockFault: fault('sim.pinWrong') };
    const id = await plugIn(port);
    port.simLock = { ...LOCK, pinTries: 2 };
    const result = await ended(unlockSim(desk, id, { pin: '9999' }));
    expect(result.ok ? null : result.fault.code).toBe('sim.pinWrong');
    expect(devices[0]?.simLock?.pinTries).toBe(2);
    expect(JSON.stringify([devices, lines])).not.toContain('9999');
  });

  it('can be unlocked also where that kept the EID from being read', async () => {
    const port: FakePort = { simState: 'SIM PIN', simLock: LOCK, eidFault: fault('sim.pin') };
    const id = await plugIn(port);
    expect(devices[0]).toMatchObject({ phase: 'failed', simLock: LOCK });
    delete port.eidFault;
    expect((await ended(unlockSim(desk, id, { pin: '1234' }))).ok).toBe(true);
    await clock.settle();
    expect(devices[0]?.phase).toBe('ready');
  });
});

describe('slots', () => {
  const SLOTS = { active: 1, count: 2, labels: ['SIM1', 'SIM2'] };

  it('are shown, and the other one is read after a switch', async () => {
    const id = await plugIn({ slots: SLOTS });
    expect(devices[0]?.slots).toEqual(SLOTS);
    expect((await ended(switchSlot(desk, id, 2))).ok).toBe(true);
    await clock.settle();
    expect(devices[0]).toMatchObject({ slots: { active: 2 }, phase: 'ready' });
    expect(lines).toMatchObject([{ kind: 'switchSlot', done: true }]);
  });

  it('leave nothing of the card in the other one: what cannot be read is not shown', async () => {
    const port: FakePort = { slots: SLOTS };
    const id = await plugIn(port);
    port.eidFault = fault('sim.missing');
    expect((await ended(switchSlot(desk, id, 2))).ok).toBe(true);
    await clock.settle();
    expect(devices[0]).toMatchObject({ phase: 'failed', eid: null, chip: null, iccid: null });
  });

  it('are shown also where the active one has no eUICC, since the other may', async () => {
    await plugIn({ slots: SLOTS, eidFault: fault('euicc.none') });
    expect(devices[0]).toMatchObject({ phase: 'failed', slots: SLOTS });
  });

  it('that are not there are not switched to', async () => {
    const id = await plugIn({ slots: SLOTS });
    const result = await switchSlot(desk, id, 3);
    expect(result.ok ? null : result.fault.code).toBe('usage.invalid');
  });
});

describe('verifying', () => {
  it('keeps what was found, in a sentence and whole', async () => {
    const id = await plugIn({});
    expect((await ended(verify(desk, id))).ok).toBe(true);
    expect(devices[0]?.verification?.operator).toBe('Test net');
    expect(lines).toMatchObject([
      { kind: 'verify', done: true, note: 'Registered with ICCID …0001: Test net, LTE, -71 dBm.' },
    ]);
  });
});
