/**
 * One line of `npm run bench`. A file here is a benchmark: `name.bench.ts` runs under Node, `name.electron.bench.ts` in
 * Electron's main process after `ready`; its default export is a {@link Benchmark}. The bar is held against the ratio to
 * `against`, or against the value itself where there is nothing to compare with.
 */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  /** `ms`, `MB`, `commands` … */
  readonly unit: string;
  /** Measured in the same run, in the same unit. */
  readonly against?: { readonly name: string; readonly value: number };
  readonly bar: { readonly atMost: number } | { readonly atLeast: number };
}

/** The environment has what the end-to-end tests have: see tools/lib/e2eSetup.mjs. The current folder is the clone. */
export type Benchmark = () => Promise<readonly BenchRow[]>;
