/**
 * Every way in which the virtual modem can differ from the standard, each seen on a real one, as a switch of
 * plain data. A make is a set of these (makeTable.ts); a test turns them one by one and in pairs.
 */
export interface ModemQuirks {
  // how it talks
  /** `untilOff`: until ATE0 (V.250 §6.2.4). `always` pays no heed to ATE0, `never` does not echo at all. */
  readonly echo: 'untilOff' | 'always' | 'never';
  /** `standard`: `\r\n…\r\n` (V.250 §6.2.5). */
  readonly framing: keyof typeof FRAMINGS;
  /** How `+NAME: value` is written, by command; `*` for all others. */
  readonly answerForms: Readonly<Record<string, AnswerForm>>;
  /** How hex is written by it in `+CGLA`, `+CSIM` and `+CRSM`. */
  readonly payload: { readonly letters: 'upper' | 'lower'; readonly quotes: boolean };
  /** Which hex it takes: `any`, or upper case in quotes alone (Foxconn T99W696). */
  readonly takesHex: 'any' | 'upperQuoted';
  /**
   * `byCmee`: as `+CMEE` says. `bare`: `ERROR` whatever it says. `text`, `number`: always so, as some do with
   * their own errors.
   */
  readonly errors: 'byCmee' | 'bare' | 'text' | 'number';
  /** Its own words in place of those of TS 27.007 §9.2, by code. */
  readonly errorTexts: Readonly<Record<number, string>>;
  /** What follows an unknown command: `ERROR` alone (usual), or an error number. */
  readonly unknownCommand: 'ERROR' | number;
  /**
   * Test forms (`AT+CCHO=?`) of the APDU commands: `OK` alone, parameter names before it, or `ERROR` (FG132,
   * EM05-G).
   */
  readonly testForms: 'ok' | 'names' | 'error';
  /** Commands that it does not have: `+CGLA`. */
  readonly missing: readonly string[];
  /** How maker, model, firmware and IMEI are given: as they are, behind the command's name, or in quotes. */
  readonly identityForm: 'bare' | 'prefixed' | 'quoted';
  /** Lines that nobody asked for. */
  readonly unsolicited: readonly UnsolicitedLine[];
  /** Bytes are delivered in pieces of this many; 0: whole answers. */
  readonly chunkBytes: number;
  /** The one speed that it understands on a UART; null on USB, where speed means nothing. */
  readonly baudRate: number | null;

  // the SIM
  /** What `+CPIN?` says to an eUICC without an enabled profile: a word, or an error number. */
  readonly emptyEuicc: string | number;
  /** What `+CPIN?` and other SIM commands say without a SIM: an error number. */
  readonly noSim: number;
  /** Whether a locked SIM also blocks the APDU commands. */
  readonly pinBlocksApdus: boolean;
  /** How many SIM commands after power-on are answered with `+CME ERROR: 14` (SIM busy). */
  readonly simBusy: number;
  /** Pads an ICCID of 19 digits with `F`, as it stands on the card. */
  readonly padsIccid: boolean;
  /** Commands that give the ICCID, of those that makers have. */
  readonly iccidCommands: readonly IccidCommand[];
  /** Commands that tell how many tries of PIN and PUK are left: none, some, or all of them. */
  readonly pinTriesCommands: readonly PinTriesCommand[];
  /** After a restart of the SIM, SIM commands are answered with `+CME ERROR: 14` for this long, ms. */
  readonly simStartMs: number;
  /**
   * What it does with the card's REFRESH (TS 102 223 §6.4.7): restarts the SIM, as it should; says so and goes on with
   * what it knew (`ignored`); closes all logical channels besides; does not even fetch it, so that `91xx` stays;
   * restarts itself, with its ports staying, or vanishing from USB.
   */
  readonly onRefresh: 'restartsSim' | 'ignored' | 'dropsChannels' | 'notFetched' | 'resets' | 'reenumerates';
  /** Whether `+CFUN=0` and `+CFUN=1` power-cycle the SIM; where not, only a restart of the modem does. */
  readonly cfunRestartsSim: boolean;
  /** `+CCID` gives the EID too, behind this separator (HL7800); null: the ICCID alone. */
  readonly ccidWithEid: string | null;

  // APDUs
  /**
   * What a handle from `+CCHO` looks like: the channel's number, or 16 hex digits that mean nothing (MC7455,
   * EM7590).
   */
  readonly handles: 'channel' | 'opaque';
  /** The error number where `+CCHO` finds no such application (EG25 says 13). */
  readonly cchoRefusal: number;
  /** `+CCHC`: plain `OK`, `+CCHC` before it, or not there at all (EM9191). */
  readonly cchc: 'ok' | 'named' | 'missing';
  /**
   * `+CCHO` for an application that is open already gives the same handle again, in place of a new channel.
   */
  readonly reusesChannel: boolean;
  /** Whether it follows `61xx` and `6Cxx` by itself, or leaves that to us (A7908E does for `+CGLA`). */
  readonly followsResponses: { readonly cgla: boolean; readonly csim: boolean };
  /** Whether `+CGLA` puts the channel into the class byte (usual), or sends the class byte as it came. */
  readonly cglaClass: 'rewritten' | 'asSent';
  /**
   * `+CSIM` on logical channels: works; opens one but refuses to use it (EG25, EG95); does not even open one
   * (MS2372h).
   */
  readonly csimChannels: 'work' | 'openOnly' | 'refused';
  /** How many `+CCHO`, `+CGLA` and `+CSIM` after power-on are answered with `+CME ERROR: 14`, and work when repeated. */
  readonly channelBusy: number;
  /** Closes channels from `+CCHO` that were not used for so long, ms; null: never. */
  readonly closesIdleMs: number | null;
  /** Closes channels from `+CCHO` at any command that is not `+CCHO`, `+CGLA` or `+CCHC`. */
  readonly closesOnOther: boolean;
  /** Its own LPA holds the ISD-R until `AT+QESIM="lpa_enable",0` and a reset (RG650E). */
  readonly lpaOwnsIsdR: boolean;

