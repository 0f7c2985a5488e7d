import { type Fault, fault } from '../../contract/fault.ts';
import { createLineReader } from './answer.ts';
import type { Wire } from './wire.ts';

/** What may be coming in is let come in first. */
const DRAIN_QUIET_MS = 100;
const DRAIN_LIMIT_MS = 1_000;
/** How long a probe is waited for; grows while the modem is silent. */
const PROBE_WAIT_MS = 1_000;
const PROBE_WAIT_MAX_MS = 4_000;
/** Quiet after a final result before the next probe. */
const QUIET_MS = 300;
/**
 * Quiet that shows, where markers do not, that the modem works on nothing: this long at least, and twice the longest
 * time between two final results, since a slow modem may have several probes to answer.
 */
const LONG_QUIET_MS = 1_500;
/** A quiet that has begun may end after the limit; a port that answers without being asked may not. */
const OVERTIME_MS = 3_000;

interface Probe {
  readonly command: string;
  /** The line that shows that the answer is this probe's; null where nothing does. */
  readonly answer: RegExp | null;
}

const PLAIN: Probe = { command: 'AT', answer: null };

/** Probes whose answer can be told from any other. S3 holds the line end, always 13. Both are quick and need no SIM. */
const MARKERS: readonly Probe[] = [
  { command: 'AT+CMEE?', answer: /^\+CMEE\s*:/i },
  { command: 'ATS3?', answer: /^0*13$/ },
];

/** How fast final results come. */
interface Pace {
  lastFinalAt: number | null;
  longestGapMs: number;
}

/** How a round of probing ended. */
type Outcome =
  /** Nothing is owed any more. */
  | { readonly kind: 'even' }
  /** Some final result came, then nothing more. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'silent'; readonly heard: boolean }
  | { readonly kind: 'over'; readonly fault: Fault };

/**
 * Brings a dialogue back into step after a command was given up: until it is certain that the final result of that
 * command will not come as another's. In turn: wait until nothing comes; send `AT` and count final results; where one
 * stays missing (the modem dropped a command), send a marker. Where the modem answers no marker, a second `AT` and a
 * long quiet must do, and `exchange` stays wary for a while.
 *
 * @returns null once in step, else a fault: `modem.noAnswer`, `modem.timeout`, `cancelled`, `port.*`.
 */
export async function resynchronise(
  wire: Wire,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal | undefined },
): Promise<Fault | null> {
  const { clock, owed } = wire;
  const deadline = clock.monotonic() + limitMs;
  const left = () => deadline - clock.monotonic();
  const pace: Pace = { lastFinalAt: null, longestGapMs: 0 };
  const round = (probe: Probe | null, waitMs: number, longQuiet = false) =>
    listenFor(wire, {
      probe,
      waitMs: Math.min(waitMs, left()),
      endMs: left() + OVERTIME_MS,
      longQuiet,
      pace,
      signal,
    });
  wire.log('note', 'An answer is missing. Getting back into step.');

  let markers = [...MARKERS];
  let heard = false;
  let patience = PROBE_WAIT_MS;
  let answeredPlain = 0;
  let outcome = await round(null, DRAIN_LIMIT_MS);
  for (let turn = 0; ; turn += 1) {
    switch (outcome.kind) {
      case 'over':
        return outcome.fault;
      case 'even':
        return null;
      case 'answered':
        heard = true;
        break;
      case 'silent':
        heard ||= outcome.heard;
        // A modem that is silent to what it does not know is asked what all know.
        if (answeredPlain > 0) markers = [];
        if (turn > 0) patience = Math.min(patience * 2, PROBE_WAIT_MAX_MS);
        break;
    }
    if (answeredPlain >= 2) {
      owed.backInStep();
      return null;
    }
    if (left() <= 0) return fault(heard ? 'modem.timeout' : 'modem.noAnswer');

    const marker = answeredPlain > 0 ? markers.find(({ command }) => !owed.includes(command)) : undefined;
    markers = markers.filter((each) => each !== marker);
    outcome = await round(marker ?? PLAIN, patience, answeredPlain > 0 && marker === undefined);
    if (outcome.kind === 'answered' && marker === undefined) answeredPlain += 1;
  }
}

interface Round {
  readonly probe: Probe | null;
  readonly waitMs: number;
  readonly endMs: number;
  readonly longQuiet: boolean;
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a probe, or nothing, and listens: for `waitMs` at most until a final result comes, and from then on until no
 * line of an answer has come for a while. Unsolicited lines do not count: some ports never fall quiet.
 */
function listenFor(wire: Wire, { probe, waitMs, endMs, longQuiet, pace, signal }: Round): Promise<Outcome> {
  return new Promise((resolve) => {
    const { clock, owed } = wire;
    if (signal?.aborted) {
      resolve({ kind: 'over', fault: fault('cancelled') });
      return;
    }
    const reader = createLineReader(probe?.command ?? PLAIN.command, [], owed.prefixes);
    let finals = 0;
    let heard = false;
    let stopQuiet = () => {};

    const stopListening = wire.listen((event) => {
      switch (event.kind) {
        case 'bytes':
          if (probe === null) waitForQuiet();
          break;
        case 'line':
          takeLine(event.text);
          break;
        case 'prompt':
          wire.escape();
          break;
        case 'ended':
          finish({ kind: 'over', fault: event.fault });
          break;
        case 'overflow':
          break;
      }
    });
    const stopWait = clock.after(waitMs, () => {
      // Once something has been answered, the quiet after it counts.
      if (probe === null || finals === 0) finish(ending());
    });
    const stopEnd = clock.after(endMs, () => finish({ kind: 'silent', heard }));
    signal?.addEventListener('abort', cancel);
    if (probe === null) waitForQuiet();
    else {
      owed.probed(probe.command, (line) => probe.answer?.test(line) ?? false);
      void wire.send(probe.command).then((written) => {
        if (!written.ok) finish({ kind: 'over', fault: written.fault });
      });
    }

    function finish(outcome: Outcome): void {
      stopListening();
      stopQuiet();
      stopWait();
      stopEnd();
      signal?.removeEventListener('abort', cancel);
      resolve(outcome);
    }

    function cancel(): void {
      finish({ kind: 'over', fault: fault('cancelled') });
    }

    function ending(): Outcome {
      return finals > 0 ? { kind: 'answered' } : { kind: 'silent', heard };
    }

    function quietMs(): number {
      if (longQuiet) return Math.max(LONG_QUIET_MS, 2 * pace.longestGapMs);
      return probe === null ? DRAIN_QUIET_MS : QUIET_MS;
    }

    function waitForQuiet(): void {
      stopQuiet();
      stopQuiet = clock.after(quietMs(), () => finish(ending()));
    }

    function takeLine(line: string): void {
      const read = reader.read(line);
      const explained = owed.lineCame(line);
      if (!explained && (read.kind === 'unsolicited' || read.kind === 'maybeFinal')) {
        wire.log('unsolicited', line);
        wire.unsolicited(line);
        return;
      }
      wire.log('received', line);
      heard = true;
      if (read.kind !== 'final') {
        if (finals > 0) waitForQuiet();
        return;
      }
      finals += 1;
      owed.finalCame();
      const now = clock.monotonic();
      if (pace.lastFinalAt !== null) pace.longestGapMs = Math.max(pace.longestGapMs, now - pace.lastFinalAt);
      pace.lastFinalAt = now;
      if (owed.none) finish({ kind: 'even' });
      else waitForQuiet();
    }
  });
}
