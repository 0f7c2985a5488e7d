import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Registration, Verification } from '../../contract/verification.ts';
import type { AtAnswer } from '../at/dialogue.ts';
import { pause } from '../base/clock.ts';
import { refusalOf } from './errors.ts';
import { fieldsOf, withoutPrefix } from './fields.ts';
import type { Verify } from './modem.ts';
import { registrationState, registrationWords, technologyName } from './networkWords.ts';
import { readIccid } from './readIccid.ts';
import { signalInCesq, signalInCsq } from './signalDbm.ts';
import { askSimState, type SimState } from './simState.ts';
import { ask, isModemFault, LIMIT, type Talk, talkOn } from './talk.ts';

const LIMIT_MS = 180_000;
const LOOK_EVERY_MS = 2_000;
/** A network may deny for a moment while others are tried; this long without anything better, and it is meant, ms. */
const DENIED_MS = 30_000;
/** How long a SIM may take to come up, where it is not locked, ms. */
const SIM_MS = 30_000;

/** In the order in which they are worth showing. */
const COMMANDS: readonly Registration['command'][] = ['+C5GREG', '+CEREG', '+CREG'];

/**
 * Does the profile work: waits until the modem is registered, and tells with whom, by which technology and how strong. Changes
 * nothing but the form in which `+COPS?` names the operator.
 * Faults: `port.*`, `cancelled`. That it is not registered is an outcome.
 */
export const verify: Verify = async (dialogue, _identified, options = {}) => {
  const talk = talkOn(dialogue, options);
  const { limitMs = LIMIT_MS, onStep = () => undefined } = options;
  const began = talk.clock.monotonic();
  const elapsed = () => talk.clock.monotonic() - began;
  const steps = newsOnly(onStep);

  const radio = await radioOn(talk);
  if (!radio.ok) return radio;
  const sim = await simWithin(talk, Math.min(SIM_MS, limitMs), steps);
  if (!sim.ok) return sim;
  const isReady = sim.value.state === 'READY';
  const iccid = isReady ? await iccidOf(talk) : ok(null);
  if (!iccid.ok) return iccid;

  const conclude = (
    outcome: Verification['outcome'],
    registrations: readonly Registration[],
    network: Partial<Network> = {},
  ): Result<Verification> =>
    ok({
      at: talk.clock.now(),
      outcome,
      simState: sim.value.state,
      iccid: iccid.value,
      registrations: [...registrations],
      operator: network.operator ?? null,
      technology: network.technology ?? null,
      signalDbm: network.signalDbm ?? null,
      elapsedMs: Math.round(elapsed()),
    });
  if (!radio.value) return conclude('radioOff', []);
  if (!isReady) return conclude('simNotReady', []);

  const known = new Set(COMMANDS);
  let deniedSince: number | null = null;
  for (;;) {
    const registrations = await registrationsOf(talk, known);
    if (!registrations.ok) return registrations;
    steps(registrationWords(registrations.value) || 'waiting for the modem to tell its registration');
    const states = registrations.value.map(({ state }) => state);
    const isRegistered = states.includes('home') || states.includes('roaming');
    const isDenied = states.includes('denied');
    if (!isDenied) deniedSince = null;
    else deniedSince ??= elapsed();
    const isOver = elapsed() >= limitMs;
    const isMeant = deniedSince !== null && elapsed() - deniedSince >= Math.min(DENIED_MS, limitMs);
    if (isRegistered || isOver || isMeant) {
      const network = await networkOf(talk, isRegistered);
      if (!network.ok) return network;
      const without = isDenied ? 'denied' : 'notRegistered';
      return conclude(isRegistered ? 'registered' : without, registrations.value, network.value);
    }
    await pause(talk.clock, LOOK_EVERY_MS, talk.signal);
    if (talk.signal?.aborted) return fail(fault('cancelled'));
  }
};

/** Tells a step once, until another comes. */
function newsOnly(onStep: (step: string) => void): (step: string) => void {
  let last: string | null = null;
  return (step) => {
    if (step === last) return;
    last = step;
    onStep(step);
  };
}

/** An answer, or null where the modem refuses or does not give one. */
async function answerTo(
  talk: Talk,
  command: string,
  timeoutMs: number = LIMIT.own,
): Promise<Result<AtAnswer | null>> {
  const answer = await ask(talk, command, { timeoutMs });
  if (!answer.ok) return isModemFault(answer.fault.code) ? ok(null) : fail(answer.fault);
  return ok(refusalOf(answer.value.final) === null ? answer.value : null);
}