  // commands of the makers
  /** `AT+QESIM="eid"`: how it answers; null where there is no such command. */
  readonly qesim: 'plain' | 'quoted' | 'withResult' | null;
  /** `AT+EID?` and `AT+EID` (FM350 and relatives). */
  readonly eidCommand: boolean;
  /** `AT+CEID`: the EID, another number, or `+CME ERROR: 22`; null where there is no such command. */
  readonly ceid: 'eid' | 'other' | 'refused' | null;
  /** Whose command tells the SIM slot. */
  readonly slotCommand: 'quectel' | 'fibocom' | 'foxconn' | null;
  /** Another slot: the SIM restarts, the modem restarts, or nothing happens until somebody restarts the modem. */
  readonly slotSwitch: 'restartsSim' | 'resets' | 'needsReset';
  /** `AT+QNWINFO` and `AT+QCSQ` (Quectel). */
  readonly networkCommands: 'quectel' | null;

  // the network
  /** What becomes of a subscription that says nothing else: registered, refused, or never found. */
  readonly registration: 'home' | 'roaming' | 'denied' | 'searching';
  /** `<stat>` without a subscription: not searching, searching, or for emergency calls alone (TS 27.007 §7.2). */
  readonly statWithoutSim: 0 | 2 | 8;

  // time, ms
  /**
   * Before its answer: an ordinary command, one that asks the SIM, one that opens or closes a channel, one
   * that carries an APDU.
   */
  readonly latency: Readonly<Record<Cost, number>>;
  /** From power-on until it listens. */
  readonly bootMs: number;
  /** After a reset its ports vanish from USB for this long; null where they stay. */
  readonly reenumeratesMs: number | null;
}

export type IccidCommand = '+CCID' | '+ICCID' | '+QCCID' | '%XICCID' | '#CCID' | '+SQNCCID' | '^ICCID';

/** `+CPINR` (TS 27.007 §8.65), `+QPINC?` (Quectel), `+SPIC` (SIMCom), `^CPIN?` (Huawei). */
export type PinTriesCommand = 'cpinr' | 'quectel' | 'simcom' | 'huawei';

/** What a command costs the modem. */
export type Cost = 'command' | 'sim' | 'channel' | 'apdu';

export type AnswerForm = 'standard' | 'noSpace' | 'blankBeforeColon' | 'bare';

export interface UnsolicitedLine {
  readonly text: string;
  /**
   * `boot`: when it is ready. `afterEcho`: between a command's echo and its answer. `beforeFinal`,
   * `afterFinal`: around the final result. `simLost`, `simReady`: when the SIM restarts, and when it has. A number:
   * every so many ms while somebody listens.
   */
  readonly when: 'boot' | 'afterEcho' | 'beforeFinal' | 'afterFinal' | 'simLost' | 'simReady' | number;
  /** Only with commands that begin so (`AT+CGLA`). */
  readonly only?: string;
}

/** How one line of an answer is wrapped. */
export const FRAMINGS = {
  standard: (line: string) => `\r\n${line}\r\n`,
  trailing: (line: string) => `${line}\r\n`,
  lf: (line: string) => `\n${line}\n`,
  cr: (line: string) => `\r${line}\r`,
  doubled: (line: string) => `\r\r\n${line}\r\r\n`,
} as const;

/**
 * A modem that keeps to the standards, on USB, with the times that a usual one takes: about 0.3 s for an EID.
 */
export const STANDARD: ModemQuirks = {
  echo: 'untilOff',
  framing: 'standard',
  answerForms: {},
  payload: { letters: 'upper', quotes: true },
  takesHex: 'any',
  errors: 'byCmee',
  errorTexts: {},
  unknownCommand: 'ERROR',
  testForms: 'ok',
  missing: [],
  identityForm: 'bare',
  unsolicited: [],
  chunkBytes: 0,
  baudRate: null,
  emptyEuicc: 'EMPTY_EUICC',
  noSim: 10,
  pinBlocksApdus: true,
  simBusy: 0,
  padsIccid: false,
  iccidCommands: ['+CCID', '+ICCID', '+QCCID'],
  pinTriesCommands: ['cpinr'],
  simStartMs: 0,
  onRefresh: 'restartsSim',
  cfunRestartsSim: true,
  ccidWithEid: null,
  handles: 'channel',
  cchoRefusal: 13,
  cchc: 'ok',
  reusesChannel: false,
  followsResponses: { cgla: true, csim: false },
  cglaClass: 'rewritten',
  csimChannels: 'work',
  channelBusy: 0,
  closesIdleMs: null,
  closesOnOther: false,
  lpaOwnsIsdR: false,
  qesim: null,
  eidCommand: false,
  ceid: null,
  slotCommand: null,
  slotSwitch: 'restartsSim',
  networkCommands: null,
  registration: 'roaming',
  statWithoutSim: 0,
  latency: { command: 8, sim: 25, channel: 90, apdu: 70 },
  bootMs: 0,
  reenumeratesMs: null,
};

/** No waiting at all, for tests that are not about time. */
export const NO_LATENCY: ModemQuirks['latency'] = { command: 0, sim: 0, channel: 0, apdu: 0 };
