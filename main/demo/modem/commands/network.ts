import { CME, type CommandResult, cme, OK, ok } from '../answer.ts';
import {
  type CommandCall,
  type CommandTable,
  type ModemCore,
  named,
  numberIn,
  simLock,
} from '../modemCore.ts';

/** Registration, operator and signal (TS 27.007 §7.2, §7.3, §8.5, §10.1.20, §10.1.22). */
export const NETWORK: CommandTable = {
  '+CREG': registration('+CREG'),
  '+CGREG': registration('+CGREG'),
  '+CEREG': registration('+CEREG'),
  '+C5GREG': registration('+C5GREG'),
  '+COPS': {
    cost: 'command',
    read: ({ core }) =>
      isRegistered(core)
        ? ok(named('+COPS', `0,0,"${core.network.operator}",${core.network.act}`))
        : ok(named('+COPS', '0')),
    set: () => OK,
  },
  '+CSQ': {
    cost: 'command',
    execute: ({ core }) => ok(named('+CSQ', `${isRegistered(core) ? core.network.rssi : 99},99`)),
    test: () => ok(named('+CSQ', '(0-31,99),(0-7,99)')),
  },
};

/** `<stat>`: 0 not searching, 1 home, 2 searching, 5 roaming. */
function registrationState(core: ModemCore): 0 | 1 | 2 | 5 {
  const card = core.slots[core.activeSlot] ?? null;
  const usable = card !== null && card.subscription !== null && simLock(card) === null;
  if (core.radioSince === null || !usable) return 0;
  if (core.clock.monotonic() - core.radioSince < core.network.registersMs) return 2;
  return core.network.home ? 1 : 5;
}

function isRegistered(core: ModemCore): boolean {
  const state = registrationState(core);
  return state === 1 || state === 5;
}

function registration(name: string): CommandTable[string] {
  return {
    cost: 'command',
    read: ({ core }) => ok(named(name, `${core.reporting.get(name) ?? 0},${registrationState(core)}`)),
    set: ({ core, args }: CommandCall): CommandResult => {
      const mode = numberIn(args, 0);
      if (mode === null || mode > 5) return cme(CME.incorrectParameters);
      core.reporting.set(name, mode);
      return OK;
    },
    test: () => ok(named(name, '(0-2)')),
  };
}
