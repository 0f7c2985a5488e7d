/** How long an answer that never came is reckoned with, once the dialogue is known to be in step. */
const FORGET_AFTER_MS = 30_000;

/**
 * Answers that the modem owes: to commands that were given up (time limit, cancelled), and to the probes sent since.
 * While any is owed, a final result may belong to one of them.
 */
export class OwedAnswers {
  #lost = 0;
  #probes = 0;
  #prefixes: ReadonlySet<string> = new Set();
  readonly #unanswered = new Set<string>();
  #lastLostAt = 0;
  #inStep = true;

  /** No final result is outstanding. */
  get none(): boolean {
    return this.#lost + this.#probes === 0;
  }

  /** Whether the next command may be sent; else the dialogue must be brought back into step first. */
  get inStep(): boolean {
    return this.#inStep;
  }

  /** Prefixes that late answers may have. */
  get prefixes(): ReadonlySet<string> {
    return this.#prefixes;
  }

  /** Whether the same command is among those that may yet be answered. */
  mayAnswer(command: string): boolean {
    return this.#unanswered.has(command);
  }

  /** A command was given up before its final result. */
  lost(command: string, prefixes: readonly string[], now: number): void {
    this.#lost += 1;
    this.#unanswered.add(command);
    this.#prefixes = new Set([...this.#prefixes, ...prefixes]);
    this.#lastLostAt = now;
    this.#inStep = false;
  }

  /** A probe was sent. */
  probed(command: string): void {
    this.#probes += 1;
    this.#unanswered.add(command);
  }

  /** A final result came that belongs to none but these. When the last is there, the dialogue is in step again. */
  finalCame(): void {
    if (this.#lost > 0) this.#lost -= 1;
    else if (this.#probes > 0) this.#probes -= 1;
    if (this.none) this.#clear();
  }

  /** Probes have shown that nothing is outstanding, or only what a modem that answers out of turn may still send. */
  backInStep(): void {
    this.#probes = 0;
    this.#inStep = true;
    if (this.none) this.#clear();
  }

  /** Drops what is too old to come. */
  forgetOld(now: number): void {
    if (this.#inStep && now - this.#lastLostAt > FORGET_AFTER_MS) this.#clear();
  }

  #clear(): void {
    this.#lost = 0;
    this.#probes = 0;
    this.#prefixes = new Set();
    this.#unanswered.clear();
    this.#inStep = true;
  }
}
