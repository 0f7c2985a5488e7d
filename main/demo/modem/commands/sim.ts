import { concat, fromHex } from '../../bytes.ts';
import type { VirtualCard } from '../../euicc/card.ts';
import { pinBlock } from '../../euicc/uicc.ts';
import { type AnswerLine, CME, type CommandResult, cme, hexText, OK, ok } from '../answer.ts';
import { exchange, isDone, readEid } from '../exchange.ts';
import {
  type CommandCall,
  type CommandEntry,
  type CommandTable,
  type Handler,
  named,
  numberIn,
  simLock,
  simOrError,
} from '../modemCore.ts';
import type { IccidCommand, ModemQuirks, PinTriesCommand } from '../quirks.ts';

/**
 * The SIM: its lock, its numbers, its files (TS 27.007 §8.3, §8.18, §8.65; the others by the makers' manuals), those
 * that the switches turn on.
 */
export function simCommands(quirks: ModemQuirks): CommandTable {
  const commands: Record<string, CommandEntry> = {
    '+CPIN': { cost: 'sim', read: simState, set: enterPin, test: () => OK },
    '+CIMI': { cost: 'sim', execute: imsi, test: () => OK },
    '+CRSM': { cost: 'sim', set: restrictedAccess, test: () => OK },
  };
  for (const name of quirks.iccidCommands) {
    const give = iccid(name);
    commands[name] = { cost: 'sim', execute: give, read: give, test: () => OK };
  }
  for (const kind of quirks.pinTriesCommands) Object.assign(commands, PIN_TRIES[kind]);
  return commands;
}

function simState({ core }: CommandCall): CommandResult {
  const card = simOrError(core, false);
  if (typeof card === 'number') return cme(card);
  if (card.subscription !== null) return ok(named('+CPIN', simLock(card) ?? 'READY'));
  const { emptyEuicc } = core.quirks;
  return typeof emptyEuicc === 'number' ? cme(emptyEuicc) : ok(named('+CPIN', emptyEuicc));
}

/** `+CPIN=<pin>` or `+CPIN=<puk>,<new pin>`. */
function enterPin({ core, args }: CommandCall): CommandResult {
  const card = simOrError(core, false);
  if (typeof card === 'number') return cme(card);
  const lock = simLock(card);
  if (lock === null) return cme(CME.notAllowed);
  const [first, second] = args;
  if (first === undefined || (lock === 'SIM PUK' && second === undefined))
    return cme(CME.incorrectParameters);
  const command =
    lock === 'SIM PUK'
      ? concat(fromHex('002C000110'), pinBlock(first.text), pinBlock(second?.text ?? ''))
      : concat(fromHex('0020000108'), pinBlock(first.text));
  if (isDone(exchange(card, command, false))) {
    core.search(core.functionality === 1);
    return OK;
  }
  if (card.subscription?.pin?.pukTriesLeft === 0) return cme(CME.simFailure);
  return cme(lock === 'SIM PIN' && simLock(card) === 'SIM PUK' ? CME.simPukRequired : CME.incorrectPassword);
}

/** A SIM without a PIN of its own has never used a try. */
function pinOf({ core }: CommandCall): { lock: string; pin: number; puk: number } | number {
  const card = simOrError(core, false);
  if (typeof card === 'number') return card;
  if (card.subscription === null) return CME.notFound;
  const pin = card.subscription.pin;
  return { lock: simLock(card) ?? 'READY', pin: pin?.triesLeft ?? 3, puk: pin?.pukTriesLeft ?? 10 };
}

function told(tell: (tries: { lock: string; pin: number; puk: number }) => readonly AnswerLine[]): Handler {
  return (call) => {
    const tries = pinOf(call);
    return typeof tries === 'number' ? cme(tries) : ok(...tell(tries));
  };
}

/** `+CPINR[=<code>]`: `<code>,<retries>,<default_retries>` (TS 27.007 §8.65). */
const CPINR: Handler = (call) => {
  const tries = pinOf(call);
  if (typeof tries === 'number') return cme(tries);
  const lines = [
    { code: 'SIM PIN', line: named('+CPINR', `SIM PIN,${tries.pin},3`) },
    { code: 'SIM PUK', line: named('+CPINR', `SIM PUK,${tries.puk},10`) },
  ];
  const wanted = call.args[0]?.text;
  const told = lines.filter(({ code }) => wanted === undefined || wanted === code);
  return told.length === 0 ? cme(CME.incorrectParameters) : ok(...told.map(({ line }) => line));
};

