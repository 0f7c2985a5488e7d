import { DESK_STEPS } from '../../main/orders/steps.ts';
import type { Outcome } from './run.ts';
import { WRONGS } from './verdict.ts';

/** What many runs came to; plain JSON. */
export interface Summary {
  readonly runs: number;
  readonly firstSeed: number;
  readonly lastSeed: number;
  readonly elapsedS: number;
  readonly orders: number;
  readonly profiles: number;
  /** How many activations of Sims ended in which status. */
  readonly sims: Readonly<Record<string, number>>;
  readonly processes: number;
  /** Processes that died at each step, and at any moment. */
  readonly killed: Readonly<Record<string, number>>;
  /** The provider's faults, and what else was done to the world. */
  readonly injected: Readonly<Record<string, number>>;
  readonly shapes: Readonly<Record<string, number>>;
  readonly wrongs: Readonly<Record<(typeof WRONGS)[number], number>>;
  readonly failed: readonly { readonly seed: number; readonly findings: readonly string[] }[];
  /** What could not be had here, and why. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Adds up outcomes as they come: thousands of them are not kept. */
export class Tally {
  readonly #killed: Record<string, number> = Object.fromEntries(DESK_STEPS.map((step) => [step, 0]));
  readonly #injected: Record<string, number> = {};
  readonly #shapes: Record<string, number> = {};
  readonly #sims: Record<string, number> = {};
  readonly #wrongs = Object.fromEntries(WRONGS.map((wrong) => [wrong, 0])) as Record<
    (typeof WRONGS)[number],
    number
  >;
  readonly #failed: { seed: number; findings: string[] }[] = [];
  readonly #began = performance.now();
  #runs = 0;
  #orders = 0;
  #profiles = 0;
  #processes = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = 0;

  add({ plan, findings, processes, happened, changes, orders, profiles, sims }: Outcome): void {
    this.#runs += 1;
    this.#first = Math.min(this.#first, plan.seed);
    this.#last = Math.max(this.#last, plan.seed);
    this.#orders += orders;
    this.#profiles += profiles;
    this.#processes += processes.length;
    count(this.#shapes, plan.shape);
    for (const [status, times] of Object.entries(sims)) count(this.#sims, status, times);
    for (const { killed, diedAt } of processes) {
      if (killed === 'step' && diedAt !== null) count(this.#killed, diedAt);
      if (killed === 'moment') count(this.#killed, 'any moment');
    }
    for (const [name, times] of Object.entries(happened)) count(this.#injected, name, times);
    for (const name of changes) if (name !== '') count(this.#injected, name);
    for (const clock of plan.stages.flatMap(({ launches }) => launches.map((launch) => launch.clock))) {
      if (clock.set !== null)
        count(this.#injected, clock.set.byMs < 0 ? 'clock set back' : 'clock set ahead');
      if (Math.abs(clock.wallOffsetMs) > 60_000) count(this.#injected, 'clock wrong');
    }
    for (const { what } of findings) this.#wrongs[what] += 1;
    if (findings.length > 0) {
      this.#failed.push({ seed: plan.seed, findings: findings.map(({ what, text }) => `${what}: ${text}`) });
    }
  }

  get failures(): number {
    return this.#failed.length;
  }

  /** A run that the harness itself could not carry out. */
  addCrash(seed: number, error: unknown): void {
    this.#runs += 1;
    this.#wrongs.broken += 1;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#failed.push({ seed, findings: [`broken: the harness: ${text}`] });
  }

  summary(missing: Summary['missing']): Summary {
    return {
      runs: this.#runs,
      firstSeed: this.#first,
      lastSeed: this.#last,
      elapsedS: Math.round((performance.now() - this.#began) / 1_000),
      orders: this.#orders,
      profiles: this.#profiles,
      sims: this.#sims,
      processes: this.#processes,
      killed: this.#killed,
      injected: this.#injected,
      shapes: this.#shapes,
      wrongs: this.#wrongs,
      failed: this.#failed,
      missing,
    };
  }
}

function count(of: Record<string, number>, name: string, times = 1): void {
  of[name] = (of[name] ?? 0) + times;
}

/** For people. */
export function summaryText(summary: Summary): string {
  const { runs, firstSeed, lastSeed, elapsedS, orders, profiles, processes, sims, wrongs, failed } = summary;
  const list = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  const total = (of: Readonly<Record<string, number>>) =>
    Object.values(of).reduce((sum, times) => sum + times, 0);
  const lines = [
    `runs ${runs} (seeds ${firstSeed} to ${lastSeed}), ${elapsedS} s: ${list(summary.shapes)}`,
    `orders ${orders}, profiles made ${profiles}, processes ${processes}`,
    `wishes for SIMs ${total(sims)}: ${list(sims)}`,
    `killed ${total(summary.killed)}: ${list(summary.killed)}`,
    `faults ${total(summary.injected)}: ${list(summary.injected)}`,
    ...Object.entries(summary.missing).map(([what, why]) => `not possible here: ${what} (${why})`),
    list(wrongs),
    ...failed.flatMap(({ seed, findings }) => [
      `\nseed ${seed} (npm run faults -- --seed ${seed} --runs 1):`,
      ...findings.map((finding) => `  ${finding}`),
    ]),
  ];
  return lines.join('\n');
}
