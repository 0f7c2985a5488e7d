import { fault } from '../../../contract/fault.ts';
import { fail, ok } from '../../../contract/result.ts';
import type { VirtualModem } from '../../../main/demo/modem/virtualModem.ts';
import type { ByteLink } from '../../../main/serial/byteLink.ts';
import type { FakeClock } from '../support/fakeClock.ts';

/** A byte link straight to a virtual modem's first AT port. */
export function linkToModem(modem: VirtualModem): ByteLink {
  const ends = new Set<(reason: ReturnType<typeof fault> | null) => void>();
  let ended: { readonly reason: ReturnType<typeof fault> | null } | null = null;
  const end = (reason: ReturnType<typeof fault> | null) => {
    if (ended !== null) return;
    ended = { reason };
    for (const listener of ends) listener(reason);
  };
  modem.onPresence((present) => {
    if (!present) end(fault('port.vanished'));
  });
  return {
    path: '/dev/virtual',
    baudRate: 115200,
    get closed() {
      return ended !== null;
    },
    async write(bytes) {
      if (ended !== null) return fail(ended.reason ?? fault('cancelled'));
      modem.write(bytes);
      return ok(null);
    },
    // As on USB, where speed means nothing.
    setBaudRate: async () => ok(null),
    onBytes: (listener) => modem.onBytes(listener),
    onClosed(listener) {
      ends.add(listener);
      return () => ends.delete(listener);
    },
    async close() {
      end(null);
    },
  };
}

/** Lets time pass until the work is done. */
export async function untilDone<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  for (let turn = 0; turn < 5_000 && !done; turn += 1) await clock.advance(clock.nextIn ?? 0);
  if (!done) throw new Error('never settled');
  return settled;
}
