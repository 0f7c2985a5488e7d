import type { AtLogEntry } from '../../contract/atLog.ts';

/** Entries kept; older ones make room. */
export const AT_LOG_LIMIT = 2_000;
const TEXT_LIMIT = 600;

/** The AT log of all ports: a ring in memory, never on disk unless exported. What enters is masked already. */
export class AtLog {
  readonly #now: () => number;
  readonly #entries: AtLogEntry[] = [];
  #pending: AtLogEntry[] = [];
  #seq = 0;
  readonly #listeners = new Set<(entries: AtLogEntry[]) => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(port: string, direction: AtLogEntry['direction'], text: string): void {
    const bounded = text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}… (${text.length})` : text;
    const entry: AtLogEntry = { seq: ++this.#seq, at: this.#now(), port, direction, text: bounded };
    this.#entries.push(entry);
    // Cut in strides, not one by one: shifting an array of thousands for each line would cost more than the line.
    if (this.#entries.length > AT_LOG_LIMIT * 1.25)
      this.#entries.splice(0, this.#entries.length - AT_LOG_LIMIT);
    if (this.#listeners.size === 0) return;
    this.#pending.push(entry);
    if (this.#pending.length === 1) setTimeout(() => this.#flush(), 30);
  }

  /** The latest entries, oldest first. */
  latest(): AtLogEntry[] {
    return this.#entries.slice(-AT_LOG_LIMIT);
  }

  /** New entries in batches. Returns the function that stops listening. */
  onAdded(listener: (entries: AtLogEntry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As text, one line an entry: time in UTC, port, direction, text. For a bug report. */
  asText(): string {
    const arrow = { sent: '→', received: '←', unsolicited: '⇠', note: '#' } as const;
    return this.latest()
      .map((e) => `${new Date(e.at).toISOString()} ${e.port} ${arrow[e.direction]} ${e.text}\n`)
      .join('');
  }

  #flush(): void {
    const entries = this.#pending.slice(-AT_LOG_LIMIT);
    this.#pending = [];
    for (const listener of this.#listeners) listener(entries);
  }
}
