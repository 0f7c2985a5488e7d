import type { ModemIdentity } from '../../contract/device.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Clock } from '../base/clock.ts';
import type { ApduChannel } from '../euicc/apduChannel.ts';
import { getEid } from '../euicc/getEid.ts';
import { swWords } from '../euicc/statusWord.ts';
import { openCgla } from './channelCgla.ts';
import { openCsim } from './channelCsim.ts';
import { finalText, refusedFault } from './errors.ts';
import { FAMILIES, familyOf } from './families/index.ts';
import { identify } from './identify.ts';
import { maskImei, maskReportLine } from './maskReport.ts';
import type { ModemOptions } from './modem.ts';
import { readIccid } from './readIccid.ts';
import { readVendorEid } from './readVendorEid.ts';
import {
  type ModemReport,
  REPORT_FORMAT,
  REPORT_VERSION,
  type ReportAbout,
  type ReportCommand,
  type ReportWay,
} from './reportSchema.ts';
import { LIMIT, talkOn } from './talk.ts';

/** The whole of it, ms: what has not been tried by then is left out. */
const REPORT_LIMIT_MS = 300_000;
const MAX_COMMANDS = 400;
/** So many commands in a row without an answer, and the modem answers no more. */
const MAX_UNANSWERED = 4;
const MAX_REASON = 300;

type Part = ReportCommand['part'];

/** Test forms lie both ways, which is worth knowing of a modem. */
const TEST_FORMS = [
  'AT+CCHO=?',
  'AT+CCHC=?',
  'AT+CGLA=?',
  'AT+CSIM=?',
  'AT+CRSM=?',
  'AT+CPINR=?',
  'AT+CFUN=?',
];
const NETWORK = ['AT+CFUN?', 'AT+CREG?', 'AT+CEREG?', 'AT+C5GREG?', 'AT+COPS?', 'AT+CESQ', 'AT+CSQ'];
const PIN_TRIES = ['AT+CPINR', 'AT+CPINR="SIM PIN"'];

export interface ReportOptions extends Pick<ModemOptions, 'signal' | 'clock'> {
  /** Called with what is being tried, a few words. */
  readonly onStep?: (step: string) => void;
}

/**
 * Tries what a modem can do, reading alone: identity, ICCID, both standard ways to the EID and the makers' own, slots, tries of the
 * PIN, registration. Nothing is changed but echo, the form of errors, and channels that are opened and closed again.
 * Faults: `modem.noAnswer` and the like where it does not even say what it is, `port.*`, `cancelled`.
 */
export async function makeReport(
  dialogue: AtDialogue,
  about: ReportAbout,
  options: ReportOptions = {},
): Promise<Result<ModemReport>> {
  const { onStep = () => undefined } = options;
  const { clock, signal } = talkOn(dialogue, options);
  const began = clock.monotonic();
  const recording = record(dialogue, clock);
  const talk = talkOn(recording.dialogue, options);
  let complete = true;

  recording.begin('identity');
  onStep('Asking the modem what it is');
  const identified = await identify(recording.dialogue, options);
  if (!identified.ok) return identified;
  const { identity, simState } = identified.value;
  const family = familyOf(identity);

  /** Null once it may go on; else the end of it. */
  const stopped = (): Fault | null => {
    if (signal?.aborted) return fault('cancelled');
    return dialogue.closed ? fault('port.vanished') : null;
  };
  const isOver = () =>
    clock.monotonic() - began >= REPORT_LIMIT_MS ||
    recording.commands.length >= MAX_COMMANDS ||
    recording.unanswered() >= MAX_UNANSWERED;

  async function askAll(part: Part, commands: readonly string[]): Promise<void> {
    recording.begin(part);
    for (const command of new Set(commands)) {
      if (stopped() !== null) return;
      if (isOver()) {
        complete = false;
        return;
      }
      await recording.dialogue.send(command, {
        timeoutMs: LIMIT.own,
        ...(signal === undefined ? {} : { signal }),
      });
    }
  }

  async function tryWay(part: Part, attempt: () => Promise<Result<ReportWay>>): Promise<ReportWay> {
    if (stopped() !== null || isOver()) {
      complete = false;
      return { works: false, reason: 'not tried' };
    }
    recording.begin(part);
    const way = await attempt();
    return way.ok ? way.value : noWay(way.fault);
  }

  if (!isOver()) {
    recording.begin('sim');
    await readIccid(recording.dialogue, options);
  }
  onStep('Trying the commands');
  await askAll('testForms', TEST_FORMS);
  onStep('Trying +CCHO and +CGLA');
  const cgla = await tryWay('cgla', async () => {
    const opened = await openCgla(talk);
    if (!opened.ok) return opened;
    if (opened.value.kind === 'refused') return fail(refusedFault('+CCHO', opened.value.final, 'euicc.none'));
    return readOver(opened.value.channel, signal);
  });
  onStep('Trying +CSIM');
  const csim = await tryWay('csim', async () => {
    const opened = await openCsim(talk);
    if (!opened.ok) return opened;
    switch (opened.value.kind) {
      case 'open':
        return readOver(opened.value.channel, signal);
      case 'refused':
        return fail(refusedFault('+CSIM', opened.value.final));
      case 'notFound':
        return fail(fault('euicc.none', { details: `SELECT ISD-R: ${swWords(opened.value.sw)}` }));
      case 'noChannel':
        return fail(fault('euicc.refused', { details: `MANAGE CHANNEL: ${swWords(opened.value.sw)}` }));
    }
  });
  onStep("Trying the makers' own commands");
  let vendorBy: string | null = null;
  const vendor = await tryWay('vendor', async () => {
    const answer = await readVendorEid(talk, identity, null);
    if (!answer.ok) return answer;
    vendorBy = answer.value.vendor;
    return ok(answer.value.eid.valid ? WORKS : { works: false, reason: 'the check digits do not hold' });
  });
  onStep('Asking for slots, PIN and network');
  const known = [family, ...FAMILIES];
  await askAll(
    'slots',
    known.flatMap(({ slots }) => (slots === undefined ? [] : [slots.read])),
  );
  // Those of other makers would tell nothing that helps.
  await askAll('pinTries', [
    ...(family.pinTries === undefined ? [] : [family.pinTries.command]),
    ...PIN_TRIES,
  ]);
  await askAll('network', NETWORK);

  const end = stopped();
  if (end !== null) return fail(end);
  return ok({
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    about,
    modem: { ...maskedIdentity(identity), simState, family: family.name },
    ways: { cgla, csim, vendor: { ...vendor, by: vendorBy } },
    complete: complete && recording.complete(),
    elapsedMs: Math.round(clock.monotonic() - began),
    commands: recording.commands,
  });
}