const PIN_TRIES: Readonly<Record<PinTriesCommand, CommandTable>> = {
  cpinr: { '+CPINR': { cost: 'sim', execute: CPINR, set: CPINR, test: () => OK } },
  // Facility, PIN counter, PUK counter; the second PIN is not on these cards.
  quectel: {
    '+QPINC': {
      cost: 'sim',
      read: told(({ pin, puk }) => [named('+QPINC', `"SC",${pin},${puk}`), named('+QPINC', '"P2",0,0')]),
      test: () => ok(named('+QPINC', '("SC","P2")')),
    },
  },
  // PIN, PUK, PIN2, PUK2.
  simcom: {
    '+SPIC': { cost: 'sim', execute: told(({ pin, puk }) => [named('+SPIC', `${pin},${puk},0,0`)]) },
  },
  // State, tries of what is asked for, then PUK, PIN, PUK2, PIN2.
  huawei: {
    '^CPIN': {
      cost: 'sim',
      read: told(({ lock, pin, puk }) => {
        const asked = { 'SIM PIN': String(pin), 'SIM PUK': String(puk) }[lock] ?? '';
        return [named('^CPIN', `${lock},${asked},${puk},${pin},0,0`)];
      }),
    },
  },
};

function iccid(name: IccidCommand) {
  return ({ core }: CommandCall): CommandResult => {
    const card = simOrError(core, false);
    if (typeof card === 'number') return cme(card);
    const digits = card.subscription?.iccid;
    if (digits === undefined) return cme(CME.notFound);
    const padded = core.quirks.padsIccid ? digits.padEnd(20, 'F') : digits;
    const separator = name === '+CCID' ? core.quirks.ccidWithEid : null;
    const eid = separator === null ? null : readEid(card);
    // Sequans has both in quotes, the EID empty where there is none.
    if (name === '+SQNCCID') return ok(named(name, `"${padded}","${readEid(card) ?? ''}"`));
    return ok(named(name, eid === null ? padded : `${padded}${separator}${eid}`));
  };
}

function imsi({ core }: CommandCall): CommandResult {
  const card = simOrError(core, true);
  if (typeof card === 'number') return cme(card);
  const digits = card.subscription?.imsi;
  return digits === undefined ? cme(CME.simFailure) : ok(digits);
}

/**
 * `+CRSM=<command>,<fileid>,<P1>,<P2>,<P3>`: the modem selects the file and reads it: 176 READ BINARY, 192
 * GET RESPONSE, 242 STATUS. The card's own refusal comes back as its status word, in decimal.
 */
function restrictedAccess({ core, args }: CommandCall): CommandResult {
  const card = simOrError(core, false);
  if (typeof card === 'number') return cme(card);
  const command = numberIn(args, 0);
  const file = numberIn(args, 1);
  const [p1, p2, p3] = [numberIn(args, 2) ?? 0, numberIn(args, 3) ?? 0, numberIn(args, 4) ?? 0];
  if (command === 242) return crsmResult(core, card, Uint8Array.of(0x80, 0xf2, p1, p2, p3));
  if ((command !== 176 && command !== 192) || file === null || Math.max(p1, p2, p3) > 255)
    return cme(CME.incorrectParameters);
  const select = Uint8Array.of(0x00, 0xa4, 0x00, command === 192 ? 0x04 : 0x0c, 0x02, file >> 8, file & 0xff);
  const selected = exchange(card, select, true);
  if (!isDone(selected) || command === 192) return crsmAnswer(core, selected.sw, selected.data);
  return crsmResult(core, card, Uint8Array.of(0x00, 0xb0, p1, p2, p3));
}

function crsmResult(core: CommandCall['core'], card: VirtualCard, command: Uint8Array): CommandResult {
  const { sw, data } = exchange(card, command, true);
  return crsmAnswer(core, sw, data);
}

function crsmAnswer(core: CommandCall['core'], sw: number, data: Uint8Array): CommandResult {
  return ok(named('+CRSM', `${sw >> 8},${sw & 0xff},${hexText(data, core.quirks)}`));
}
