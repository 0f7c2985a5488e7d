/** How long an answer that never came is reckoned with, once commands are sent again. */
const FORGET_AFTER_MS = 30_000;

interface Owed {
  readonly command: string;
  /** Whether this line belongs to the command's answer, as no other's would. */
  readonly isAnswer: (line: string) => boolean;
  readonly isProbe: boolean;
}

/**
 * Answers that the modem owes: to commands that were given up (time limit, cancelled), and to the probes sent since. While
 * any is owed, a final result may belong to one of them.
 *
 * Modems work off one port's commands in turn (V.250 §5.6), so the oldest is the next to be answered; and once a line
 * shows whose answer is coming, all older ones were dropped by the modem and are owed no more.
 */
export class OwedAnswers {
  #owed: Owed[] = [];
  #lateOne: Owed | null = null;
  #prefixes: ReadonlySet<string> = new Set();
  #lastLostAt = 0;
  #inStep = true;
  /** More may be outstanding than is known of. */
  #uncounted = false;

  /** No final result is outstanding. */
  get none(): boolean {
    return this.#owed.length === 0 && !this.#uncounted;
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
  includes(command: string): boolean {
    return this.#owed.some((each) => each.command === command);
  }

  /** A command was given up before its final result. */
  lost(command: string, prefixes: readonly string[], isAnswer: (line: string) => boolean, now: number): void {
    this.#owed.push({ command, isAnswer, isProbe: false });
    this.#prefixes = new Set([...this.#prefixes, ...prefixes]);
    this.#lastLostAt = now;
    this.#inStep = false;
  }

  /** Answers seem to be outstanding that nobody here has asked for, and nobody knows how many. */
  doubt(now: number): void {
    this.#uncounted = true;
    this.#lastLostAt = now;
    this.#inStep = false;
  }

  /** A probe was sent. */
  probed(command: string, isAnswer: (line: string) => boolean): void {
    this.#owed.push({ command, isAnswer, isProbe: true });
  }

  /** A line came that the command under way does not explain. True where it shows whose it is. */
  lineCame(line: string): boolean {
    const whose = this.#owed.find((each) => each.isAnswer(line));
    if (whose === undefined) return false;
    this.#lateOne = whose;
    return true;
  }

  /** A final result came that the command under way does not explain. With the last one, the dialogue is in step again. */
  finalCame(): void {
    const whose = this.#lateOne === null ? 0 : this.#owed.indexOf(this.#lateOne);
    // What is before a probe's own answer has come or will not, known of or not.
    if (this.#lateOne?.isProbe) this.#uncounted = false;
    this.#owed.splice(0, whose + 1);
    this.#lateOne = null;
    if (this.none) this.#clear();
  }

  /** Commands may be sent again. What is owed still is reckoned with for a while. */
  backInStep(): void {
    this.#inStep = true;
    this.#uncounted = false;
  }

  /** Drops what is too old to come. */
  forgetOld(now: number): void {
    if (this.#inStep && now - this.#lastLostAt > FORGET_AFTER_MS) this.#clear();
  }

  #clear(): void {
    this.#owed = [];
    this.#uncounted = false;
    this.#lateOne = null;
    this.#prefixes = new Set();
    this.#inStep = true;
  }
}
