import { type Fault, fault } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { PortFinding } from '../at/probePort.ts';
import { type Clock, pause } from '../base/clock.ts';
import type { ByteLink } from '../serial/byteLink.ts';
import { type PortRole, portRole } from '../serial/portRoles.ts';
import type { Serial } from '../serial/serial.ts';
import { speedsToTry } from '../serial/speeds.ts';
import { speedMatters } from '../serial/usbVendors.ts';
import type { ModemTools } from './modemTools.ts';

/** A port that may be the one to talk on. */
export interface PortCandidate {
  readonly path: string;
  readonly role: PortRole;
  /** Whether it may be at another speed than asked for. */
  readonly speedMatters: boolean;
  /** A person named it: it is worth more than two seconds of waiting. */
  readonly named: boolean;
}

export interface FoundAtPort {
  readonly dialogue: AtDialogue;
  /** The speed at which it answers. */
  readonly baudRate: number;
}

export interface FindOptions {
  /** The speed to begin with. */
  readonly baudRate: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** @param port as it is listed; null where it is not. */
export function candidateOf(path: string, port: Port | null, named: boolean): PortCandidate {
  return {
    path,
    role: port === null ? 'unknown' : portRole(port),
    speedMatters: speedMatters(port?.vendorId ?? null),
    named,
  };
}

/** Which fault says most about a device none of whose ports answered: the earliest in this list. */
const TELLING = ['port.busy', 'port.forbidden', 'port.failed', 'modem.timeout', 'modem.noAnswer'];
/** The port is there, and somebody else's for now: no other port of the device is to be tried in its place. */
const HELD: ReadonlySet<string> = new Set(['port.busy', 'port.forbidden']);

/** Which port is rather talked on where several answer; the lower the better. */
const RANK: Readonly<Record<PortRole, number>> = {
  at: 0,
  atSecondary: 1,
  unknown: 2,
  ppp: 3,
  nmea: 4,
  diag: 5,
};
/** Ports of these roles are not opened unless no other port answers. */
const LAST_RESORT: ReadonlySet<PortRole> = new Set(['ppp', 'nmea', 'diag']);
/** How long a better port may still answer once another has, ms. */
const GRACE_MS = 1_500;

/**
 * Opens the ports of one device, all at once, finds one that answers AT, and closes the others. A port known to be for AT is
 * asked with patience, since a modem that boots is slow; what is unknown is probed in two seconds, at other speeds too where
 * that matters. Where several answer, the one made for it is kept. Ports known to be for something else are left alone unless
 * nothing else answers, and nothing else is held by another program.
 *
 * @returns the dialogue, or the most telling of the ports' faults (`cancelled` when `signal` aborted).
 */
export async function findAtPort(
  serial: Serial,
  tools: ModemTools,
  candidates: readonly PortCandidate[],
  options: FindOptions,
): Promise<Result<FoundAtPort>> {
  const likely = candidates.filter(({ role }) => !LAST_RESORT.has(role));
  const found = await bestOf(serial, tools, likely, options);
  if (found.kind === 'found') return ok(found.found);
  if (options.signal.aborted) return fail(fault('cancelled'));
  const others = candidates.filter(({ role }) => LAST_RESORT.has(role));
  if (others.length === 0 || found.faults.some(({ code }) => HELD.has(code))) {
    return fail(mostTelling(found.faults));
  }
  const rest = await bestOf(serial, tools, others, options);
  if (rest.kind === 'found') return ok(rest.found);
  if (options.signal.aborted) return fail(fault('cancelled'));
  return fail(mostTelling([...found.faults, ...rest.faults]));
}

type Best =
  | { readonly kind: 'found'; readonly found: FoundAtPort }
  | { readonly kind: 'none'; readonly faults: readonly Fault[] };

async function bestOf(
  serial: Serial,
  tools: ModemTools,
  candidates: readonly PortCandidate[],
  options: FindOptions,
): Promise<Best> {
  const { clock, signal } = options;
  const race = new AbortController();
  const stopRace = () => race.abort();
  signal.addEventListener('abort', stopRace);
  if (signal.aborted) stopRace();
  const pending = new Set(candidates);
  const answered: { readonly rank: number; readonly found: FoundAtPort }[] = [];
  const faults: Fault[] = [];
  let graceBegan = false;

  function decide(): void {
    const best = Math.min(...answered.map(({ rank }) => rank));
    if (![...pending].some(({ role }) => RANK[role] < best)) stopRace();
    else if (!graceBegan) {
      graceBegan = true;
      void pause(clock, GRACE_MS, race.signal).then(stopRace);
    }
  }

  await Promise.all(
    candidates.map(async (candidate) => {
      const result = race.signal.aborted
        ? fail(fault('cancelled'))
        : await askOn(serial, tools, candidate, options.baudRate, race.signal);
      pending.delete(candidate);
      if (result.ok) answered.push({ rank: RANK[candidate.role], found: result.value });
      else faults.push(result.fault);
      if (answered.length > 0) decide();
    }),
  );
  signal.removeEventListener('abort', stopRace);

  const [best, ...losers] = answered.sort((one, other) => one.rank - other.rank);
  await Promise.all(losers.map(({ found }) => found.dialogue.close()));
  if (best === undefined) return { kind: 'none', faults };
  if (!signal.aborted) return { kind: 'found', found: best.found };
  await best.found.dialogue.close();
  return { kind: 'none', faults };
}

/** Opens one port and asks there; closes it again where nothing answers. */
async function askOn(
  serial: Serial,
  tools: ModemTools,
  candidate: PortCandidate,
  baudRate: number,
  signal: AbortSignal,
): Promise<Result<FoundAtPort>> {
  const opened = await serial.open(candidate.path, { baudRate });
  if (!opened.ok) return opened;
  const link = opened.value;
  const known = candidate.role === 'at' || candidate.role === 'atSecondary';
  const found = known
    ? await askPatiently(tools, link, signal)
    : await probeOn(tools, link, roundsOf(candidate, baudRate), signal);
  if (!found.ok) await link.close();
  return found;
}

async function askPatiently(
  tools: ModemTools,
  link: ByteLink,
  signal: AbortSignal,
): Promise<Result<FoundAtPort>> {
  const dialogue = tools.openDialogue(link);
  const there = await tools.probe(dialogue, { signal, patient: true });
  return there.ok ? ok({ dialogue, baudRate: link.baudRate }) : there;
}

interface Round {
  readonly speeds: readonly number[];
  readonly patient: boolean;
}

/** Waiting for a slow modem is worth it on a port that a person named, at the speed that was named. */
function roundsOf({ named, speedMatters }: PortCandidate, baudRate: number): readonly Round[] {
  const quick = { speeds: speedsToTry(speedMatters, baudRate), patient: false };
  const patient = { speeds: [baudRate], patient: true };
  if (!named) return [quick];
  return speedMatters ? [quick, patient] : [patient];
}

async function probeOn(
  tools: ModemTools,
  link: ByteLink,
  rounds: readonly Round[],
  signal: AbortSignal,
): Promise<Result<FoundAtPort>> {
  let finding: Exclude<PortFinding, { kind: 'at' }> = { kind: 'silent' };
  for (const [turn, round] of rounds.entries()) {
    const probed = await tools.probePort(link, { ...round, signal });
    if (!probed.ok) return probed;
    if (probed.value.kind === 'at') {
      const { answersOwed, baudRate } = probed.value;
      const dialogue = tools.openDialogue(link);
      // What was sent in an earlier round may be answered yet.
      if (answersOwed || turn > 0) dialogue.doubt();
      return ok({ dialogue, baudRate });
    }
    finding = probed.value;
    if (finding.kind !== 'silent') break;
  }
  return fail(fault('modem.noAnswer', { details: FOUND_INSTEAD[finding.kind] }));
}

const FOUND_INSTEAD: Readonly<Record<Exclude<PortFinding['kind'], 'at'>, string>> = {
  nmea: 'The port gives positions.',
  data: 'The port gives data that is no text.',
  silent: 'The port is silent.',
};

function mostTelling(faults: readonly Fault[]): Fault {
  for (const code of TELLING) {
    const found = faults.find((f) => f.code === code);
    if (found !== undefined) return found;
  }
  return faults[0] ?? fault('port.notFound');
}
