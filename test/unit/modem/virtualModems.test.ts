import { describe, expect, it } from 'vitest';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { createVirtualEuicc } from '../../../main/demo/euicc/virtualEuicc.ts';
import type { AnswerHarm } from '../../../main/demo/modem/faults.ts';
import { createMake, type MakeName } from '../../../main/demo/modem/makes.ts';
import { type ModemQuirks, NO_LATENCY } from '../../../main/demo/modem/quirks.ts';
import { createVirtualModem, type VirtualModem } from '../../../main/demo/modem/virtualModem.ts';
import { identify } from '../../../main/modem/identify.ts';
import { readEid } from '../../../main/modem/readEid.ts';
import { fc } from '../support/dice.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { linkToModem, untilDone } from './virtualLink.ts';

/*
 * The demo's virtual modems were made from the specifications by themselves, not from this room: each holds the other
 * to them.
 */

const EID = '89049032123451234512345678901235';

async function readAll(modem: VirtualModem, clock: FakeClock, signal?: AbortSignal) {
  const dialogue = openAtDialogue(linkToModem(modem), { clock });
  const options = { clock, ...(signal === undefined ? {} : { signal }) };
  const identified = await untilDone(clock, identify(dialogue, options));
  if (!identified.ok) return { identified, read: null, dialogue };
  const read = await untilDone(clock, readEid(dialogue, identified.value, options));
  return { identified, read, dialogue };
}

const openChannels = (modem: VirtualModem) => modem.slots.flatMap((card) => [...(card?.openChannels ?? [])]);

describe('the virtual makes', () => {
  it.each<[MakeName, string]>([
    ['quectel-em05-g', 'cgla'],
    ['simcom-a7908e', 'cgla'],
    ['fibocom-fm350', 'cgla'],
    ['fibocom-fg132', 'cgla'],
    ['sierra-em9191', 'cgla'],
    ['sierra-mc7455', 'cgla'],
    ['quectel-rg650e', 'vendor'],
    ['dell-dw5821e', 'csim'],
    ['vendor-only', 'vendor'],
    ['generic-reader', 'cgla'],
    ['slow-modem', 'cgla'],
    ['no-sim', 'sim.missing'],
    ['plain-sim', 'euicc.none'],
    ['refusing-euicc', 'euicc.refused'],
    ['sim-pin', 'sim.pin'],
    ['sim-puk', 'sim.puk'],
    ['silent-port', 'modem.noAnswer'],
    ['nmea-talker', 'modem.noAnswer'],
  ])('%s: %s', async (make, expected) => {
    const clock = createFakeClock();
    const modem = createMake(make, { clock });
    await clock.advance(5_000);
    const { identified, read } = await readAll(modem, clock);
    const result = read ?? identified;
    if (read?.ok) {
      expect([read.value.eid.via, read.value.eid.valid]).toEqual([expected, true]);
      expect(identified.ok && identified.value.identity).toEqual(modem.identity);
    } else {
      expect(result.ok ? 'ok' : result.fault.code).toBe(expected);
    }
    expect(openChannels(modem)).toEqual([]);
  });
});

const quirks = fc.record({
  echo: fc.constantFrom('untilOff', 'always', 'never'),
  framing: fc.constantFrom('standard', 'trailing', 'lf', 'cr', 'doubled'),
  answerForms: fc.record({
    '*': fc.constantFrom('standard', 'noSpace', 'blankBeforeColon'),
    '+CCHO': fc.constantFrom('standard', 'noSpace', 'blankBeforeColon', 'bare'),
    '+CGLA': fc.constantFrom('standard', 'noSpace', 'blankBeforeColon', 'bare'),
    '+CSIM': fc.constantFrom('standard', 'noSpace', 'blankBeforeColon', 'bare'),
  }),
  payload: fc.record({ letters: fc.constantFrom('upper', 'lower'), quotes: fc.boolean() }),
  takesHex: fc.constantFrom('any', 'upperQuoted'),
  errors: fc.constantFrom('byCmee', 'bare', 'text', 'number'),
  unknownCommand: fc.constantFrom<ModemQuirks['unknownCommand'][]>('ERROR', 3, 4, 100),
  identityForm: fc.constantFrom('bare', 'prefixed', 'quoted'),
  unsolicited: fc.subarray([
    { text: '+CREG: 2', when: 'afterEcho' },
    { text: '^RSSI: 20', when: 'beforeFinal' },
    { text: '+ESIMS: 1,29', when: 'afterFinal' },
    { text: 'RING', when: 40 },
  ] as const),
  chunkBytes: fc.constantFrom(0, 1, 3, 7),
  simBusy: fc.constantFrom(0, 1, 3),
  emptyEuicc: fc.constantFrom('EMPTY_EUICC', 'READY', 13),
  handles: fc.constantFrom('channel', 'opaque'),
  cchc: fc.constantFrom('ok', 'named', 'missing'),
  followsResponses: fc.record({ cgla: fc.boolean(), csim: fc.boolean() }),
  cglaClass: fc.constantFrom('rewritten', 'asSent'),
  missing: fc.constantFrom<string[]>(
    [],
    ['+CCHO', '+CCHC', '+CGLA'],
    ['+CSIM'],
    ['+CMEE'],
    ['+CGMI', '+CGSN'],
  ),
  qesim: fc.constantFrom('plain', 'quoted', 'withResult', null),
  eidCommand: fc.boolean(),
  ceid: fc.constantFrom('eid', 'other', 'refused', null),
});

