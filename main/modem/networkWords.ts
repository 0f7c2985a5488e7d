import type { Registration, RegistrationState } from '../../contract/verification.ts';

interface StatRow {
  readonly state: RegistrationState;
  /** What the number means, a few words for the technician. */
  readonly words: string;
}

/** `<stat>` of `+CREG`, `+CGREG`, `+CEREG` and `+C5GREG` (3GPP TS 27.007 §7.2, §10.1.20, §10.1.22, §10.1.47). */
const STATS: Readonly<Record<number, StatRow>> = {
  0: { state: 'notSearching', words: 'not registered, not searching' },
  1: { state: 'home', words: 'registered at home' },
  2: { state: 'searching', words: 'searching' },
  3: { state: 'denied', words: 'registration denied' },
  4: { state: 'unknown', words: 'unknown, perhaps out of coverage' },
  5: { state: 'roaming', words: 'registered, roaming' },
  6: { state: 'home', words: 'registered at home for SMS alone' },
  7: { state: 'roaming', words: 'registered for SMS alone, roaming' },
  8: { state: 'emergencyOnly', words: 'emergency calls alone' },
  9: { state: 'home', words: 'registered at home, calls not preferred' },
  10: { state: 'roaming', words: 'registered, roaming, calls not preferred' },
  11: { state: 'emergencyOnly', words: 'access to restricted local services alone' },
};

export function registrationState(stat: number): RegistrationState {
  return STATS[stat]?.state ?? 'unknown';
}

export function statWords(stat: number): string {
  return STATS[stat]?.words ?? `unknown state ${stat}`;
}

/** `<AcT>` of `+COPS?` (TS 27.007 §7.3). */
const ACCESS_TECHNOLOGIES: Readonly<Record<number, string>> = {
  0: 'GSM',
  1: 'GSM Compact',
  2: 'UTRAN',
  3: 'GSM with EGPRS',
  4: 'UTRAN with HSDPA',
  5: 'UTRAN with HSUPA',
  6: 'UTRAN with HSPA',
  7: 'LTE',
  8: 'EC-GSM-IoT',
  9: 'NB-IoT',
  10: 'LTE on 5GC',
  11: 'NR',
  12: 'NG-RAN',
  13: 'LTE with NR',
  14: 'NB-IoT by satellite',
  15: 'LTE by satellite',
  16: 'NR by satellite',
};

export function technologyName(act: number): string | null {
  return ACCESS_TECHNOLOGIES[act] ?? null;
}

/** What each command tells of, for a line of progress. */
const DOMAINS: Readonly<Record<Registration['command'], string>> = {
  '+CREG': 'calls',
  '+CGREG': 'packet data',
  '+CEREG': 'LTE',
  '+C5GREG': '5G',
};

/** `LTE: searching; calls: registration denied`. */
export function registrationWords(registrations: readonly Registration[]): string {
  return registrations.map(({ command, stat }) => `${DOMAINS[command]}: ${statWords(stat)}`).join('; ');
}
