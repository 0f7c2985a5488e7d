import type { Fault } from '../../contract/fault.ts';

/**
 * What this process has said to the ledger of why something waits. Another process with the same ledger may wait for something else,
 * and each sees what the other writes: without this the two would correct each other, line after line, without end.
 */
export class Sayings {
  readonly #said = new Map<string, string>();

  /** Whether it is to be said: nobody has said anything yet (`turn`), or this process has said something else before. */
  isNew(id: string, heldFor: string | null | undefined, by: string, why: Pick<Fault, 'code'>): boolean {
    return heldFor === 'turn' || this.#said.get(id) !== `${by} ${why.code}`;
  }

  note(id: string, by: string, why: Pick<Fault, 'code'>): void {
    this.#said.set(id, `${by} ${why.code}`);
  }

  /** Nothing is in the way any more. */
  clear(): void {
    this.#said.clear();
  }
}
