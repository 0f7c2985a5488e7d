import { fault } from '../../contract/fault.ts';
import { fail, ok } from '../../contract/result.ts';
import type { VirtualPort } from '../../main/demo/modem/ports.ts';
import type { ByteLink } from '../../main/serial/byteLink.ts';
import type { Dice } from '../faults/dice.ts';
import { inPieces, mutateBytes } from './mutate.ts';

/** A link to a modem's port on which bytes go wrong at this rate, those of the modem most of all. */
export function harmedLink(
  port: VirtualPort,
  dice: Dice,
  rate: number,
  others: readonly Uint8Array[],
): ByteLink {
  const harmed = (bytes: Uint8Array) => (dice.chance(rate) ? mutateBytes(dice, bytes, others) : bytes);
  let ended = false;
  return {
    path: '/dev/fuzz',
    baudRate: 115200,
    get closed() {
      return ended;
    },
    async write(bytes) {
      if (ended) return fail(fault('port.vanished'));
      queueMicrotask(() => port.write(dice.chance(0.3) ? harmed(bytes) : bytes));
      return ok(null);
    },
    setBaudRate: async () => ok(null),
    onBytes: (listener) =>
      port.onBytes((bytes) => {
        for (const piece of inPieces(dice, harmed(bytes))) listener(piece);
      }),
    onClosed: () => () => undefined,
    async close() {
      ended = true;
    },
  };
}
