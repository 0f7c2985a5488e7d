import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOpenActivation } from '../../contract/activation.ts';
import { SETTLED_STATUSES } from '../../contract/order.ts';
import type { Account } from '../../contract/providerTable.ts';
import { writeJsonFile } from '../../main/base/jsonFile.ts';
import type { ControlledProcess } from '../support/control.ts';
import { openTty, type Tty } from '../support/tty.ts';
import { Dice } from './dice.ts';
import { type Disk, type DiskKind, openDisk } from './disks.ts';
import type { FastClockSetting } from './fastClock.ts';
import { type LedgerOrder, type LedgerState, readLedger } from './ledgerCopy.ts';
import type { Change, Launch, Plan, Stage, Technician } from './plan.ts';
import { type Ended, type Started, startBench } from './processes.ts';
import { formsOf, leaks } from './secrets.ts';
import { judgeSims } from './simVerdict.ts';
import { type BenchEnd, type Finding, historyProblems, judge } from './verdict.ts';
import type { WorldReport } from './worldEntry.ts';

/** What a run works with. */
export interface Tools {
  readonly world: ControlledProcess;
  /** The built bench (benchEntry.ts). */
  readonly benchFile: string;
  /** For this run alone. */
  readonly folder: string;
  readonly missingDisks: Partial<Record<DiskKind, string>>;
}

export interface Outcome {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly processes: readonly Ended[];
  /** How often each of the provider's faults happened. */
  readonly happened: Readonly<Record<string, number>>;
  /** What else was done to the world, by name. */
  readonly changes: readonly string[];
  readonly orders: number;
  readonly profiles: number;
  /** How many activations ended in which status. */
  readonly sims: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
}

export const SMDP_ADDRESS = 'sm-dp-plus.demo.invalid';
/** As often as a technician and `resume` are let have a go before what is open counts as stuck. */
const MOST_ROUNDS = 8;

/** Carries a plan out, puts the world right again, lets everything settle, and compares. */
export async function runPlan(plan: Plan, tools: Tools): Promise<Outcome> {
  const run = new Run(plan, tools);
  const began = performance.now();
  try {
    await run.begin();
    for (const stage of plan.stages) await run.stage(stage);
    await run.settle();
    const { findings, report } = await run.compare();
    return {
      plan,
      findings,
      processes: run.processes,
      happened: report.happened,
      changes: run.changes,
      orders: run.orders,
      sims: run.sims,
      profiles: report.profiles.length,
      elapsedMs: performance.now() - began,
    };
  } finally {
    await run.end();
  }
}

/** The account of a run, made from its seed; the secret occurs nowhere else. */
export function accountOf(seed: number) {
  const dice = new Dice(seed ^ 0x5ec2e7);
  const hex = () => Array.from({ length: 32 }, () => dice.int(0, 15).toString(16)).join('');
  return {
    accountSid: `AC${hex()}`,
    keySid: `SK${hex()}`,
    token: hex(),
    secrets: [`se/cret+${hex()}`, `se/cret+${hex()}`] as const,
  };
}

interface Bench {
  readonly disk: Disk;
  ledger: LedgerState;
  readonly said: Map<string, Set<string>>;
}

class Run {
  readonly processes: Ended[] = [];
  readonly changes: string[] = [];
  readonly #plan: Plan;
  readonly #tools: Tools;
  readonly #account: ReturnType<typeof accountOf>;
  readonly #benches: Bench[] = [];
  readonly #findings: Finding[] = [];
  readonly #eids = new Map<string, string | null>();
  readonly #ttys: { path: string; tcpPort: number; tty: Tty | null }[] = [];
  readonly #since = Date.now();
  #origin = '';
  #rotated = false;
  #settling = false;

  constructor(plan: Plan, tools: Tools) {
    this.#plan = plan;
    this.#tools = tools;
    this.#account = accountOf(plan.seed);
  }

  get orders(): number {
    return this.#benches.reduce((sum, { ledger }) => sum + ledger.orders.length, 0);
  }

