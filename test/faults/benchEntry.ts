/**
 * Entry of a bundle: the CLI as it is shipped, but for what a run has to decide: its clock, its secret (which it is handed like a
 * keychain would) and the step at which it dies. It reads that from file descriptor 3 and writes a byte there when it begins.
 */
import { readSync, writeSync } from 'node:fs';
import { runCommandLine } from '../../main/cli/runCommandLine.ts';
import { composeBench } from '../../main/compose.ts';
import type { DeskStep } from '../../main/orders/steps.ts';
import { createSessionVault } from '../../main/vault/sessionVault.ts';
import type { VaultKey } from '../../main/vault/vault.ts';
import { createFastClock, type FastClockSetting } from './fastClock.ts';

export interface BenchConfig {
  readonly argv: readonly string[];
  readonly clock: FastClockSetting;
  readonly key: VaultKey;
  readonly secret: string;
  /** The step at which it is killed, the first or a later time that it comes there. */
  readonly dieAt: { readonly step: DeskStep; readonly time: number } | null;
}

/** One line, byte by byte: the other side keeps its end open. */
function readConfig(): BenchConfig {
  const byte = Buffer.alloc(1);
  const bytes: number[] = [];
  while (readSync(3, byte, 0, 1, null) === 1 && byte[0] !== 10) bytes.push(byte[0] ?? 0);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as BenchConfig;
}

const config = readConfig();
const clock = createFastClock(config.clock);
const vault = createSessionVault();
await vault.set(config.key, config.secret, 'session');
let times = 0;

function onOrderStep(step: DeskStep): void {
  if (step !== config.dieAt?.step) return;
  times += 1;
  if (times < config.dieAt.time) return;
  // Told before, since nothing can be told after.
  writeSync(3, 'k');
  process.kill(process.pid, 'SIGKILL');
}

writeSync(3, 'r');
const code = await runCommandLine(config.argv, (dataDir) =>
  composeBench({ dataDir, clock, vault, onOrderStep }),
);
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
