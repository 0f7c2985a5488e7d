/**
 * What became of requests that have left, where the ledger cannot take it: the disk is full, say. It is kept until the ledger takes
 * it; a process that ends before looks up at its next start what became of them.
 */
export class LateOutcomes<Event> {
  /** Whether the ledger has taken it, or will never. */
  readonly #write: (id: string, event: Event) => boolean;
  #late: { readonly id: string; readonly event: Event }[] = [];

  constructor(write: (id: string, event: Event) => boolean) {
    this.#write = write;
  }

  /** Writes down what became of a request, now or later. */
  write(id: string, event: Event): void {
    if (!this.#write(id, event)) this.#late.push({ id, event });
  }

  /** Tries again what is late, in its order. Gives whether nothing is left. */
  writeLate(): boolean {
    const late = this.#late;
    this.#late = [];
    for (const { id, event } of late) this.write(id, event);
    return this.#late.length === 0;
  }
}