function modemWith(clock: FakeClock, of: Partial<ModemQuirks>): VirtualModem {
  return createVirtualModem({
    clock,
    quirks: { latency: NO_LATENCY, ...of },
    slots: [createVirtualEuicc({ eid: EID })],
  });
}

describe('any mixture of what modems do', () => {
  it('gives the EID, and leaves no channel open', async () => {
    await fc.assert(
      fc.asyncProperty(quirks, async (of) => {
        // A handle that means nothing, and a modem that leaves the class byte to us, give nobody a way to know the channel.
        fc.pre(!(of.handles === 'opaque' && (of.cglaClass === 'asSent' || of.cchc === 'missing')));
        const clock = createFakeClock();
        const modem = modemWith(clock, of);
        const { read } = await readAll(modem, clock);
        expect(read?.ok && read.value.eid).toMatchObject({ value: EID, valid: true });
        // Where neither +CCHC nor +CSIM is there, nothing can close it.
        const closable = of.cchc !== 'missing' || !of.missing?.includes('+CSIM');
        if (closable) expect(openChannels(modem)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

/** After this, nothing of what went wrong can still come. */
const LONGEST_MS = 45_000;

const harm: fc.Arbitrary<AnswerHarm> = fc.oneof(
  fc.record({ kind: fc.constant('late' as const), ms: fc.integer({ min: 0, max: LONGEST_MS - 5_000 }) }),
  fc.constant({ kind: 'silent' as const }),
  fc.record({ kind: fc.constant('error' as const), cme: fc.constantFrom(null, 0, 3, 10, 13, 14, 100) }),
  fc.record({ kind: fc.constant('drop' as const), from: fc.nat(40), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant('line' as const),
    text: fc.constantFrom('+CREG: 1', 'RING', '+CPIN: READY'),
    at: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('stop' as const), after: fc.nat(40) }),
  fc.record({ kind: fc.constant('unplug' as const), after: fc.nat(40) }),
);

describe('whatever goes wrong on the way', () => {
  it('there is an end, the EID is the right one or none, and a later reading finds it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(10), harm), { minLength: 1, maxLength: 3 }),
        fc.option(fc.nat(400), { freq: 3 }),
        fc.boolean(),
        fc.constantFrom(0, 100, 3_000, LONGEST_MS),
        async (harms, abortMs, leavesResponses, pauseMs) => {
          const clock = createFakeClock();
          const modem = modemWith(clock, {
            latency: { command: 8, sim: 25, channel: 90, apdu: 70 },
            followsResponses: { cgla: !leavesResponses, csim: !leavesResponses },
          });
          for (const [skip, what] of harms) modem.harmAnswers({ skip, what });
          const abort = new AbortController();
          if (abortMs !== null) clock.after(abortMs, () => abort.abort());
          const { read, dialogue } = await readAll(modem, clock, abort.signal);
          if (read?.ok && read.value.eid.valid) expect(read.value.eid.value).toBe(EID);
          await dialogue.close();

          modem.clearFaults();
          // A modem that had stopped in the middle is restarted, as the technician would.
          if (harms.some(([, { kind }]) => kind === 'stop')) modem.reset();
          await clock.advance(pauseMs);
          if (!modem.present) modem.plugIn();
          const again = await readAll(modem, clock);
          if (again.read?.ok) expect(again.read.value.eid).toMatchObject({ value: EID, valid: true });
          if (again.identified.ok) expect(again.identified.value.identity).toEqual(modem.identity);
          // Before that, the modem may still be at work on what it was asked.
          if (pauseMs === LONGEST_MS) expect(again.read?.ok).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
