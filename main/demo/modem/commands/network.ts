import { CME, type CommandResult, cme, ERROR, OK, ok } from '../answer.ts';
import { type CommandCall, type CommandTable, type ModemCore, named, numberIn } from '../modemCore.ts';
import { isRegistered, REGISTRATION_COMMANDS, type RegistrationCommand, statText } from '../registration.ts';

/** Registration, operator and signal (TS 27.007 §7.2, §7.3, §8.5, §8.69, §10.1.20, §10.1.22, §10.1.47). */
export const NETWORK: CommandTable = {
  ...Object.fromEntries(REGISTRATION_COMMANDS.map((name) => [name, registration(name)])),
  '+COPS': { cost: 'command', read: operator, set: setOperator },
  '+CSQ': {
    cost: 'command',
    execute: ({ core }) => ok(named('+CSQ', `${isRegistered(core) ? core.network.rssi : 99},99`)),
    test: () => ok(named('+CSQ', '(0-31,99),(0-7,99)')),
  },
  '+CESQ': {
    cost: 'command',
    execute: ({ core }) => ok(named('+CESQ', extendedQuality(core))),
    test: () => OK,
  },
};

function registration(name: RegistrationCommand): CommandTable[string] {
  const highest = name === '+CREG' || name === '+CGREG' || name === '+C5GREG' ? 3 : 5;
  return {
    cost: 'command',
    read: ({ core }) => {
      const level = core.reporting.get(name) ?? 0;
      return ok(named(name, `${level},${statText(core, name, level)}`));
    },
    set: ({ core, args }: CommandCall): CommandResult => {
      const level = numberIn(args, 0);
      if (level === null || level > highest) return cme(CME.incorrectParameters);
      core.reporting.set(name, level);
      core.watchRegistration();
      return OK;
    },
    test: () => ok(named(name, `(0-${highest})`)),
  };
}

function operator({ core }: CommandCall): CommandResult {
  if (!isRegistered(core)) return ok(named('+COPS', '0'));
  const { operator: name, plmn, act } = core.network;
  return ok(named('+COPS', `0,${core.operatorFormat},"${core.operatorFormat === 2 ? plmn : name}",${act}`));
}

/** `+COPS=3,<format>` chooses how the operator is named; any other choice of operator changes nothing here. */
function setOperator({ core, args }: CommandCall): CommandResult {
  if (numberIn(args, 0) !== 3) return OK;
  const format = numberIn(args, 1);
  if (format !== 0 && format !== 1 && format !== 2) return cme(CME.incorrectParameters);
  core.operatorFormat = format;
  return OK;
}

/** Strength of the reference signal, dBm: a usual indoor one, as `<rssi>` is set. */
function rsrpDbm(core: ModemCore): number {
  return -113 + 2 * core.network.rssi - 16;
}

/**
 * `<rxlev>,<ber>,<rscp>,<ecno>,<rsrq>,<rsrp>` and, from Release 15 on, `<ss_rsrq>,<ss_rsrp>,<ss_sinr>` (TS 27.007 §8.69):
 * 99 and 255 stand for what is not measured in this technology.
 */
function extendedQuality(core: ModemCore): string {
  const { act } = core.network;
  if (!isRegistered(core)) return '99,99,255,255,255,255';
  if (act === 11) return `99,99,255,255,255,255,66,${rsrpDbm(core) + 157},60`;
  if (act === 2) return `99,99,${rsrpDbm(core) + 121},40,255,255`;
  if (act === 0) return `${core.network.rssi * 2},0,255,255,255,255`;
  return `99,99,255,255,20,${rsrpDbm(core) + 141}`;
}

/** Quectel: technology, operator, band and channel; system mode and strengths (LTE: RSSI, RSRP, SINR, RSRQ). */
export const QUECTEL_NETWORK: CommandTable = {
  '+QNWINFO': {
    cost: 'command',
    execute: ({ core }) => {
      if (!isRegistered(core)) return ok(named('+QNWINFO', 'No Service'));
      const { plmn, act } = core.network;
      const [technology, band, channel] =
        act === 11 ? ['TDD NR5G', 'NR5G BAND 78', 640_000] : ['FDD LTE', 'LTE BAND 3', 1_300];
      return ok(named('+QNWINFO', `"${technology}","${plmn}","${band}",${channel}`));
    },
    test: () => OK,
  },
  '+QCSQ': {
    cost: 'command',
    execute: ({ core }) => {
      if (!isRegistered(core)) return ok(named('+QCSQ', '"NOSERVICE"'));
      const rsrp = rsrpDbm(core);
      return core.network.act === 11
        ? ok(named('+QCSQ', `"NR5G",${rsrp},20,-10`))
        : ok(named('+QCSQ', `"LTE",${-113 + 2 * core.network.rssi},${rsrp},150,-10`));
    },
    test: () => OK,
    read: () => ERROR,
  },
};
