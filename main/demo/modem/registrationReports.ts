import type { ModemCore } from './modemCore.ts';
import {
  REGISTRATION_COMMANDS,
  type RegistrationCommand,
  registersIn,
  type Stat,
  statOf,
  statText,
} from './registration.ts';

/** What `+CREG=1` and its like ask for: a line whenever the registration changes. */
export interface RegistrationReports {
  /** To be called after whatever may have changed it. */
  watch(): void;
  stop(): void;
}

/** Keeps a timer only while somebody has asked for reports and a search will end. */
export function createRegistrationReports(core: ModemCore, say: (text: string) => void): RegistrationReports {
  const known = new Map<RegistrationCommand, Stat>();
  let stopTimer = () => {};

  function watch(): void {
    stopTimer();
    const asked = REGISTRATION_COMMANDS.filter((name) => (core.reporting.get(name) ?? 0) > 0);
    for (const name of REGISTRATION_COMMANDS) {
      const stat = statOf(core, name);
      const before = known.get(name);
      known.set(name, stat);
      if (!asked.includes(name) || before === undefined || before === stat) continue;
      say(`${name}: ${statText(core, name, core.reporting.get(name) ?? 0)}`);
    }
    const left = asked.length === 0 ? null : registersIn(core);
    if (left !== null) stopTimer = core.clock.after(left, watch);
  }

  return {
    watch,
    stop() {
      stopTimer();
      known.clear();
    },
  };
}
