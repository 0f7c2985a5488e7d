import { CME, type CommandResult, cme, ERROR, OK, ok } from '../answer.ts';
import { readEid } from '../exchange.ts';
import { type CommandCall, type CommandTable, named, numberIn, simOrError } from '../modemCore.ts';
import type { ModemQuirks } from '../quirks.ts';
import { QUECTEL_NETWORK } from './network.ts';

/** The makers' own commands, those that the switches turn on. */
export function vendorCommands(quirks: ModemQuirks): CommandTable {
  return {
    ...(quirks.qesim === null ? {} : { '+QESIM': { cost: 'apdu', set: qesim } }),
    ...(quirks.eidCommand ? { '+EID': { cost: 'apdu', read: eid, execute: eid } } : {}),
    ...(quirks.ceid === null ? {} : { '+CEID': { cost: 'apdu', execute: ceid, read: ceid } }),
    ...(quirks.slotCommand === null ? {} : SLOT_COMMANDS[quirks.slotCommand]),
    ...(quirks.networkCommands === null ? {} : QUECTEL_NETWORK),
  };
}

/** Quectel: `AT+QESIM="eid"`, and `"lpa_enable"` with or without a value, which a reset puts into effect. */
function qesim({ core, args }: CommandCall): CommandResult {
  switch (args[0]?.text.toLowerCase()) {
    case 'eid': {
      const found = ownEid(core);
      if (found === null) return ERROR;
      if (core.quirks.qesim === 'withResult') return ok(named('+QESIM', `"eid",0,"${found}"`));
      return ok(named('+QESIM', core.quirks.qesim === 'quoted' ? `"eid","${found}"` : `"eid",${found}`));
    }
    case 'lpa_enable': {
      if (args.length === 1) return ok(named('+QESIM', `"lpa_enable",${core.lpa.willHold ? 1 : 0}`));
      const value = numberIn(args, 1);
      if (value !== 0 && value !== 1) return ERROR;
      core.lpa.willHold = value === 1;
      return OK;
    }
    default:
      return ERROR;
  }
}

/** Fibocom FM350 and relatives: empty quotes where the slot has no eUICC. */
function eid({ core }: CommandCall): CommandResult {
  const card = simOrError(core, false);
  if (typeof card === 'number') return cme(card);
  return ok(named('+EID', `"${readEid(card) ?? ''}"`));
}

/** Unisoc and others; some answer with another number, here the EID with its half bytes swapped. */
function ceid({ core }: CommandCall): CommandResult {
  const found = core.quirks.ceid === 'refused' ? null : ownEid(core);
  if (found === null) return cme(CME.notFound);
  const other = core.quirks.ceid === 'other' ? found.replace(/(.)(.)/g, '$2$1') : found;
  return ok(named('+CEID', other));
}

function ownEid(core: CommandCall['core']): string | null {
  const card = simOrError(core, core.quirks.pinBlocksApdus);
  return typeof card === 'number' ? null : readEid(card);
}

const SLOT_COMMANDS: Readonly<Record<'quectel' | 'fibocom' | 'foxconn', CommandTable>> = {
  quectel: {
    '+QUIMSLOT': {
      cost: 'command',
      read: ({ core }) => ok(named('+QUIMSLOT', core.activeSlot + 1)),
      set: (call) => switchSlot(call, 1),
      test: ({ core }) =>
        ok(named('+QUIMSLOT', `(${core.slots.map((_card, index) => index + 1).join(',')})`)),
    },
  },
  fibocom: {
    '+GTDUALSIM': {
      cost: 'command',
      read: ({ core }) => ok(`+GTDUALSIM : ${core.activeSlot}, "SUB1", "NR"`),
      set: (call) => switchSlot(call, 0),
    },
  },
  foxconn: {
    '^SWITCH_SLOT': {
      cost: 'command',
      read: ({ core }) => ok(`SIM${core.activeSlot + 1} ENABLE`),
      set: (call) => switchSlot(call, 0),
    },
  },
};

function switchSlot({ core, args }: CommandCall, firstNumber: number): CommandResult {
  const wanted = numberIn(args, 0);
  const slot = wanted === null ? -1 : wanted - firstNumber;
  if (slot < 0 || slot >= core.slots.length) return cme(CME.incorrectParameters);
  if (slot === core.activeSlot) return OK;
  core.nextSlot = slot;
  switch (core.quirks.slotSwitch) {
    case 'restartsSim':
      core.activeSlot = slot;
      core.restartSim();
      return OK;
    case 'resets':
      return { kind: 'ok', lines: [], after: () => core.reset() };
    case 'needsReset':
      return OK;
  }
}
