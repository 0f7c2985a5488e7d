import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Keyring } from '../support/keyring.ts';
import { Dice } from './dice.ts';
import { readLedger } from './ledgerCopy.ts';
import type { Plan } from './plan.ts';
import { type Ended, runShipped } from './processes.ts';
import { accountOf, type Outcome, SMDP_ADDRESS, type Tools } from './run.ts';
import { formsOf, leaks } from './secrets.ts';
import { type Finding, judge } from './verdict.ts';
import type { WorldReport } from './worldEntry.ts';

export interface KeychainTools extends Omit<Tools, 'benchFile'> {
  readonly keyring: Keyring;
  /** `dist/main/cli.js`. */
  readonly cliFile: string;
}

const EID = '89044011112233441122334411223321';

/**
 * The CLI just as it is shipped, at its own pace, with a real keyring that is locked before an order, in the middle of one, or never,
 * and processes that die at any moment.
 */
export async function runWithKeychain(plan: Plan, tools: KeychainTools): Promise<Outcome> {
  const { world, folder, keyring, cliFile } = tools;
  const began = performance.now();
  const dice = new Dice(plan.seed);
  const { accountSid, keySid, token, secrets } = accountOf(plan.seed);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const env = { ...process.env, ...keyring.env };
  const processes: Ended[] = [];
  const changes: string[] = [];
  const cli = async (args: readonly string[], stdin = '', killAfterMs: number | null = null) => {
    const ended = await runShipped(cliFile, ['--data-dir', dataDir, ...args, '--json'], {
      env,
      stdin,
      killAfterMs,
    });
    processes.push(ended);
    return ended;
  };
  const lock = async () => {
    changes.push('keychain locked');
    await keyring.lock();
  };

  const clock = { speed: 1, since: 0, wallOffsetMs: 0, set: null };
  const origin = await world.tell('begin', {
    clock,
    account: { accountSid, authToken: token, keys: [{ sid: keySid, secret: secrets[0], permitted: true }] },
    pace: { reservingMs: 50, availableMs: 200 },
    skewMs: 0,
    latencyMs: 0,
  });
  try {
    const account = ['account', 'set', '--provider', 'twilio', '--account', accountSid, '--key', keySid];
    const set = await cli([...account, '--endpoint', String(origin)], secrets[0]);
    const tags = [1, 2].map((number) => `https://callback.invalid/${plan.seed}/${number}`);
    const targets = [['--eid', EID], ['--matching-id']];
    const lockedAt = dice.pick(['before', 'meanwhile', 'never'] as const);
    for (const [index, target] of targets.entries()) {
      const kill = dice.chance(0.5) ? dice.int(100, 1_500) : null;
      if (lockedAt === 'before' && index === 1) await lock();
      const ordering = cli(
        ['order', ...target, '--callback-url', tags[index] ?? '', '--timeout', '10'],
        '',
        kill,
      );
      if (lockedAt === 'meanwhile' && index === 1) {
        await new Promise((resolve) => setTimeout(resolve, dice.int(0, 800)));
        await lock();
      }
      await ordering;
    }
    if (lockedAt !== 'never') {
      // While it is locked nothing is sent, and it is said.
      await cli(['resume', '--timeout', '5']);
      await keyring.unlock();
    }
    await cli(['resume', '--timeout', '12']);
    await cli(['account', 'clear']);

    const report = (await world.tell('report')) as WorldReport;
    const ledger = readLedger(dataDir);
    const findings: Finding[] = [
      ...(set.code === 0 ? [] : [{ what: 'broken', text: `account set: ${set.stderr}` } as const]),
      ...processes.flatMap((ended) => problemsOf(ended)),
      ...judge({
        benches: [{ ledger, said: saidIn(processes) }],
        profiles: report.profiles,
        record: report.record,
        smdpAddress: SMDP_ADDRESS,
        eids: new Map([
          [tags[0] ?? '', EID],
          [tags[1] ?? '', null],
        ]),
        inAHurry: true,
      }),
      ...leaks(
        secrets.flatMap((secret) => formsOf(secret, [accountSid, keySid])),
        [dataDir],
        processes,
      ),
    ];
    return {
      plan,
      findings,
      processes,
      happened: report.happened,
      changes,
      orders: ledger.orders.length,
      sims: {},
      profiles: report.profiles.length,
      elapsedMs: performance.now() - began,
    };
  } finally {
    await world.tell('end');
    rmSync(folder, { recursive: true, force: true });
  }
}

const FINE = new Set([0, 6, 7, 8]);

function problemsOf({ args, code, killed, stderr }: Ended): Finding[] {
  if (killed === 'hung') return [{ what: 'hung', text: `${args[2]} did not end: ${stderr}` }];
  if (killed !== null || (code !== null && FINE.has(code))) return [];
  return [{ what: 'broken', text: `${args[2]} ended with ${code}: ${stderr.slice(-600)}` }];
}

function saidIn(processes: readonly Ended[]): Map<string, Set<string>> {
  const said = new Map<string, Set<string>>();
  for (const { stdout } of processes) {
    for (const line of stdout.split('\n').slice(0, -1)) {
      const value = JSON.parse(line) as Record<string, unknown>;
      if (typeof value.id !== 'string' || typeof value.status !== 'string') continue;
      said.set(value.id, (said.get(value.id) ?? new Set()).add(value.status));
    }
  }
  return said;
}
