import type { ActivityKind, Device } from '../../../contract/device.ts';
import type { FaultCode } from '../../../contract/fault.ts';
import type { Order } from '../../../contract/order.ts';
import { shortName } from '../../format/names.ts';
import { orderWord, type StateWord } from '../orders/orderWords.ts';

/** The modem's own name where it has told one, else USB's, else the port's. */
export function deviceName(device: Device): string {
  return (
    joinedName(device.modem?.manufacturer, device.modem?.model) ??
    joinedName(device.usb.manufacturer, device.usb.product) ??
    portName(device.port.path)
  );
}

function joinedName(maker: string | null | undefined, model: string | null | undefined): string | null {
  const short = maker ? shortName(maker) : null;
  if (!model) return short;
  if (short === null || model.toLowerCase().startsWith(short.toLowerCase())) return model;
  return `${short} ${model}`;
}

/** `ttyUSB2` of `/dev/ttyUSB2`; `COM7` stays. */
export function portName(path: string): string {
  return path.split('/').at(-1) || path;
}

const FAULT_WORDS: Partial<Record<FaultCode, string>> = {
  'port.busy': 'port in use',
  'port.forbidden': 'no permission',
  'port.notFound': 'no such port',
  'port.vanished': 'port went away',
  'port.failed': 'port failed',
  'modem.noAnswer': 'no answer',
  'modem.timeout': 'no answer in time',
  'modem.garbled': 'garbled answer',
  'modem.refused': 'modem refused',
  'sim.missing': 'no SIM',
  'sim.pin': 'SIM asks for PIN',
  'sim.puk': 'SIM asks for PUK',
  'sim.busy': 'SIM busy',
  'sim.failure': 'SIM failure',
  'sim.pinWrong': 'PIN not accepted',
  'sim.pukWrong': 'PUK not accepted',
  'sim.notReady': 'SIM not back in time',
  'euicc.none': 'no eUICC',
  'euicc.refused': 'eUICC refused',
  'euicc.unreadable': 'EID unreadable',
  cancelled: 'stopped',
};

/** A SIM that is locked has not failed: it waits for the technician. */
const LOCK_WORDS = { pin: 'SIM asks for PIN', puk: 'SIM asks for PUK' } as const;

const PHASE_WORDS: Readonly<Record<'opening' | 'identifying' | 'readingEid', StateWord>> = {
  opening: { word: 'opening the port', tone: 'busy' },
  identifying: { word: 'identifying', tone: 'busy' },
  readingEid: { word: 'reading the EID', tone: 'busy' },
};

const ACTIVITY_WORDS: Readonly<Record<ActivityKind, string>> = {
  readChip: 'reading the chip',
  readNotification: 'reading the notification',
  changeChip: 'changing the chip',
  unlockSim: 'unlocking the SIM',
  switchSlot: 'switching the slot',
  verify: 'checking the network',
  report: 'making the report',
};

/**
 * A device's state in a word: what is under way on it, else its own until the EID is there, else that of its order.
 */
export function deviceWord(device: Device, order: Order | null): StateWord {
  switch (device.phase) {
    case 'opening':
    case 'identifying':
    case 'readingEid':
      return PHASE_WORDS[device.phase];
    case 'failed':
      if (device.simLock !== null) return { word: LOCK_WORDS[device.simLock.asksFor], tone: 'waiting' };
      return device.fault?.code === 'cancelled'
        ? { word: 'stopped', tone: 'gone' }
        : { word: (device.fault && FAULT_WORDS[device.fault.code]) ?? 'failed', tone: 'failed' };
    case 'gone':
      return { word: 'unplugged', tone: 'gone' };
    case 'ready':
      if (device.activity !== null) return { word: ACTIVITY_WORDS[device.activity.kind], tone: 'busy' };
      if (order !== null) return orderWord(order.status);
      if (device.eid === null) return { word: 'no EID', tone: 'failed' };
      return device.eid.valid
        ? { word: 'ready to order', tone: 'ready' }
        : { word: 'EID not valid', tone: 'waiting' };
  }
}

/**
 * The order that a device's path shows: the newest one for this chip or device that is not archived and was not taken
 * back. `orders` are newest first.
 */
export function orderOf(device: Device, orders: readonly Order[]): Order | null {
  const eid = device.eid?.value ?? null;
  return (
    orders.find(
      (order) =>
        order.archivedAt === null &&
        order.status !== 'cancelled' &&
        (order.eid === null || eid === null ? order.device?.id === device.id : order.eid === eid),
    ) ?? null
  );
}
