import type { SimWish } from '../../contract/activation.ts';
import { eidWithCheckDigits } from '../../main/demo/digits.ts';
import type { AnswerFault, StreamFault } from '../../main/demo/modem/faults.ts';
import { type FaultName, NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import { DESK_STEPS, type DeskStep } from '../../main/orders/steps.ts';
import { Dice } from './dice.ts';
import type { DiskKind } from './disks.ts';
import type { FastClockSetting } from './fastClock.ts';
import type { Kill } from './processes.ts';
import type { ModemConfig, PlannedFault, WorldConfig } from './worldEntry.ts';

/** What a technician wants. Each wish has a callback address of its own, by which the provider's record names it. */
export interface Wish {
  readonly tag: string;
  readonly kind: 'eid' | 'matchingId' | 'port';
  /** The EID that it must come to; null for a matching ID. */
  readonly eid: string | null;
  /** Which modem it is read from; null where it is typed. */
  readonly modem: number | null;
  /** Another profile is asked for in so many words. */
  readonly another: boolean;
}

/** One process of the CLI. */
export interface Launch {
  readonly bench: number;
  /** Null: `resume`. */
  readonly wish: Wish | null;
  readonly wait: boolean;
  /** Of its own fast time. */
  readonly timeoutS: number;
  readonly kill: Kill | null;
  readonly clock: Pick<FastClockSetting, 'wallOffsetMs' | 'set'>;
}

/** Something that happens to the world. */
export type Change =
  | { readonly kind: 'harm'; readonly fault: PlannedFault }
  | { readonly kind: 'heal' }
  /** The next profile that is made fails so long after; ms of the fast time. */
  | { readonly kind: 'doom'; readonly afterMs: number }
  | { readonly kind: 'network'; readonly up: boolean }
  | { readonly kind: 'stock'; readonly left: number | null }
  | { readonly kind: 'rotate' }
  | { readonly kind: 'fill'; readonly leave: number }
  | { readonly kind: 'freeDisk' }
  | { readonly kind: 'readOnly'; readonly on: boolean }
  | { readonly kind: 'cutPower' }
  | { readonly kind: 'harmAnswers'; readonly modem: number; readonly fault: AnswerFault }
  | { readonly kind: 'harmStream'; readonly modem: number; readonly fault: StreamFault }
  | { readonly kind: 'healModem'; readonly modem: number };

/** What happens before some processes begin, what they are, and what happens meanwhile. */
export interface Stage {
  readonly before: readonly Change[];
  /** ms of our time after the processes have been started. */
  readonly during: readonly { readonly afterMs: number; readonly change: Change }[];
  /** All at once. */
  readonly launches: readonly Launch[];
}

export const SHAPES = [
  'step',
  'batch',
  'twins',
  'benches',
  'outbox',
  'modem',
  'full disk',
  'read-only',
  'power cut',
  'credentials',
  'stock',
  'keychain',
] as const;
export type Shape = (typeof SHAPES)[number];

/** What the technician does about orders that wait for one, once the world is well again. */
export interface Technician {
  /** A draft whose EID has a live profile. */
  readonly draftWithLive: 'choose' | 'another' | 'cancel' | 'leave';
  /** An order that the provider's list does not show, or whose profile has failed. */
  readonly nothingFound: 'again' | 'leave';
}

/** A whole run, as its seed makes it. Plain data. */
export interface Plan {
  readonly seed: number;
  readonly shape: Shape;
  readonly speed: number;
  readonly disk: DiskKind;
  readonly benches: number;
  readonly world: Pick<WorldConfig, 'pace' | 'skewMs' | 'latencyMs' | 'settleMs'>;
  /** What the account has done by itself with the Sim of every order; null: nothing. */
  readonly simWish: SimWish | null;
  readonly modems: readonly ModemConfig[];
  readonly stages: readonly Stage[];
  readonly technician: Technician;
}

const HOUR_MS = 3_600_000;
/** From the order on, of the fast time. */
const EARLIEST_AVAILABLE_MS = 2_000;

/** After these nobody but the provider knows whether the order was taken. */
const LEAVES_OPEN: readonly FaultName[] = [
  'reset before the commit',
  'reset after the commit',
  'silence before the commit',
  'silence after the commit',
  'headers, then nothing',
  'half an answer, then nothing',
  'slow beyond the limit',
  '500 before the commit',
  '500 after the commit',
  '502 with HTML',
  '502 with HTML after the commit',
  '503 empty',
  'truncated JSON',
  'broken in the middle',
  'a login page',
  'wrong types',
];
const FAULT_NAMES = Object.keys(NAMED_FAULTS) as FaultName[];

/** Steps that come only where an answer is missing. */
const LOOK_STEPS: ReadonlySet<DeskStep> = new Set(['lookStarted', 'lookListed', 'lookRecorded']);

/** Steps that come only where something is wished of the Sim. */
const SIM_STEPS: ReadonlySet<DeskStep> = new Set(['simChecked', 'simSending', 'simAnswered', 'simRecorded']);

/** A Fleet that the account does not have. */
export const NO_FLEET = 'Nobody’s Fleet';

/** Modems whose EID can be read. */
const MAKES: readonly ModemConfig['make'][] = [
  'quectel-em05-g',
  'simcom-a7908e',
  'fibocom-fm350',
  'fibocom-fg132',
  'sierra-mc7455',
  'dell-dw5821e',
  'vendor-only',
  'generic-reader',
];

/** Every other seed dies at a step, which comes by turns; the others are what the dice say. */
function shapeOf(seed: number, dice: Dice): Shape {
  if (seed % 50 === 7) return 'keychain';
  if (seed % 2 === 0) return 'step';
  return dice.weighted({
    batch: 22,
    twins: 18,
    benches: 12,
    outbox: 14,
    modem: 14,
    'full disk': 7,
    'read-only': 3,
    'power cut': 6,
    credentials: 5,
    stock: 4,
  });
}

const DISKS: Partial<Record<Shape, DiskKind>> = {
  'full disk': 'small',
  'read-only': 'small',
  'power cut': 'real',
};

export function planOf(seed: number): Plan {
  const dice = new Dice(seed);
  const shape = shapeOf(seed, dice);
  return new Planner(seed, shape, dice).plan();
}

class Planner {
  readonly #seed: number;
  readonly #shape: Shape;
  readonly #dice: Dice;
  /** Of their own: what is wished of Sims changes nothing about the orders of a seed. */
  readonly #simDice: Dice;
  readonly #wallOffsets: number[];
  readonly #modems: ModemConfig[] = [];
  #wishes = 0;

  constructor(seed: number, shape: Shape, dice: Dice) {
    this.#seed = seed;
    this.#shape = shape;
    this.#dice = dice;
    this.#simDice = new Dice(seed ^ 0x51a7f1ee);
    this.#wallOffsets = [0, 1].map(() =>
      dice.chance(0.25)
        ? dice.pick([-HOUR_MS, HOUR_MS, -24 * 30 * HOUR_MS, 90_000, -90_000])
        : dice.int(-2_000, 2_000),
    );
  }

  plan(): Plan {
    const dice = this.#dice;
    const simWish = this.#simWish();
    const stages = this.#stages().map((stage) => (simWish === null ? stage : this.#withSimMishaps(stage)));
    return {
      seed: this.#seed,
      shape: this.#shape,
      speed: 50,
      disk: DISKS[this.#shape] ?? 'folder',
      benches: this.#shape === 'benches' ? 2 : 1,
      world: {
        pace: { reservingMs: dice.int(100, 2_000), availableMs: dice.int(EARLIEST_AVAILABLE_MS, 6_000) },
        skewMs: dice.pick([0, 0, 700, -1_300, 45_000, -45_000]),
        latencyMs: dice.int(0, 300),
        settleMs: this.#simDice.pick([0, 0, 500, 1_500, 6_000]),
      },
      simWish,
      modems: this.#modems,
      stages,
      technician: {
        draftWithLive: dice.weighted({ choose: 6, another: 2, cancel: 1, leave: 1 }),
        nothingFound: dice.weighted({ again: 1, leave: 1 }),
      },
    };
  }

  #stages(): Stage[] {
    switch (this.#shape) {
      case 'step':
        return this.#deathAtAStep();
      case 'batch':
        return this.#batch();
      case 'twins':
        return this.#twins();
      case 'benches':
        return this.#twoBenches();
      case 'outbox':
        return this.#outbox();
      case 'modem':
        return this.#modem();
      case 'full disk':
        return this.#fullDisk();
      case 'read-only':
        return this.#readOnly();
      case 'power cut':
        return this.#powerCut();
      case 'credentials':
        return this.#credentials();
      case 'stock':
        return this.#stock();
      case 'keychain':
        // Runs the CLI as it is shipped, which takes no part of this: see keychainRun.ts.
        return [];
    }
  }

  /** In most runs; always where a step about Sims is what they die at. */
  #simWish(): SimWish | null {
    const dice = this.#simDice;
    const mustBe = this.#shape === 'step' && SIM_STEPS.has(this.#step());
    if (this.#shape === 'keychain' || (!mustBe && dice.chance(0.35))) return null;
    const fleet = dice.weighted({ 'Pilot Fleet': 5, 'Field devices': 3, [NO_FLEET]: mustBe ? 0 : 1 });
    const nameTemplate = dice.weighted({
      none: 3,
      '{order}': 3,
      'bench-{n}': 4,
      '{eid:last8}': mustBe ? 0 : 1,
      'one for all': mustBe ? 0 : 1,
    });
    return {
      fleet,
      fleetName: null,
      simStatus: dice.pick(['ready', 'active'] as const),
      nameTemplate: nameTemplate === 'none' ? null : nameTemplate,
    };
  }

  /** None to two faults of what is asked about Sims and Fleets. */
  #withSimMishaps(stage: Stage): Stage {
    const dice = this.#simDice;
    if (stage.launches.length === 0 || !dice.chance(0.45)) return stage;
    const harms = Array.from({ length: dice.int(1, 2) }, (): Change => {
      const on = dice.weighted({ updateSim: 6, fetchSim: 3, listFleets: 1 });
      return {
        kind: 'harm',
        fault: {
          name: dice.pick(on === 'updateSim' ? [...LEAVES_OPEN, ...FAULT_NAMES] : FAULT_NAMES),
          on,
          skip: dice.pick([0, 0, 0, 1]),
          times: dice.pick([1, 1, 1, 2, 3]),
          bodyBytes: dice.chance(0.2) ? 0 : dice.int(1, 720),
        },
      };
    });
    return { ...stage, before: [...stage.before, ...harms] };
  }

  /** Where a run that is about that dies. */
  #step(): DeskStep {
    return DESK_STEPS[(this.#seed / 2) % DESK_STEPS.length] ?? 'written';
  }

  /** By turns at each step, for an order by EID and by matching ID. */
  #deathAtAStep(): Stage[] {
    const turn = this.#seed / 2;
    const step = this.#step();
    const byEid = Math.floor(turn / DESK_STEPS.length) % 2 === 0;
    const wish = byEid ? this.#eidWish() : this.#matchingWish();
    const kill: Kill = { at: 'step', step, time: 1 };
    const open: Change = {
      kind: 'harm',
      fault: {
        name: this.#dice.pick(LEAVES_OPEN),
        on: 'create',
        skip: 0,
        times: 1,
        bodyBytes: this.#anyByte(),
      },
    };
    const before = LOOK_STEPS.has(step) ? [open] : this.#mishaps(0.4);
    const stages: Stage[] = [{ before, during: [], launches: [this.#launch(wish, { kill, timeoutS: 120 })] }];
    if (this.#dice.chance(0.5)) {
      const again = this.#dice.chance(0.5) ? this.#kill(0.9) : null;
      stages.push(this.#stage([this.#launch(null, { kill: again })], 0.3));
    }
    return stages;
  }

  /** Several orders, one process after the other, of which some die. */
  #batch(): Stage[] {
    const stages = this.#times(2, 4, () => [
      this.#stage(
        [this.#launch(this.#anyWish(), { wait: this.#dice.chance(0.4), kill: this.#kill(0.5) })],
        0.6,
      ),
    ]).flat();
    const first = stages.flatMap(({ launches }) => launches).find(({ wish }) => wish?.kind === 'eid')?.wish;
    if (first && this.#dice.chance(0.4)) {
      const another = { ...this.#alike(first), another: true };
      stages.push(this.#stage([this.#launch(another, { kill: this.#kill(0.5) })], 0.3));
    }
    stages.push(this.#stage([this.#launch(null, { kill: this.#kill(0.6) })], 0.4));
    return stages;
  }

  /** Two or three processes at once in one data folder, often for the same EID. */
  #twins(): Stage[] {
    const same = this.#eidWish();
    const launches = this.#times(2, 3, (index) => {
      const wish = this.#dice.weighted({ same: 5, other: 3, resume: index === 0 ? 0 : 2 });
      const of = wish === 'same' ? this.#alike(same) : wish === 'other' ? this.#anyWish() : null;
      return this.#launch(of, { kill: this.#kill(0.35) });
    });
    return [this.#stage(launches, 0.5), this.#stage([this.#launch(null, { kill: this.#kill(0.3) })], 0.2)];
  }

  /** A second bench orders for the same EID after a first one has, whatever became of that. */
  #twoBenches(): Stage[] {
    const wish = this.#eidWish();
    return [
      this.#stage([this.#launch(wish, { kill: this.#kill(0.5), bench: 0 })], 0.6),
      this.#stage([this.#launch(this.#alike(wish), { kill: this.#kill(0.3), bench: 1 })], 0.2),
    ];
  }

  /** The network is away while orders are written, and comes and goes while they are sent. */
  #outbox(): Stage[] {
    const down: Change = { kind: 'network', up: false };
    const up: Change = { kind: 'network', up: true };
    const written: Stage[] = this.#times(1, 3, () => ({
      before: [down],
      during: [],
      launches: [this.#launch(this.#anyWish(), { wait: false, kill: this.#kill(0.3) })],
    }));
    const during = this.#times(0, 3, (index) => ({
      afterMs: this.#dice.int(20, 500),
      change: index % 2 === 0 ? down : up,
    }));
    return [
      ...written,
      { before: [up], during, launches: [this.#launch(null, { kill: this.#kill(0.4), timeoutS: 60 })] },
    ];
  }

  /** An order for the device on a port, whose modem fails at any byte. */
  #modem(): Stage[] {
    this.#modems.push({
      make: this.#dice.pick(MAKES),
      eid: this.#eid(),
      latency: this.#dice.pick([0, 0.2, 1]),
    });
    const wish = this.#portWish(0);
    const failing: Stage = {
      before: [...this.#times(1, 2, () => this.#modemMishap(0)), ...this.#mishaps(0.2)],
      during: [],
      launches: [this.#launch(wish, { kill: this.#kill(0.2) })],
    };
    const well: Stage = {
      before: [{ kind: 'healModem', modem: 0 }],
      during: [],
      launches: [this.#launch(this.#alike(wish), { kill: this.#kill(0.2) })],
    };
    return [failing, well];
  }

  /** A disk with little room, or that fills up at any moment. */
  #fullDisk(): Stage[] {
    const fill: Change = { kind: 'fill', leave: this.#dice.pick([0, 4, 16, 40, 64, 100, 200, 400]) * 1_024 };
    const first = this.#launch(this.#anyWish(), { wait: this.#dice.chance(0.5), kill: this.#kill(0.2) });
    const second = this.#launch(this.#anyWish(), { kill: this.#kill(0.2) });
    const fills = { afterMs: this.#dice.int(0, 400), change: { kind: 'fill', leave: 0 } as const };
    return this.#dice.chance(0.5)
      ? [
          { before: [fill, ...this.#mishaps(0.3)], during: [], launches: [first] },
          { before: [], during: [], launches: [second] },
          { before: [], during: [], launches: [this.#launch(null, { kill: null, timeoutS: 30 })] },
        ]
      : [
          { before: this.#mishaps(0.3), during: [fills], launches: [first] },
          { before: [], during: [], launches: [second] },
        ];
  }

  #readOnly(): Stage[] {
    const on: Change = { kind: 'readOnly', on: true };
    const stages: Stage[] = [
      { before: [on], during: [], launches: [this.#launch(this.#anyWish(), { timeoutS: 20 })] },
      { before: [], during: [], launches: [this.#launch(null, { timeoutS: 10 })] },
    ];
    if (this.#dice.chance(0.6)) {
      stages.unshift(
        this.#stage([this.#launch(this.#anyWish(), { wait: false, kill: this.#kill(0.5) })], 0.4),
      );
    }
    return stages;
  }

  /** The power goes at a step or at any moment; what was not synced is lost. */
  #powerCut(): Stage[] {
    const wishes = this.#times(1, 2, () => this.#anyWish());
    const stages = wishes.map((wish) => this.#stage([this.#launch(wish, { kill: this.#kill(1) })], 0.3));
    const cut: Change = { kind: 'cutPower' };
    const resume = this.#launch(null, { kill: this.#kill(0.5) });
    return [
      ...stages.flatMap((stage) => [stage, { before: [cut], during: [], launches: [] }]),
      { before: [], during: [], launches: [resume] },
      { before: [cut], during: [], launches: [] },
    ];
  }

  /** The secret is changed at the provider at any moment. */
  #credentials(): Stage[] {
    const rotate: Change = { kind: 'rotate' };
    const launches = () => [this.#launch(this.#anyWish(), { kill: this.#kill(0.2) })];
    return this.#dice.chance(0.5)
      ? [this.#stage(launches(), 0.2), { before: [rotate], during: [], launches: launches() }]
      : [
          { before: [], during: [{ afterMs: this.#dice.int(0, 400), change: rotate }], launches: launches() },
          { before: [], during: [], launches: launches() },
        ];
  }

  /** The provider runs out of profiles in the middle of a batch. */
  #stock(): Stage[] {
    const left = this.#dice.int(0, 2);
    const written = this.#times(3, 4, () => this.#launch(this.#anyWish(), { wait: false, kill: null }));
    return [
      ...written.map(
        (launch, index): Stage => ({
          before:
            index === 0
              ? [
                  { kind: 'stock', left },
                  { kind: 'network', up: false },
                ]
              : [],
          during: [],
          launches: [launch],
        }),
      ),
      {
        before: [{ kind: 'network', up: true }],
        during: [],
        launches: [this.#launch(null, { kill: this.#kill(0.3), timeoutS: 120 })],
      },
    ];
  }

  #stage(launches: readonly Launch[], mishaps: number): Stage {
    return { before: this.#mishaps(mishaps), during: [], launches };
  }

  #times<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.#dice.int(least, most) }, (_, index) => make(index));
  }

  /** None to three faults of the provider. */
  #mishaps(probability: number): Change[] {
    // Before it could be available: once it is, the commands are done with it, and what becomes of it later is the poller's.
    const doom: Change[] = this.#dice.chance(0.06)
      ? [{ kind: 'doom', afterMs: this.#dice.int(0, EARLIEST_AVAILABLE_MS - 100) }]
      : [];
    if (!this.#dice.chance(probability)) return doom;
    const harms = this.#times(1, 3, (): Change => {
      const on = this.#dice.weighted({ create: 5, list: 3, fetch: 2, any: 2 });
      return {
        kind: 'harm',
        fault: {
          name: this.#dice.pick(on === 'create' ? [...LEAVES_OPEN, ...FAULT_NAMES] : FAULT_NAMES),
          on,
          skip: this.#dice.pick([0, 0, 0, 1, 2]),
          times: this.#dice.pick([1, 1, 1, 2, 4]),
          bodyBytes: this.#anyByte(),
        },
      };
    });
    return [...doom, ...harms];
  }

  /** Anywhere in an answer: a profile has some 700 bytes. */
  #anyByte(): number {
    return this.#dice.chance(0.2) ? 0 : this.#dice.int(1, 720);
  }

  #modemMishap(modem: number): Change {
    const dice = this.#dice;
    const kind = dice.weighted({ unplug: 4, garble: 3, drop: 2, insert: 2, stop: 2, answer: 6 });
    if (kind !== 'answer') {
      const direction = dice.chance(0.75) ? 'out' : 'in';
      const at = dice.int(0, direction === 'out' ? 900 : 300);
      const fault: StreamFault = { direction, at, what: this.#streamHarm(kind) };
      return { kind: 'harmStream', modem, fault };
    }
    const command = dice.pick(['AT', 'AT+CG', 'AT+CC', 'AT+CGLA', 'AT+CSIM', 'AT+CIMI', 'AT+CPIN', 'AT+Q']);
    const fault: AnswerFault = {
      command,
      skip: dice.int(0, 2),
      times: dice.pick([1, 1, 3]),
      what: dice.pick([
        { kind: 'late', ms: dice.int(500, 90_000) },
        { kind: 'silent' },
        { kind: 'error', cme: dice.pick([null, 3, 10, 13, 14, 100]) },
        { kind: 'drop', from: dice.int(0, 40), count: dice.int(1, 5) },
        // One byte: two that turn together may turn one valid EID into another, which no check digit can tell.
        { kind: 'garble', from: dice.int(0, 60), count: 1, xor: dice.pick([1, 2, 4, 8, 0x40, 0x80, 0xff]) },
        { kind: 'stop', after: dice.int(0, 60) },
        { kind: 'unplug', after: dice.int(0, 60) },
        {
          kind: 'line',
          text: dice.pick(['RING', '+CREG: 1', 'OK', 'ERROR', '+CGLA: 4,"9000"']),
          at: dice.int(0, 40),
        },
      ] as const),
    };
    return { kind: 'harmAnswers', modem, fault };
  }

  #streamHarm(kind: 'unplug' | 'garble' | 'drop' | 'insert' | 'stop'): StreamFault['what'] {
    const dice = this.#dice;
    switch (kind) {
      case 'unplug':
      case 'stop':
        return { kind };
      case 'drop':
        return { kind, count: dice.int(1, 8) };
      case 'garble':
        return { kind, count: 1, xor: dice.int(1, 255) };
      case 'insert':
        return { kind, text: dice.pick(['\r\nRING\r\n', '\0\0', '\xff\xfe', '\r\nOK\r\n', 'x']) };
    }
  }

  #launch(
    wish: Wish | null,
    given: { kill?: Kill | null; wait?: boolean; timeoutS?: number; bench?: number } = {},
  ): Launch {
    const { kill = null, wait = true, timeoutS = this.#dice.int(20, 90), bench = 0 } = given;
    const set = this.#dice.chance(0.08)
      ? { afterMs: this.#dice.int(0, 20_000), byMs: this.#dice.pick([-HOUR_MS, -HOUR_MS, HOUR_MS]) }
      : null;
    const wallOffsetMs = this.#wallOffsets[bench] ?? 0;
    // It stays as it was set.
    if (set !== null) this.#wallOffsets[bench] = wallOffsetMs + set.byMs;
    return { bench, wish, wait, timeoutS, kill, clock: { wallOffsetMs, set } };
  }

  #kill(probability: number): Kill | null {
    const dice = this.#dice;
    if (!dice.chance(probability)) return null;
    if (dice.chance(0.5)) return { at: 'step', step: dice.pick(DESK_STEPS), time: dice.pick([1, 1, 1, 2]) };
    return { at: 'moment', afterMs: dice.pick([dice.int(0, 40), dice.int(20, 200), dice.int(100, 800)]) };
  }

  #anyWish(): Wish {
    return this.#dice.chance(0.5) ? this.#eidWish() : this.#matchingWish();
  }

  #eidWish(): Wish {
    return { tag: this.#tag(), kind: 'eid', eid: this.#eid(), modem: null, another: false };
  }

  #matchingWish(): Wish {
    return { tag: this.#tag(), kind: 'matchingId', eid: null, modem: null, another: false };
  }

  #portWish(modem: number): Wish {
    return { tag: this.#tag(), kind: 'port', eid: this.#modems[modem]?.eid ?? null, modem, another: false };
  }

  /** The same again, as by somebody who does not know of the first. */
  #alike(wish: Wish): Wish {
    return { ...wish, tag: this.#tag() };
  }

  #tag(): string {
    this.#wishes += 1;
    return `https://callback.invalid/${this.#seed}/${this.#wishes}`;
  }

  #eid(): string {
    return eidWithCheckDigits(
      `89049032${this.#dice.int(0, 99_999_999).toString().padStart(8, '0')}${this.#seed
        .toString()
        .padStart(10, '0')
        .slice(-10)}${this.#dice.int(0, 9_999).toString().padStart(4, '0')}`,
    );
  }
}
