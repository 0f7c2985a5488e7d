import { CME, type CommandResult, cme, ERROR, OK, ok, type PortSettings } from '../answer.ts';
import { type CommandCall, type CommandTable, named, numberIn } from '../modemCore.ts';

/** Commands of V.250 and of TS 27.007 §5, §8.2 and §9.1: how to talk, and who is there. */
export const GENERAL: CommandTable = {
  E: { cost: 'command', execute: setEcho, set: setEcho },
  // Settings that change nothing here: quiet, verbose, result codes, hang up, registers, line signals.
  Q: { cost: 'command', execute: () => OK, set: () => OK },
  V: { cost: 'command', execute: () => ERROR, set: ({ args }) => (args[0]?.text === '1' ? OK : ERROR) },
  X: { cost: 'command', execute: () => OK, set: () => OK },
  H: { cost: 'command', execute: () => OK, set: () => OK },
  S: { cost: 'command', read: () => ok('000'), set: () => OK },
  '&C': { cost: 'command', execute: () => OK, set: () => OK },
  '&D': { cost: 'command', execute: () => OK, set: () => OK },
  '&F': { cost: 'command', execute: restoreSettings, set: restoreSettings },
  Z: { cost: 'command', execute: restoreSettings, set: restoreSettings },
  D: { cost: 'command', execute: () => ({ kind: 'other', text: 'NO CARRIER' }) },
  I: { cost: 'command', execute: about, set: about },

  '+CMEE': {
    cost: 'command',
    read: ({ settings }) => ok(named('+CMEE', settings.cmee)),
    set: ({ args, settings }) => {
      const mode = numberIn(args, 0);
      if (mode !== 0 && mode !== 1 && mode !== 2) return cme(CME.incorrectParameters);
      settings.cmee = mode;
      return OK;
    },
    test: () => ok(named('+CMEE', '(0-2)')),
  },
  '+CFUN': {
    cost: 'command',
    read: ({ core }) => ok(named('+CFUN', core.functionality)),
    set: setFunctionality,
    test: () => ok(named('+CFUN', '(0,1,4),(0,1)')),
  },

  '+CGMI': identity('+CGMI', 'manufacturer'),
  '+GMI': identity('+GMI', 'manufacturer'),
  '+CGMM': identity('+CGMM', 'model'),
  '+GMM': identity('+GMM', 'model'),
  '+CGMR': identity('+CGMR', 'revision'),
  '+GMR': identity('+GMR', 'revision'),
  '+GSN': identity('+GSN', 'imei'),
  '+CGSN': {
    ...identity('+CGSN', 'imei'),
    set: ({ core, args }) =>
      args[0]?.text === '1' ? ok(named('+CGSN', `"${core.identity.imei}"`)) : cme(CME.incorrectParameters),
  },
};

function setEcho({ args, settings, core }: CommandCall): CommandResult {
  if (core.quirks.echo === 'untilOff') settings.echo = args[0]?.text === '1';
  return OK;
}

/** Settings of a port as after power-on. */
export function freshSettings(echo: 'untilOff' | 'always' | 'never'): PortSettings {
  return { echo: echo !== 'never', cmee: 0 };
}

function restoreSettings({ settings, core }: CommandCall): CommandResult {
  Object.assign(settings, freshSettings(core.quirks.echo));
  return OK;
}

function about({ core }: CommandCall): CommandResult {
  const { manufacturer, model, revision } = core.identity;
  return ok(manufacturer, model, `Revision: ${revision}`);
}

function identity(name: string, field: 'manufacturer' | 'model' | 'revision' | 'imei'): CommandTable[string] {
  return {
    cost: 'command',
    execute: ({ core }) => {
      const value = core.identity[field];
      switch (core.quirks.identityForm) {
        case 'bare':
          return ok(value);
        case 'prefixed':
          return ok(named(name, value));
        case 'quoted':
          return ok(named(name, `"${value}"`));
      }
    },
    test: () => OK,
  };
}

/**
 * `+CFUN=<fun>[,<rst>]`: SIM and radio go off at 0, the radio alone at 4; `1,1` restarts the modem (TS 27.007
 * §8.2).
 */
function setFunctionality({ core, args }: CommandCall): CommandResult {
  const wanted = numberIn(args, 0);
  if (wanted !== 0 && wanted !== 1 && wanted !== 4) return cme(CME.notSupported);
  if (args[1]?.text === '1') return { kind: 'ok', lines: [], after: () => core.reset() };
  const before = core.functionality;
  core.functionality = wanted;
  if (before !== wanted) core.search(wanted === 1);
  if ((before === 0) !== (wanted === 0) && core.quirks.cfunRestartsSim) core.restartSim();
  return OK;
}
