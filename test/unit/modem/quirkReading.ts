import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { createVirtualEuicc } from '../../../main/demo/euicc/virtualEuicc.ts';
import { NO_LATENCY, STANDARD } from '../../../main/demo/modem/quirks.ts';
import { combine, type EidWay, eidWays, type QuirkValue } from '../../../main/demo/modem/quirkTable.ts';
import { createVirtualModem } from '../../../main/demo/modem/virtualModem.ts';
import { identify } from '../../../main/modem/identify.ts';
import { readEid } from '../../../main/modem/readEid.ts';
import { createRunningClock } from '../support/runningClock.ts';
import { linkToModem } from './virtualLink.ts';

const EID = '89049032123451234512345678901235';
/** Of the modem's time; the longest of all pairs takes a quarter of it. */
const LIMIT_MS = 60_000;

/** Which of the standard ways the bench tries first: by what it remembers of a modem. */
export type TriedFirst = Exclude<EidWay, 'vendor'>;

/** Commands that are sent to the modems of one maker alone. */
const MAKERS: readonly {
  readonly has: (value: QuirkValue) => boolean;
  readonly manufacturer: string;
  readonly model: string;
}[] = [
  {
    has: ({ set }) => set.modem?.iccidCommands?.includes('+SQNCCID') ?? false,
    manufacturer: 'Sequans',
    model: 'GM02S',
  },
  {
    has: ({ set }) => set.modem?.ccidWithEid !== undefined,
    manufacturer: 'Sierra Wireless',
    model: 'HL7800',
  },
];

/**
 * A channel that nothing can close: `+CCHC` is missing, and the card's own way is, too, or it is not known which channel the
 * handle stands for.
 */
function cannotBeClosed(values: readonly QuirkValue[]): boolean {
  const modem = combine(...values).modem;
  const noCsim =
    modem.csimChannels === 'refused' ||
    (modem.missing?.includes('+CSIM') ?? false) ||
    modem.handles === 'opaque';
  return modem.cchc === 'missing' && noCsim;
}

/** Pairs with which a way does not work at the time that it is tried, so that the next one is taken. */
const FAILS: readonly {
  readonly both: readonly [string, string];
  readonly way: (first: TriedFirst) => EidWay;
}[] = [
  // A busy SIM cannot be told from a command that is not there: whatever comes first is refused.
  { both: ['errors: bare', 'channelBusy: once'], way: (first) => first },
  { both: ['missing: +CMEE', 'channelBusy: once'], way: (first) => first },
  // Nobody knows which channel the handle stands for, to put it into the class byte.
  { both: ['handles: opaque', 'cglaClass: as sent'], way: () => 'cgla' },
  // By the time that the APDU arrives, the modem has closed its channel.
  { both: ['closesIdleMs: after a second', 'latency: slow'], way: () => 'cgla' },
];

/** What may be said where no way is left: the eUICC refuses, or the modem keeps it from us. */
function faultsOf(values: readonly QuirkValue[]): readonly string[] {
  const cardRefuses = values.some(({ set }) => set.es10?.refuses?.BF3E !== undefined);
  return cardRefuses ? ['euicc.refused'] : ['euicc.refused', 'euicc.none', 'modem.refused'];
}

/** The ways with these one or two values. */
export function waysWith(values: readonly QuirkValue[]): readonly EidWay[] {
  const [first, second] = values;
  if (first === undefined) return ['cgla', 'csim'];
  return second === undefined ? first.eidBy : eidWays(first, second);
}

/**
 * Meets a virtual modem that has these switches set, reads its EID, and says what is wrong with that; null where all is as the
 * table of switches has it: the right EID by the first of the ways that are left, or a fault that says why there is none; an end
 * in any case; and no channel left open.
 */
export async function wrongWith(values: readonly QuirkValue[], first: TriedFirst): Promise<string | null> {
  const set = combine(...values);
  const clock = createRunningClock();
  const card = createVirtualEuicc({
    eid: EID,
    profiles: [{ iccid: '89883070000051466066', enabled: true }],
    card: set.card,
    es10: set.es10,
  });
  const maker = MAKERS.find(({ has }) => values.some(has));
  const modem = createVirtualModem({
    clock,
    quirks: { ...STANDARD, latency: NO_LATENCY, ...set.modem },
    slots: [card],
    ...(maker === undefined ? {} : { identity: { manufacturer: maker.manufacturer, model: maker.model } }),
  });
  await clock.pass(set.modem.bootMs ?? 0);

  const dialogue = openAtDialogue(linkToModem(modem), { clock });
  const outcome = await clock.until(
    (async () => {
      const identified = await identify(dialogue, { clock });
      if (!identified.ok) return identified;
      const { identity, memory } = identified.value;
      return readEid(dialogue, identified.value, {
        clock,
        memory: { ...memory, identity, eidVia: first === 'csim' ? 'csim' : null },
      });
    })(),
    LIMIT_MS,
  );
  await dialogue.close();

  const ways = waysWith(values);
  const mostOpen = cannotBeClosed(values) ? 1 : 0;
  if (card.openChannels.length > mostOpen) return `left open: channels ${card.openChannels.join(', ')}`;
  if (!outcome.ok) {
    const { code, details } = outcome.fault;
    const allowed = ways.length === 0 ? faultsOf(values) : [];
    return allowed.includes(code) ? null : `${code} (${details ?? 'no details'}), not by ${ways.join(', ')}`;
  }
  const { value, valid, via } = outcome.value.eid;
  if (value !== EID || !valid) return `EID ${value}, ${valid ? 'valid' : 'not valid'}`;
  const expected = bestOf(ways, values, first);
  return via === expected ? null : `read by ${via}, not by ${expected ?? 'no way'}`;
}

/** The way that must have been taken: what is tried first, where it is there. */
function bestOf(
  ways: readonly EidWay[],
  values: readonly QuirkValue[],
  first: TriedFirst,
): EidWay | undefined {
  const fails = FAILS.filter(({ both }) => both.every((name) => values.some((value) => value.name === name)));
  const order: readonly EidWay[] = first === 'csim' ? ['csim', 'cgla', 'vendor'] : ['cgla', 'csim', 'vendor'];
  return order.find((way) => ways.includes(way) && !fails.some(({ way: failing }) => failing(first) === way));
}