const WORKS: ReportWay = { works: true, reason: null };

function noWay({ code, details }: Fault): ReportWay {
  return { works: false, reason: [code, details].filter(Boolean).join(': ').slice(0, MAX_REASON) };
}

async function readOver(channel: ApduChannel, signal: AbortSignal | undefined): Promise<Result<ReportWay>> {
  const eid = await getEid(channel, signal);
  await channel.close();
  return eid.ok ? ok(eid.value.valid ? WORKS : { works: true, reason: 'the check digits do not hold' }) : eid;
}

function maskedIdentity({ manufacturer, model, revision, imei }: ModemIdentity): ModemIdentity {
  return { manufacturer, model, revision, imei: imei === null ? null : maskImei(imei) };
}

interface Recording {
  /** The same dialogue; what is sent over it is written down, masked. */
  readonly dialogue: AtDialogue;
  readonly commands: ReportCommand[];
  begin(part: Part): void;
  /** Whether all of it was written down. */
  complete(): boolean;
  /** How many commands in a row had no answer. */
  unanswered(): number;
}

function record(dialogue: AtDialogue, clock: Clock): Recording {
  const commands: ReportCommand[] = [];
  let part: Part = 'identity';
  let left = 0;
  let unanswered = 0;
  const recording: AtDialogue = {
    path: dialogue.path,
    get closed() {
      return dialogue.closed;
    },
    get commandsSent() {
      return dialogue.commandsSent;
    },
    async send(command, options) {
      const began = clock.monotonic();
      const answer = await dialogue.send(command, options);
      unanswered = answer.ok ? 0 : unanswered + 1;
      const text = options?.logAs ?? command;
      const elapsedMs = Math.round(answer.ok ? answer.value.elapsedMs : clock.monotonic() - began);
      if (commands.length >= MAX_COMMANDS) left += 1;
      else
        commands.push({
          part,
          command: text,
          lines: answer.ok ? answer.value.lines.map((line) => maskReportLine(line, command)) : [],
          final: answer.ok ? finalText(answer.value.final) : null,
          fault: answer.ok ? null : answer.fault.code,
          elapsedMs,
        });
      return answer;
    },
    doubt: () => dialogue.doubt(),
    onUnsolicited: (listener) => dialogue.onUnsolicited(listener),
    onClosed: (listener) => dialogue.onClosed(listener),
    close: () => dialogue.close(),
  };
  return {
    dialogue: recording,
    commands,
    begin(next) {
      part = next;
    },
    complete: () => left === 0,
    unanswered: () => unanswered,
  };
}
