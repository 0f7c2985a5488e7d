import type { Device } from '../../contract/device.ts';
import type { FaultCode } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Identified } from '../modem/modem.ts';
import type { DeviceKey } from './deviceHistory.ts';

/** Something that is under way on a device. */
export interface Work {
  abort(): void;
  /** Resolves once the work is over and has let go of its ports. */
  readonly done: Promise<void>;
}

/** A device as the desk keeps it: what is published, and what is behind it. */
export interface Entry {
  /** USB identity of the hardware; null for a port added by hand. */
  readonly hardware: string | null;
  /** Ports to try, in the system's order. */
  paths: string[];
  baudRate: number;
  device: Device;
  identified: Identified | null;
  /** The modem is to be asked anew before the next reading. */
  stale: boolean;
  dialogue: AtDialogue | null;
  /** What is under way; null when nothing is. */
  work: Work | null;
  /** An activity may make the modem restart, and then waits for its port: that it goes is no loss. */
  restarting: boolean;
  retriesLeft: Map<FaultCode, number>;
  stopRetry: () => void;
}

/** Where a device comes from. */
export interface EntrySource {
  /** Null: its port was given by its path. */
  readonly hardware: string | null;
  readonly path: string;
  readonly baudRate: number;
  /** As it is listed; null where it is not. */
  readonly port: Port | null;
}

/** A device of which nothing is known but its port. */
export function newEntry(id: string, now: number, of: EntrySource): Entry {
  const { hardware, path, baudRate, port } = of;
  return {
    hardware,
    paths: [path],
    baudRate,
    device: {
      id,
      phase: 'opening',
      since: now,
      port: { path, baudRate },
      usb: {
        manufacturer: port?.manufacturer ?? null,
        product: port?.product ?? null,
        vendorId: port?.vendorId ?? null,
        productId: port?.productId ?? null,
        serialNumber: port?.serialNumber ?? null,
      },
      modem: null,
      simState: null,
      iccid: null,
      eid: null,
      fault: null,
      simLock: null,
      slots: null,
      chip: null,
      activity: null,
      activityFault: null,
      verification: null,
      history: [],
      addedByHand: hardware === null,
    },
    identified: null,
    stale: false,
    dialogue: null,
    work: null,
    restarting: false,
    retriesLeft: new Map(),
    stopRetry: () => undefined,
  };
}

/** What names a device in its history. */
export function keyOf({ modem, eid }: Device): DeviceKey {
  return { imei: modem?.imei ?? null, eid: eid?.value ?? null };
}
