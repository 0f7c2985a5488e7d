import type { Dice } from '../faults/dice.ts';

/** A way in for something from outside. */
export interface Door<Input> {
  readonly name: string;
  /** How many inputs of a thousand in all are for this door: quick ones get more. */
  readonly share: number;
  input(dice: Dice): Input;
  /** Takes the input in; throws where anything is not as it must be. */
  feed(input: Input): void | Promise<void>;
  /** The input for people, to be repeated by hand. */
  show(input: Input): string;
  /** Lets go of what it holds outside of memory. */
  close?(): void | Promise<void>;
}

/** A door whose kind of input nobody outside needs to know. */
export interface AnyDoor {
  readonly name: string;
  readonly share: number;
  /** Makes the input that these dice make and feeds it; an error is a {@link DoorError}. */
  knock(dice: Dice): Promise<void>;
  close(): Promise<void>;
}

export class DoorError extends Error {
  constructor(door: string, input: string, cause: unknown) {
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(`${door} failed: ${why}\ninput: ${input}`, { cause });
    this.name = 'DoorError';
  }
}

export function doorOf<Input>(door: Door<Input>): AnyDoor {
  return {
    name: door.name,
    share: door.share,
    async knock(dice) {
      const input = door.input(dice);
      try {
        await door.feed(input);
      } catch (error) {
        throw new DoorError(
          door.name,
          safely(() => door.show(input)),
          error,
        );
      }
    },
    async close() {
      await door.close?.();
    },
  };
}

function safely(show: () => string): string {
  try {
    return show().slice(0, 20_000);
  } catch (error) {
    return `(cannot be shown: ${String(error)})`;
  }
}

/** Says that something is not as it must be. */
export function must(holds: boolean, text: string): void {
  if (!holds) throw new Error(text);
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
