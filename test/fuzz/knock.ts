import { Dice } from '../faults/dice.ts';
import type { AnyDoor } from './door.ts';

/** What a series of inputs came to at one door. */
export interface Knocks {
  readonly inputs: number;
  /** ms; of the machine's time, so that a busy machine makes it longer. */
  readonly longestMs: number;
  /** Which input that was. */
  readonly longestAt: number;
}

/** Each input has dice of its own, so that any one can be repeated alone. */
export function diceFor(seed: number, door: number, number: number): Dice {
  return new Dice(
    Math.imul(seed, 0x9e3779b1) ^ Math.imul(door + 1, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35),
  );
}

/**
 * Feeds inputs `first` to `first + count - 1` of a seed to a door.
 * @param begun called before each one, so that somebody else can see where it hangs
 */
export async function knockOn(
  door: AnyDoor,
  index: number,
  seed: number,
  first: number,
  count: number,
  begun: (number: number) => void = () => undefined,
): Promise<Knocks> {
  let longestMs = 0;
  let longestAt = first;
  for (let number = first; number < first + count; number += 1) {
    begun(number);
    const started = performance.now();
    try {
      await door.knock(diceFor(seed, index, number));
    } catch (error) {
      const again = `npm run fuzz -- --door "${door.name}" --seed ${seed} --only ${number}`;
      throw new Error(`${again}\n${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    const took = performance.now() - started;
    if (took > longestMs) {
      longestMs = took;
      longestAt = number;
    }
  }
  return { inputs: count, longestMs, longestAt };
}
