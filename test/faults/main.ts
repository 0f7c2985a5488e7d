/**
 * The fault harness: real processes of the CLI that are killed and starved, against a provider in another process that knows what
 * is true. Started by tools/faults.mjs, which builds it: main.js FIRST_SEED RUNS JOBS CLI_FILE RESULT_FILE [keep]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlledProcess, startControlled } from '../support/control.ts';
import { type Keyring, missingForKeyring, startKeyring } from '../support/keyring.ts';
import { missingDisks } from './disks.ts';
import { runWithKeychain } from './keychainRun.ts';
import { planOf } from './plan.ts';
import { type Outcome, runPlan } from './run.ts';
import { summaryText, Tally } from './summary.ts';

const [first = '1', runs = '1', jobs = '1', cliFile = '', resultFile = ''] = process.argv.slice(2);
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
const tally = new Tally();

const missing: Record<string, string> = {};
const disks = await missingDisks(folder);
for (const [kind, why] of Object.entries(disks))
  missing[kind === 'small' ? 'a full disk' : 'a power cut'] = why;
const keyringNeeds = await missingForKeyring();
if (keyringNeeds.length > 0) missing['a locked keychain'] = keyringNeeds.join(', ');

/** One keyring for all runs that need one, and one such run at a time. */
let keyring: Promise<Keyring> | null = null;
let keyringFree: Promise<unknown> = Promise.resolve();

function withKeyring(work: (keyring: Keyring) => Promise<Outcome>): Promise<Outcome> {
  const done = keyringFree.then(async () => {
    keyring ??= startKeyring();
    return work(await keyring);
  });
  keyringFree = done.catch(() => undefined);
  return done;
}

async function runSeed(seed: number, world: ControlledProcess): Promise<void> {
  const plan = planOf(seed);
  const runFolder = join(folder, `run-${seed}`);
  mkdirSync(runFolder);
  try {
    if (plan.shape === 'keychain') {
      if (keyringNeeds.length > 0) return;
      tally.add(
        await withKeyring((held) =>
          runWithKeychain(plan, { world, folder: runFolder, keyring: held, cliFile, missingDisks: disks }),
        ),
      );
      return;
    }
    const benchFile = join(here, 'benchEntry.js');
    const outcome = await runPlan(plan, { world, benchFile, folder: runFolder, missingDisks: disks });
    tally.add(outcome);
    // At once: a long run need not be waited for to begin to look.
    for (const { what, text } of outcome.findings) process.stderr.write(`seed ${seed}: ${what}: ${text}\n`);
  } catch (error) {
    tally.addCrash(seed, error);
  } finally {
    rmSync(runFolder, { recursive: true, force: true });
  }
}

const seeds = Array.from({ length: Number(runs) }, (_, index) => Number(first) + index);
let done = 0;
const report = setInterval(
  () => process.stderr.write(`${done} of ${runs} runs, ${tally.failures} failed\n`),
  30_000,
);

async function worker(): Promise<void> {
  let world = await startControlled(join(here, 'worldEntry.js'), {});
  for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
    await runSeed(seed, world);
    done += 1;
    // Records grow, and a world in trouble would trouble every run after it.
    if (done % 100 === 0) {
      await world.stop();
      world = await startControlled(join(here, 'worldEntry.js'), {});
    }
  }
  await world.stop();
}

await Promise.all(Array.from({ length: Number(jobs) }, worker));
clearInterval(report);
const held = (await keyring) as Keyring | null;
await held?.stop();
rmSync(folder, { recursive: true, force: true });
const summary = tally.summary(missing);
process.stdout.write(`${summaryText(summary)}\n`);
if (resultFile !== '') writeFileSync(resultFile, JSON.stringify(summary));
process.exit(summary.failed.length === 0 ? 0 : 1);
