import type { ModemIdentity } from '../../contract/device.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { AtAnswer } from '../at/dialogue.ts';
import { refusalOf } from './errors.ts';
import { firstText } from './fields.ts';
import { imeiIn } from './imei.ts';
import type { Identify } from './modem.ts';
import { probeAt } from './probeAt.ts';
import { askSimState } from './simState.ts';
import { ask, isModemFault, LIMIT, type Talk, talkOn } from './talk.ts';

/** More unanswered questions than this, and the modem is not fit to be asked anything. */
const MAX_UNANSWERED = 1;

/** Each question in its 3GPP form (TS 27.007 §5.1-5.4), then in that of V.250 §6.1, which every modem should know. */
const QUESTIONS = {
  manufacturer: ['+CGMI', '+GMI'],
  model: ['+CGMM', '+GMM'],
  revision: ['+CGMR', '+GMR'],
  imei: ['+CGSN', '+GSN'],
} as const satisfies Record<keyof ModemIdentity, readonly string[]>;

/** The order of questions to a modem seen for the first time, and to one that may be known. */
const TO_MEET: readonly (keyof ModemIdentity)[] = ['manufacturer', 'model', 'revision', 'imei'];
const TO_RECOGNISE: readonly (keyof ModemIdentity)[] = ['imei', 'revision', 'manufacturer', 'model'];

/**
 * Asks a modem what it is and how its SIM is: `ATE0`, `+CMEE=1`, maker, model, firmware, IMEI, `+CPIN?`; seven
 * commands. What it does not tell is null. A modem that is known by its IMEI and firmware is not asked for the rest.
 * Faults: `modem.noAnswer`, `modem.timeout`, `modem.garbled`, `port.*`, `cancelled`. A SIM that is missing or locked is
 * none: see `simFault`.
 */
export const identify: Identify = async (dialogue, options = {}) => {
  const talk = talkOn(dialogue, options);
  // Whoever asks for this has found a port that answers, or names one.
  const there = await probeAt(dialogue, { ...options, patient: true });
  if (!there.ok) return there;

  // Errors as numbers: their texts differ between makers. A modem that does not know this answers as it can.
  const numeric = await ask(talk, 'AT+CMEE=1', { timeoutMs: LIMIT.own });
  if (!numeric.ok && !isModemFault(numeric.fault.code)) return numeric;

  const identity = await identityOf(talk, options.memory?.identity ?? null);
  if (!identity.ok) return identity;
  const sim = await askSimState(talk);
  if (!sim.ok) return sim;

  const known = options.memory?.identity.imei === identity.value.imei ? options.memory : undefined;
  return ok({
    identity: identity.value,
    simState: sim.value.state,
    simFault: sim.value.fault,
    memory: {
      identity: identity.value,
      eidVia: known?.eidVia ?? null,
      vendor: known?.vendor ?? null,
    },
  });
};

async function identityOf(talk: Talk, known: ModemIdentity | null): Promise<Result<ModemIdentity>> {
  const questioner = createQuestioner(talk);
  const told: { -readonly [Key in keyof ModemIdentity]: ModemIdentity[Key] } = {
    manufacturer: null,
    model: null,
    revision: null,
    imei: null,
  };
  const recognisable = known !== null && known.imei !== null;
  for (const question of recognisable ? TO_RECOGNISE : TO_MEET) {
    if (recognisable && told.imei === known.imei && told.revision === known.revision) return ok(known);
    const answer = await questioner.text(question);
    if (!answer.ok) return answer;
    told[question] = question === 'imei' ? imeiIn(answer.value ?? '') : answer.value;
  }
  return ok(told);
}

/** Asks for texts. Goes on after a question that was not answered, but not after many. */
function createQuestioner(talk: Talk) {
  let unanswered = 0;
  let doubted = false;

  async function once(name: string): Promise<Result<AtAnswer | null>> {
    const answer = await ask(talk, `AT${name}`, { timeoutMs: LIMIT.own });
    if (answer.ok) return answer;
    unanswered += 1;
    return !isModemFault(answer.fault.code) || unanswered > MAX_UNANSWERED ? answer : ok(null);
  }

  return {
    /** The first line of the answer; null where the modem does not tell. */
    async text(question: keyof typeof QUESTIONS): Promise<Result<string | null>> {
      for (const name of QUESTIONS[question]) {
        let answer = await once(name);
        if (!answer.ok) return answer;
        if (answer.value !== null && isEmpty(answer.value) && !doubted) {
          // OK without a word is no answer to this. It may be that of the command before, all answers being one late
          // since another program was killed in the middle of one.
          doubted = true;
          talk.dialogue.doubt();
          answer = await once(name);
          if (!answer.ok) return answer;
        }
        if (answer.value !== null && refusalOf(answer.value.final) === null)
          return ok(firstText(answer.value.lines, name));
      }
      return ok(null);
    },
  };
}

function isEmpty(answer: AtAnswer): boolean {
  return answer.final.kind === 'ok' && answer.lines.length === 0;
}
