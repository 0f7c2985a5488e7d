import { concat, fromHex } from '../../bytes.ts';
import type { VirtualCard } from '../../euicc/card.ts';
import { pinBlock } from '../../euicc/uicc.ts';
import { CME, type CommandResult, cme, hexText, OK, ok } from '../answer.ts';
import { exchange, readEid } from '../exchange.ts';
import { type CommandCall, type CommandTable, named, numberIn, simLock, simOrError } from '../modemCore.ts';

/**
 * The SIM: its lock, its numbers, its files (TS 27.007 §8.3, §8.18, §8.65; `+CCID` and its like by the
 * makers' manuals).
 */
export const SIM: CommandTable = {
  '+CPIN': { cost: 'sim', read: simState, set: enterPin, test: () => OK },
  '+CPINR': { cost: 'sim', execute: pinTriesLeft },
  '+CCID': { cost: 'sim', execute: iccid('+CCID'), read: iccid('+CCID'), test: () => OK },
  '+ICCID': { cost: 'sim', execute: iccid('+ICCID'), read: iccid('+ICCID'), test: () => OK },
  '+QCCID': { cost: 'sim', execute: iccid('+QCCID'), test: () => OK },
  '+CIMI': { cost: 'sim', execute: imsi, test: () => OK },
  '+CRSM': { cost: 'sim', set: restrictedAccess, test: () => OK },
};

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
  if (exchange(card, command, false).sw === 0x9000) return OK;
  return cme(lock === 'SIM PIN' && simLock(card) === 'SIM PUK' ? CME.simPukRequired : CME.incorrectPassword);
}

function pinTriesLeft({ core }: CommandCall): CommandResult {
  const card = simOrError(core, false);
  if (typeof card === 'number') return cme(card);
  const pin = card.subscription?.pin;
  if (!pin) return cme(CME.notFound);
  return ok(named('+CPINR', `SIM PIN,${pin.triesLeft},3`), named('+CPINR', `SIM PUK,${pin.pukTriesLeft},10`));
}

function iccid(name: string) {
  return ({ core }: CommandCall): CommandResult => {
    const card = simOrError(core, false);
    if (typeof card === 'number') return cme(card);
    const digits = card.subscription?.iccid;
    if (digits === undefined) return cme(CME.notFound);
    const padded = core.quirks.padsIccid ? digits.padEnd(20, 'F') : digits;
    const separator = name === '+CCID' ? core.quirks.ccidWithEid : null;
    const eid = separator === null ? null : readEid(card);
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
  if (selected.sw !== 0x9000 || command === 192) return crsmAnswer(core, selected.sw, selected.data);
  return crsmResult(core, card, Uint8Array.of(0x00, 0xb0, p1, p2, p3));
}

function crsmResult(core: CommandCall['core'], card: VirtualCard, command: Uint8Array): CommandResult {
  const { sw, data } = exchange(card, command, true);
  return crsmAnswer(core, sw, data);
}

function crsmAnswer(core: CommandCall['core'], sw: number, data: Uint8Array): CommandResult {
  return ok(named('+CRSM', `${sw >> 8},${sw & 0xff},${hexText(data, core.quirks)}`));
}