/** `+CFUN?` (TS 27.007 §8.2): 0 is off, 4 flight mode. What does not tell is taken for on. */
async function radioOn(talk: Talk): Promise<Result<boolean>> {
  const answer = await answerTo(talk, 'AT+CFUN?');
  if (!answer.ok) return answer;
  const mode = (answer.value?.lines ?? [])
    .map((line) => /^(\d+)/.exec(withoutPrefix(line, '+CFUN'))?.[1])
    .find(Boolean);
  return ok(mode !== '0' && mode !== '4');
}

/** The SIM's state once it is ready or locked; or what it is when the time is over. */
async function simWithin(
  talk: Talk,
  limitMs: number,
  step: (step: string) => void,
): Promise<Result<SimState>> {
  const began = talk.clock.monotonic();
  for (;;) {
    const sim = await askSimState(talk);
    if (!sim.ok) return sim;
    const { state } = sim.value;
    const isFinal = state === 'READY' || state?.startsWith('SIM P') || state === 'EMPTY_EUICC';
    if (isFinal || talk.clock.monotonic() - began >= limitMs) return sim;
    step('waiting for the SIM');
    await pause(talk.clock, LOOK_EVERY_MS, talk.signal);
    if (talk.signal?.aborted) return fail(fault('cancelled'));
  }
}

async function iccidOf({ dialogue, clock, signal }: Talk): Promise<Result<string | null>> {
  const iccid = await readIccid(dialogue, { clock, ...(signal === undefined ? {} : { signal }) });
  if (iccid.ok) return iccid;
  const { code } = iccid.fault;
  return isModemFault(code) || code.startsWith('sim.') ? ok(null) : fail(iccid.fault);
}

/** Asks each command that the modem knows; those that it refuses are not asked again. */
async function registrationsOf(
  talk: Talk,
  known: Set<Registration['command']>,
): Promise<Result<readonly Registration[]>> {
  const registrations: Registration[] = [];
  for (const command of [...known]) {
    const answer = await ask(talk, `AT${command}?`, { timeoutMs: LIMIT.own });
    if (!answer.ok) {
      if (!isModemFault(answer.fault.code)) return answer;
      continue;
    }
    if (refusalOf(answer.value.final) === 'unsupported' && known.size > 1) known.delete(command);
    const stat = statIn(answer.value.lines, command);
    if (stat !== null) registrations.push({ command, stat, state: registrationState(stat) });
  }
  return ok(registrations);
}

/** `+CEREG: <n>,<stat>[,…]`; `+CEREG: <stat>[,"tac",…]` where one that came unasked is all there is. */
export function statIn(lines: readonly string[], command: string): number | null {
  for (const line of lines) {
    const parameters = withoutPrefix(line, command);
    const stat =
      /^\d\s*,\s*(\d{1,2})\s*(?:,|$)/.exec(parameters)?.[1] ?? /^(\d{1,2})\s*(?:,|$)/.exec(parameters)?.[1];
    if (stat !== undefined) return Number(stat);
  }
  return null;
}

interface Network {
  readonly operator: string | null;
  readonly technology: string | null;
  readonly signalDbm: number | null;
}

/** @param isRegistered without a registration there is no operator, but there may be a signal. */
async function networkOf(talk: Talk, isRegistered: boolean): Promise<Result<Network>> {
  let network: Network = { operator: null, technology: null, signalDbm: null };
  if (isRegistered) {
    // By name, and where the modem has none for it, by number (TS 27.007 §7.3).
    for (const form of [0, 2]) {
      const set = await answerTo(talk, `AT+COPS=3,${form}`);
      if (!set.ok) return set;
      const answer = await answerTo(talk, 'AT+COPS?', LIMIT.sim);
      if (!answer.ok) return answer;
      network = { ...network, ...operatorIn(answer.value?.lines ?? []) };
      if (network.operator !== null) break;
    }
  }
  for (const [command, read] of [
    ['AT+CESQ', signalInCesq],
    ['AT+CSQ', signalInCsq],
  ] as const) {
    const answer = await answerTo(talk, command);
    if (!answer.ok) return answer;
    const signalDbm = read(answer.value?.lines ?? []);
    if (signalDbm !== null) return ok({ ...network, signalDbm });
  }
  return ok(network);
}

const MAX_OPERATOR = 60;

/** `+COPS: 0,0,"Network",7`. */
export function operatorIn(lines: readonly string[]): Pick<Network, 'operator' | 'technology'> {
  for (const line of lines) {
    const [, , name, act] = fieldsOf(withoutPrefix(line, '+COPS'));
    if (name === undefined || name === '') continue;
    const technology = act !== undefined && /^\d{1,2}$/.test(act) ? technologyName(Number(act)) : null;
    return { operator: name.slice(0, MAX_OPERATOR), technology };
  }
  return { operator: null, technology: null };
}
