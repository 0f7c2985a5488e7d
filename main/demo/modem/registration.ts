import { type ModemCore, simLock } from './modemCore.ts';

/** Registration as 3GPP TS 27.007 tells it (§7.2 `+CREG`, §10.1.20 `+CGREG`, §10.1.22 `+CEREG`, §10.1.47 `+C5GREG`). */

export const REGISTRATION_COMMANDS = ['+CREG', '+CGREG', '+CEREG', '+C5GREG'] as const;
export type RegistrationCommand = (typeof REGISTRATION_COMMANDS)[number];

/** `<stat>`: 0 not searching, 1 home, 2 searching, 3 denied, 5 roaming, 8 for emergency calls alone. */
export type Stat = 0 | 1 | 2 | 3 | 5 | 8;

/** Access technologies without circuits, where `+C5GREG` alone knows of a registration. */
const STANDALONE_5G = [11, 12];
/** The earlier generations, of which `+CEREG` knows nothing. */
const BEFORE_LTE = [0, 1, 2, 3, 4, 5, 6];

/** What became of the search, whatever the technology. */
export function registrationState(core: ModemCore): Stat {
  const card = core.slots[core.activeSlot] ?? null;
  if (core.searchingSince === null) return 0;
  const subscription = card?.subscription ?? null;
  if (card === null || subscription === null || simLock(card) !== null) return core.quirks.statWithoutSim;
  if (core.clock.monotonic() < core.searchingSince + core.network.registersMs) return 2;
  const outcomes = { home: 1, roaming: 5, denied: 3, searching: 2 } as const;
  return outcomes[subscription.registration ?? core.quirks.registration];
}

/** What this command says of it: each knows its own technologies. */
export function statOf(core: ModemCore, command: RegistrationCommand): Stat {
  const { act } = core.network;
  const state = registrationState(core);
  if (state !== 1 && state !== 5) return command === '+C5GREG' && !STANDALONE_5G.includes(act) ? 0 : state;
  const knows = STANDALONE_5G.includes(act)
    ? command === '+C5GREG'
    : command !== '+C5GREG' && (command !== '+CEREG' || !BEFORE_LTE.includes(act));
  return knows ? state : 0;
}

export function isRegistered(core: ModemCore): boolean {
  const state = registrationState(core);
  return state === 1 || state === 5;
}

/** A made-up cell; the area of 5G has three bytes, its cell five (TS 27.007 §10.1.47). */
const CELLS: Readonly<Record<RegistrationCommand, string>> = {
  '+CREG': '"1A2D","01C3E2F5"',
  '+CGREG': '"1A2D","01C3E2F5"',
  '+CEREG': '"1A2D","01C3E2F5"',
  '+C5GREG': '"001A2D","0001C3E2F5"',
};

/** `<cause_type>` 0: of the network; 15: no suitable cells in this area (TS 24.301 annex A). */
const CAUSE = ',,,,0,15';

/** `<stat>` with what the reporting level adds: from 2 on the cell and technology, from 3 on why it was denied. */
export function statText(core: ModemCore, command: RegistrationCommand, level: number): string {
  const stat = statOf(core, command);
  if ((stat === 1 || stat === 5) && level >= 2) return `${stat},${CELLS[command]},${core.network.act}`;
  return stat === 3 && level >= 3 ? `${stat}${CAUSE}` : String(stat);
}

/** When the state will change by itself, ms from now; null where it will not. */
export function registersIn(core: ModemCore): number | null {
  if (core.searchingSince === null || registrationState(core) !== 2) return null;
  const left = core.searchingSince + core.network.registersMs - core.clock.monotonic();
  return left > 0 ? left : null;
}
