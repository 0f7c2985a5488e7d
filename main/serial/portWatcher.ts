import type { Fault } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import type { Clock } from '../base/clock.ts';
import type { Serial } from './serial.ts';

/** From the end of one listing to the start of the next. */
export const WATCH_EVERY_MS = 1_000;

export type PortsEvent =
  /**
   * The first list, a list that differs from the one before, the list after a failure, or one that was asked for. A
   * port on which the device was changed between two lists is both removed and arrived.
   */
  | {
      readonly kind: 'listed';
      readonly ports: readonly Port[];
      readonly arrived: readonly Port[];
      readonly removed: readonly Port[];
    }
  /** The list failed; told once until it succeeds or fails otherwise. Nothing counts as removed meanwhile. */
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface PortWatcher {
  /** Lists at once and then goes on until `stop`. Does nothing when it runs already. */
  start(): void;
  stop(): void;
  /** Lists now, and tells what it finds even where nothing has changed. Works while stopped too. */
  rescan(): Promise<void>;
  onEvent(listener: (event: PortsEvent) => void): () => void;
  /** The last list; empty before the first. */
  readonly ports: readonly Port[];
}

/** Watches the ports by asking for the list again and again: serialport has no event for it on any system. */
export function createPortWatcher(
  serial: Pick<Serial, 'list'>,
  { clock, everyMs = WATCH_EVERY_MS }: { readonly clock: Clock; readonly everyMs?: number },
): PortWatcher {
  const listeners = new Set<(event: PortsEvent) => void>();
  let ports: readonly Port[] = [];
  let state: 'new' | 'listed' | { readonly failedWith: string } = 'new';
  let running = false;
  let cancelTimer = () => {};
  let listing: Promise<void> | null = null;

  function tell(event: PortsEvent): void {
    for (const listener of listeners) listener(event);
  }

  async function list(asked: boolean): Promise<void> {
    const listed = await serial.list();
    if (!listed.ok) {
      const failedWith = `${listed.fault.code} ${listed.fault.details ?? ''}`;
      const known = typeof state === 'object' && state.failedWith === failedWith;
      state = { failedWith };
      if (!known || asked) tell({ kind: 'failed', fault: listed.fault });
      return;
    }
    const before = new Map(ports.map((port) => [identity(port), port]));
    const after = new Map(listed.value.map((port) => [identity(port), port]));
    const arrived = [...after].filter(([id]) => !before.has(id)).map(([, port]) => port);
    const removed = [...before].filter(([id]) => !after.has(id)).map(([, port]) => port);
    const news = state !== 'listed' || asked || arrived.length > 0 || removed.length > 0;
    ports = listed.value;
    state = 'listed';
    if (news) tell({ kind: 'listed', ports, arrived, removed });
  }

  /** One listing at a time; the next is timed from its end. */
  async function round(asked: boolean): Promise<void> {
    while (listing !== null) await listing;
    cancelTimer();
    listing = list(asked).finally(() => {
      listing = null;
      if (running) cancelTimer = clock.after(everyMs, () => void round(false));
    });
    await listing;
  }

  return {
    start() {
      if (running) return;
      running = true;
      void round(false);
    },
    stop() {
      running = false;
      cancelTimer();
    },
    rescan: () => round(true),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get ports() {
      return ports;
    },
  };
}

/** The same path with another device on it is another port. */
function identity(port: Port): string {
  return JSON.stringify([port.path, port.vendorId, port.productId, port.serialNumber, port.locationId]);
}
