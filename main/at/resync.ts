import { type Fault, fault } from '../../contract/fault.ts';
import { createLineReader } from './answer.ts';
import type { Wire } from './wire.ts';

/** What may be coming in is let come in first. */
const DRAIN_QUIET_MS = 100;
const DRAIN_LIMIT_MS = 1_000;
/** How long a probe is waited for; grows while the modem is silent. */
const PROBE_WAIT_MS = 1_000;
const PROBE_WAIT_MAX_MS = 4_000;
/** Quiet after a final result before the next probe; and before the count is given up, where markers do not work. */
const QUIET_MS = 300;
const LONG_QUIET_MS = 1_000;

interface Probe {
  readonly command: string;
  /** The line that shows that the answer is this probe's; null where nothing does. */
  readonly answer: RegExp | null;
}

const PLAIN: Probe = { command: 'AT', answer: null };

/**
 * Probes whose answer can be told from any other: once it is there, all that was sent before has been answered or
 * dropped (modems work off one port's commands in turn, V.250 §5.6). S3 holds the line end, 13, always.
 */
const MARKERS: readonly Probe[] = [
  { command: 'AT+CMEE?', answer: /^\+CMEE\s*:/i },
  { command: 'ATS3?', answer: /^0*13$/ },
];

/** How a round of probing ended. */
type Outcome =
  /** As many final results have come as commands were sent. */
  | { readonly kind: 'even' }
  /** The marker's own answer came. */
  | { readonly kind: 'marked' }
  /** Some final result came, then nothing more. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'silent'; readonly heard: boolean }
  | { readonly kind: 'over'; readonly fault: Fault };

/**
 * Brings a dialogue back into step after a command was given up: until it is certain that the final result of that
 * command will not come as another's. In turn: wait until nothing comes; send `AT` and count final results; where one
 * stays missing (the modem dropped a command), send a marker. Where the modem knows no marker, a second `AT` with one
 * answer and a long quiet must do, and `exchange` stays wary for a while.
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
  const markers = MARKERS.filter(({ command }) => !owed.mayAnswer(command));
  wire.log('note', 'An answer is missing. Getting back into step.');

  let heard = false;
  let patience = PROBE_WAIT_MS;
  let answeredPlain = 0;
  let outcome = await listenFor(wire, null, Math.min(DRAIN_LIMIT_MS, left()), DRAIN_QUIET_MS, signal);
  for (let turn = 0; ; turn += 1) {
    switch (outcome.kind) {
      case 'over':
        return outcome.fault;
      case 'even':
        return null;
      case 'marked':
        owed.backInStep();
        return null;
      case 'answered':
        heard = true;
        break;
      case 'silent':
        heard ||= outcome.heard;
        // A modem that is silent to what it does not know is asked what all know.
        if (answeredPlain > 0) markers.length = 0;
        if (turn > 0) patience = Math.min(patience * 2, PROBE_WAIT_MAX_MS);
        break;
    }
    if (answeredPlain >= 2) {
      owed.backInStep();
      return null;
    }
    if (left() <= 0) return fault(heard ? 'modem.timeout' : 'modem.noAnswer');

    const marker = answeredPlain > 0 ? markers.shift() : undefined;
    const quiet = answeredPlain > 0 && marker === undefined ? LONG_QUIET_MS : QUIET_MS;
    outcome = await listenFor(wire, marker ?? PLAIN, Math.min(patience, left()), quiet, signal);
    if (outcome.kind === 'answered' && marker === undefined) answeredPlain += 1;
  }
}

/**
 * Sends a probe, or nothing, and listens: for `waitMs` at most until a final result comes, and from then on until
 * nothing has come for `quietMs`.
 */
function listenFor(
  wire: Wire,
  probe: Probe | null,
  waitMs: number,
  quietMs: number,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const { clock, owed } = wire;
    if (signal?.aborted) {
      resolve({ kind: 'over', fault: fault('cancelled') });
      return;
    }
    const reader = createLineReader(probe?.command ?? PLAIN.command, [], owed.prefixes);
    let finals = 0;
    let heard = false;
    let marked = false;
    let stopQuiet = () => {};
    let stopEnd = () => {};

    const stopListening = wire.listen((event) => {
      switch (event.kind) {
        case 'bytes':
          heard = true;
          if (finals > 0 || probe === null) waitForQuiet();
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
      // Once something has been answered, the quiet after it counts; but not for ever, where a port never falls quiet.
      if (finals === 0) finish(ending());
      else stopEnd = clock.after(quietMs * 4, () => finish(ending()));
    });
    signal?.addEventListener('abort', cancel);
    if (probe === null) waitForQuiet();
    else {
      owed.probed(probe.command);
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

    function waitForQuiet(): void {
      stopQuiet();
      stopQuiet = clock.after(quietMs, () => finish(ending()));
    }

    function takeLine(line: string): void {
      const read = reader.read(line);
      if (read.kind === 'unsolicited' || read.kind === 'maybeFinal') {
        wire.log('unsolicited', line);
        wire.unsolicited(line);
        return;
      }
      wire.log('received', line);
      if (read.kind === 'own' && probe?.answer?.test(line)) marked = true;
      if (read.kind === 'late') marked = false;
      if (read.kind !== 'final') return;
      finals += 1;
      owed.finalCame();
      if (owed.none) finish({ kind: 'even' });
      else if (marked && read.final.kind === 'ok') finish({ kind: 'marked' });
      else waitForQuiet();
    }
  });
}
