import { ChipSchema } from '../../contract/chip.ts';
import { SimLockSchema, SimSlotsSchema } from '../../contract/device.ts';
import type { Result } from '../../contract/result.ts';
import { VerificationSchema } from '../../contract/verification.ts';
import type { AtDialogue } from '../../main/at/dialogue.ts';
import { openAtDialogue } from '../../main/at/openDialogue.ts';
import { createMake, type MakeName } from '../../main/demo/modem/makes.ts';
import type { VirtualModem } from '../../main/demo/modem/virtualModem.ts';
import { changeChip } from '../../main/modem/changeChip.ts';
import { identify } from '../../main/modem/identify.ts';
import type { Identified, ModemOptions } from '../../main/modem/modem.ts';
import { readChip } from '../../main/modem/readChip.ts';
import { readSimLock } from '../../main/modem/readSimLock.ts';
import { readSlots } from '../../main/modem/readSlots.ts';
import { refreshSim } from '../../main/modem/refreshSim.ts';
import { makeReport } from '../../main/modem/report.ts';
import { ModemReportSchema } from '../../main/modem/reportSchema.ts';
import { retrieveNotification } from '../../main/modem/retrieveNotification.ts';
import { unlockSim } from '../../main/modem/unlockSim.ts';
import { verify } from '../../main/modem/verify.ts';
import { reportToFixture } from '../../tools/lib/reportToFixture.mjs';
import { Dice } from '../faults/dice.ts';
import { createRunningClock } from '../unit/support/runningClock.ts';
import { SAYINGS } from './atDoors.ts';
import { type Door, doorOf, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { harmedLink } from './harmedModem.ts';

/** Of the modem's time: longer than any of these may take, with every command timing out. */
const LIMIT_MS = 2 * 3_600_000;
const EID = '89049032123451234512345678901235';
const ONE = '89883070000051100018';
const OTHER = '89883070000052200015';
const PIN = '90817263';

interface Parser {
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly message: string } };
}

type Use = (dialogue: AtDialogue, identified: Identified, options: ModemOptions) => Promise<Result<unknown>>;

const ABOUT = {
  app: { version: '1' },
  at: 0,
  usb: { vendorId: null, productId: null, manufacturer: null, product: null },
  ports: [],
};

/** What is done with a device besides reading its EID, and the form of what comes of it. */
const USES: Readonly<Record<string, { readonly run: Use; readonly gives: Parser | null }>> = {
  readChip: { run: readChip, gives: ChipSchema },
  verify: {
    run: (...all) => verify(all[0], all[1], { ...all[2], limitMs: 20_000 }),
    gives: VerificationSchema,
  },
  readSlots: { run: readSlots, gives: SimSlotsSchema.nullable() },
  readSimLock: { run: readSimLock, gives: SimLockSchema.nullable() },
  unlockSim: { run: (...all) => unlockSim(all[0], all[1], { pin: PIN }, all[2]), gives: null },
  enable: {
    run: (...all) => changeChip(all[0], all[1], { kind: 'enable', iccid: OTHER }, all[2]),
    gives: null,
  },
  nickname: {
    run: (...all) => changeChip(all[0], all[1], { kind: 'nickname', iccid: ONE, nickname: 'Gate' }, all[2]),
    gives: null,
  },
  retrieve: { run: (...all) => retrieveNotification(all[0], all[1], 1, all[2]), gives: null },
  refreshSim: { run: refreshSim, gives: null },
  report: { run: (...all) => makeReport(all[0], ABOUT, all[2]), gives: ModemReportSchema },
};

const MAKES: readonly MakeName[] = [
  'quectel-em05-g',
  'simcom-a7908e',
  'fibocom-fm350',
  'sierra-mc7455',
  'dell-dw5821e',
  'vendor-only',
  'generic-reader',
  'plain-sim',
  'sim-pin',
  'sim-puk',
];

interface Working {
  readonly make: MakeName;
  readonly use: string;
  readonly seed: number;
  readonly rate: number;
}

/** No identifier of the modem that was asked, however its answers were harmed. */
function mustBeMasked(modem: VirtualModem, text: string): void {
  for (const number of [EID, ONE, OTHER, modem.identity.imei])
    must(!text.includes(number), `the report holds ${number}`);
  reportToFixture(text);
}

const working: Door<Working> = {
  name: 'AT bytes: chip, SIM, network and report of a modem',
  share: 8,
  input: (dice) => ({
    make: dice.pick(MAKES),
    use: dice.pick(Object.keys(USES)),
    seed: dice.int(0, 2 ** 31),
    rate: dice.pick([0.01, 0.05, 0.2, 0.6]),
  }),
  async feed({ make, use, seed, rate }) {
    const clock = createRunningClock();
    const dice = new Dice(seed);
    const lock = make === 'sim-pin' ? { pin: { value: PIN, puk: '61524334' } } : {};
    const device = createMake(make, {
      clock,
      latency: 0,
      eid: EID,
      profiles: [{ iccid: ONE, enabled: true, ...lock }, { iccid: OTHER }],
    });
    const port = device.ports.find(({ role }) => role === 'at');
    const work = USES[use];
    if (port === undefined || work === undefined) throw new Error('nothing to do');
    const said: string[] = [];
    const talk = openAtDialogue(harmedLink(port, dice, rate, SAYINGS), {
      clock,
      log: ({ text }) => said.push(text),
    });
    const identified = await clock.until(identify(talk, { clock }), LIMIT_MS);
    if (!identified.ok) mustBeFault(identified.fault);
    else {
      const memory = { ...identified.value.memory, eidVia: dice.pick(['cgla', 'csim', null] as const) };
      const result = await clock.until(work.run(talk, identified.value, { clock, memory }), LIMIT_MS);
      if (!result.ok) mustBeFault(result.fault);
      else if (work.gives !== null) {
        const parsed = work.gives.safeParse(result.value);
        must(parsed.success, `${use} gives what is none: ${parsed.error?.message ?? ''}`);
        if (use === 'report') mustBeMasked(device, JSON.stringify(result.value));
      }
      must(!JSON.stringify(result).includes(PIN), 'the PIN is in the answer');
    }
    await clock.until(talk.close(), LIMIT_MS);
  },
  show: (input) => JSON.stringify(input),
};

export const CHIP_DOORS = [doorOf(working)];