  get sims(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { activation } of this.#benches.flatMap(({ ledger }) => ledger.orders)) {
      if (activation !== null) counts[activation.status] = (counts[activation.status] ?? 0) + 1;
    }
    return counts;
  }

  async begin(): Promise<void> {
    const { world, folder, missingDisks } = this.#tools;
    const { accountSid, keySid, token, secrets } = this.#account;
    const account = {
      accountSid,
      authToken: token,
      keys: [{ sid: keySid, secret: secrets[0], permitted: true }],
    };
    const clock = this.#clock({ wallOffsetMs: 0, set: null });
    this.#origin = String(await world.tell('begin', { ...this.#plan.world, clock, account }));
    const kind = missingDisks[this.#plan.disk] === undefined ? this.#plan.disk : 'folder';
    for (let index = 0; index < this.#plan.benches; index += 1) {
      const disk = await openDisk(kind, join(folder, `bench-${index}`));
      const account = { ...this.#key(), endpoint: this.#origin };
      const { simWish } = this.#plan;
      const simDefaults = simWish === null ? null : { wish: simWish, byItself: true };
      const settings = { accounts: [{ name: 'Account', account, simDefaults }], inUse: 'Account' };
      // As the app writes it: a disk that loses its power may lose a file that was written any other way.
      writeJsonFile(join(disk.dataDir, 'settings.json'), settings);
      this.#benches.push({ disk, ledger: { orders: [], problems: [] }, said: new Map() });
    }
    mkdirSync(join(folder, 'dev'), { recursive: true });
    for (const [index, modem] of this.#plan.modems.entries()) {
      const tcpPort = Number(await world.tell('addModem', modem));
      const path = join(folder, 'dev', `ttyUSB${index}`);
      this.#ttys.push({ path, tcpPort, tty: await openTty(tcpPort, path) });
    }
  }

  async stage(stage: Stage): Promise<void> {
    for (const change of stage.before) await this.#apply(change);
    const started = stage.launches.map((launch) => this.#launch(launch));
    const ended = Promise.all(started.map((one) => one.ended));
    const over = new AbortController();
    const meanwhile = stage.during.map(async ({ afterMs, change }) => {
      await sleep(afterMs, undefined, { signal: over.signal }).catch(() => undefined);
      if (!over.signal.aborted) await this.#apply(change);
    });
    const happened = Promise.allSettled(meanwhile);
    const processes = await ended;
    over.abort();
    for (const one of await happened) if (one.status === 'rejected') throw one.reason;
    for (const [index, launch] of stage.launches.entries()) this.#take(launch.bench, processes[index]);
    this.#read();
  }

  /** Everything is well again, and everything that is open is taken up until nothing is, or it is stuck. */
  async settle(): Promise<void> {
    const { world } = this.#tools;
    await world.tell('heal');
    await world.tell('mend');
    await world.tell('setStock', null);
    for (const { disk } of this.#benches) {
      if (this.#plan.disk === 'small') await disk.setReadOnly(false);
      await disk.free();
    }
    this.#settling = true;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      let busy = false;
      for (const [index, bench] of this.#benches.entries()) {
        if (bench.ledger.orders.some(isOpen)) {
          busy = true;
          await this.#process(index, ['resume', '--timeout', '1800']);
        }
        for (const args of await this.#actions(bench)) {
          busy = true;
          await this.#process(index, args);
        }
      }
      if (!busy) return;
    }
  }

  async compare(): Promise<{ findings: Finding[]; report: WorldReport }> {
    const { world } = this.#tools;
    const { accountSid, keySid, secrets } = this.#account;
    const report = (await world.tell('report')) as WorldReport;
    const { fleets, profiles, record, sims } = report;
    const { simWish } = this.#plan;
    const ledgers = this.#benches.map(({ ledger }) => ledger);
    // A list that is not to be had tells nobody which Fleet a name means: then a Fleet may be asked for that the Sim has.
    const fleetsAreTold = !this.changes.includes('network away') && this.#rotated === false;
    const benches: BenchEnd[] = this.#benches;
    const dataDirs = this.#benches.map(({ disk }) => disk.dataDir);
    const forms = secrets.flatMap((secret) => formsOf(secret, [accountSid, keySid]));
    return {
      report,
      findings: [
        ...this.#findings,
        ...this.processes.flatMap((ended) => this.#processProblems(ended)),
        ...judge({ benches, profiles, record, smdpAddress: SMDP_ADDRESS, eids: this.#eids }),
        ...judgeSims({ ledgers, wish: simWish, sims, fleets, record, fleetsAreTold }),
        ...leaks(forms, dataDirs, this.processes),
      ],
    };
  }

  async end(): Promise<void> {
    for (const { tty } of this.#ttys) await tty?.close();
    await this.#tools.world.tell('end');
    for (const { disk } of this.#benches) await disk.remove();
  }

  #key() {
    const { accountSid, keySid } = this.#account;
    return { provider: 'twilio', accountSid, keySid } as const;
  }

  #clock(given: Pick<FastClockSetting, 'wallOffsetMs' | 'set'>): FastClockSetting {
    return { speed: this.#plan.speed, since: this.#since, ...given };
  }

  #launch(launch: Launch): Started {
    const { wish, wait, timeoutS, kill, bench, clock } = launch;
    const args = wish === null ? ['resume'] : ['order', '--callback-url', wish.tag];
    if (wish !== null) this.#eids.set(wish.tag, wish.eid);
    if (wish?.kind === 'eid') args.push('--eid', wish.eid ?? '');
    if (wish?.kind === 'matchingId') args.push('--matching-id');
    if (wish?.kind === 'port') args.push('--port', this.#ttys[wish.modem ?? 0]?.path ?? '');
    if (wish?.another) args.push('--another');
    if (wish !== null && !wait) args.push('--no-wait');
    args.push('--timeout', String(timeoutS));
    return this.#start(bench, args, clock, kill);
  }

  #start(bench: number, args: readonly string[], clock: Launch['clock'], kill: Launch['kill']): Started {
    const { secrets } = this.#account;
    const { disk } = this.#bench(bench);
    const key = { ...this.#key(), endpoint: this.#origin } satisfies Account;
    // Until it has settled, nobody has told the bench that there is another secret.
    const secret = this.#settling && this.#rotated ? secrets[1] : secrets[0];
    return startBench({
      file: this.#tools.benchFile,
      wrapper: disk.wrapper,
      config: {
        argv: ['--data-dir', disk.dataDir, ...args, '--json'],
        clock: this.#clock(clock),
        key,
        secret,
        dieAt: kill?.at === 'step' ? { step: kill.step, time: kill.time } : null,
      },
      killAfterMs: kill?.at === 'moment' ? kill.afterMs : null,
    });
  }

  /** A process that nothing is done to. */
  async #process(bench: number, args: readonly string[]): Promise<void> {
    const offset = this.#plan.stages
      .flatMap(({ launches }) => launches)
      .findLast((one) => one.bench === bench);
    const set = offset?.clock.set?.byMs ?? 0;
    const clock = { wallOffsetMs: (offset?.clock.wallOffsetMs ?? 0) + set, set: null };
    const ended = await this.#start(bench, args, clock, null).ended;
    this.#take(bench, ended);
    this.#read();
  }

  #bench(index: number): Bench {
    const bench = this.#benches[index];
    if (bench === undefined) throw new RangeError(`no bench ${index}`);
    return bench;
  }

  /** Notes what a process has said: whatever it says of an order it says after writing it. */
  #take(bench: number, ended: Ended | undefined): void {
    if (ended === undefined) return;
    this.processes.push(ended);
    const { said } = this.#bench(bench);
    for (const line of ended.stdout.split('\n').slice(0, -1)) {
      const value = parse(line);
      if (typeof value?.id !== 'string' || typeof value.status !== 'string') continue;
      said.set(value.id, (said.get(value.id) ?? new Set()).add(value.status));
    }
  }

  #read(): void {
    for (const bench of this.#benches) {
      const now = readLedger(bench.disk.dataDir);
      this.#findings.push(...historyProblems(bench.ledger, now));
      bench.ledger = now;
    }
  }

  async #apply(change: Change): Promise<void> {
    const { world } = this.#tools;
    this.changes.push(nameOf(change));
    switch (change.kind) {
      case 'harm':
        return void (await world.tell('harm', change.fault));
      case 'heal':
        return void (await world.tell('heal'));
      case 'doom':
        return void (await world.tell('doom', change.afterMs));
      case 'network':
        return void (await world.tell(change.up ? 'mend' : 'cut'));
      case 'stock':
        return void (await world.tell('setStock', change.left));
      case 'rotate':
        this.#rotated = true;
        return void (await world.tell('rotate', {
          sid: this.#account.keySid,
          secret: this.#account.secrets[1],
        }));
      case 'fill':
        for (const { disk } of this.#benches) await disk.fill(change.leave);
        return;
      case 'freeDisk':
        for (const { disk } of this.#benches) await disk.free();
        return;
      case 'readOnly':
        for (const { disk } of this.#benches) await disk.setReadOnly(change.on);
        return;
      case 'cutPower':
        for (const bench of this.#benches) {
          if (this.#tools.missingDisks.real !== undefined) continue;
          await bench.disk.cutPower();
          // What was not synced may be gone, unless somebody was told of it: that is looked at in the end.
          bench.ledger = readLedger(bench.disk.dataDir);
        }
        return;
      case 'harmAnswers':
      case 'harmStream':
        return void (await world.tell(change.kind, { modem: change.modem, fault: change.fault }));
      case 'healModem':
        return this.#healModem(change.modem);
    }
  }

  /** Pulled out and plugged in again: the tty goes and comes. */
  async #healModem(index: number): Promise<void> {
    const port = this.#ttys[index];
    if (port === undefined) return;
    await this.#tools.world.tell('healModem', index);
    await port.tty?.close();
    for (let time = 0; ; time += 1) {
      try {
        port.tty = await openTty(port.tcpPort, port.path);
        return;
      } catch (error) {
        // It is still starting.
        if (time === 40) throw error;
        await sleep(50);
      }
    }
  }

  /** What the technician does now about the orders of a bench that wait for one. */
  async #actions({ ledger }: Bench): Promise<string[][]> {
    const { technician } = this.#plan;
    const held = ledger.orders.filter(({ heldFor }) => heldFor === 'choice' || heldFor === 'nothingFound');
    const again = ledger.orders.filter(
      ({ id, status, heldFor }) =>
        (status === 'failed' || heldFor === 'nothingFound') &&
        technician.nothingFound === 'again' &&
        !ledger.orders.some(({ replaces }) => replaces === id),
    );
    const orderingAgain = again.map(({ id }) => ['order', 'again', id, '--timeout', '900']);
    if (held.length === 0) return orderingAgain;
    const { profiles } = (await this.#tools.world.tell('report')) as WorldReport;
    const taken = new Set(ledger.orders.flatMap(({ sid }) => sid ?? []));
    const choosing = held.flatMap((order): string[][] => {
      const { id, candidates, eid, callbackUrl } = order;
      if (order.heldFor === 'nothingFound') return [];
      if (order.status === 'unconfirmed') {
        const free = candidates.filter((sid) => !taken.has(sid));
        const own = free.find((sid) => profiles.find((one) => one.sid === sid)?.callbackUrl === callbackUrl);
        const sid = own ?? free[0];
        if (sid === undefined) return [];
        taken.add(sid);
        return [['order', 'choose', id, '--sid', sid]];
      }
      const ways: Record<Technician['draftWithLive'], string[][]> = {
        choose: [['order', 'choose', id, '--sid', candidates[0] ?? '']],
        another: [['order', '--eid', eid ?? '', '--another', '--timeout', '900']],
        cancel: [['order', 'cancel', id]],
        leave: [],
      };
      return ways[technician.draftWithLive];
    });
    return [...orderingAgain, ...choosing];
  }

  #processProblems({ args, code, killed, stdout, stderr }: Ended): Finding[] {
    const shape = this.#plan.shape;
    const command = args.slice(2, 4).join(' ');
    const said = `${stdout.slice(-600)}${stderr.slice(-600)}`;
    if (killed === 'hung') return [{ what: 'hung', text: `${command} did not end: ${said}` }];
    if (killed !== null) return [];
    const isFine = code !== null && (FINE_CODES[code]?.(shape, command) ?? false);
    if (isFine && !/\binternal\b/.test(said)) return [];
    return [{ what: 'broken', text: `${command} ended with ${code}: ${said}` }];
  }
}

/** Which exit codes may come in which runs. */
const FINE_CODES: Readonly<Record<number, (shape: Plan['shape'], command: string) => boolean>> = {
  0: () => true,
  // What a technician is about to do may have been done meanwhile.
  2: (_shape, command) => /^order (choose|again|cancel)/.test(command),
  3: (shape) => shape === 'modem',
  4: (shape) => shape === 'modem',
  5: (shape) => shape === 'modem',
  6: (shape) => shape === 'credentials',
  7: () => true,
  8: () => true,
  70: (shape) => shape === 'full disk' || shape === 'read-only',
};

function isOpen({ activation, heldFor, simSid, status }: LedgerOrder): boolean {
  if (isOpenActivation(activation) && simSid !== null && status !== 'failed') return true;
  return !SETTLED_STATUSES.has(status) && heldFor !== 'choice' && heldFor !== 'nothingFound';
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case 'harm':
    case 'heal':
    case 'freeDisk':
    case 'healModem':
      return '';
    case 'doom':
      return 'profile that fails';
    case 'network':
      return change.up ? '' : 'network away';
    case 'stock':
      return 'out of stock';
    case 'rotate':
      return 'secret changed';
    case 'fill':
      return 'disk full';
    case 'readOnly':
      return 'disk read-only';
    case 'cutPower':
      return 'power cut';
    case 'harmAnswers':
      return `modem: answer ${change.fault.what.kind}`;
    case 'harmStream':
      return `modem: bytes ${change.fault.what.kind}`;
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
