import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Clock, pause } from '../base/clock.ts';
import type { ByteLink } from '../serial/byteLink.ts';
import { createFramer } from './framer.ts';
import { finalResult, isNmea } from './lines.ts';
import { maskAtText } from './mask.ts';
import type { AtLogLine } from './openDialogue.ts';

/** What a port turned out to be. */
export type PortFinding =
  /**
   * Something answers AT, at this speed, which the port has now. `answersOwed`: answers to the probe may yet come, so that
   * the dialogue must get into step before its first command (`AtDialogue.doubt`).
   */
  | { readonly kind: 'at'; readonly baudRate: number; readonly answersOwed: boolean }
  /** Positions. */
  | { readonly kind: 'nmea' }
  /** Something that is no text: diagnostics, or a device at another speed. */
  | { readonly kind: 'data' }
  | { readonly kind: 'silent' };

export interface ProbeOptions {
  readonly clock: Clock;
  /** To be tried in turn; see main/serial/speeds.ts. Default: the one at which the port was opened. */
  readonly speeds?: readonly number[];
  /** At one speed: it is worth waiting for a modem that is slow, or boots; some 8 s in place of 2 s. */
  readonly patient?: boolean;
  readonly signal?: AbortSignal;
  readonly log?: (line: AtLogLine) => void;
}

/** From opening to the verdict, ms; whatever the port does. */
export const PROBE_LIMIT_MS = 2_000;
/** What talks by itself is heard first, ms. */
const LISTEN_MS = 200;
/**
 * At one speed, ms: the first `AT` gets most of the time, since a modem may be slow; it is repeated since the first
 * characters after a pause may be lost.
 */
const ONE_SPEED_WAITS_MS = [1_100, 650] as const;
/** A modem may take 5 s for any command. */
const PATIENT_WAITS_MS = [6_500, 1_000] as const;
const PATIENT_LIMIT_MS = 8_000;
/** At several speeds, ms: the likeliest gets more. A modem that is up answers `AT` within some 50 ms. */
const FIRST_SPEED_MS = 400;
const OTHER_SPEED_MS = 185;
/** No more bytes for this long after a final result: the answer is over, ms. */
const QUIET_MS = 50;
const QUIET_TURNS = 4;

/** More than this many bytes that are no text, and more than a part of all: no text. Opening a UART may give a byte or two. */
const NOISE = { bytes: 2, part: 0.25 } as const;

/**
 * Finds out what is behind a port without harming what is no modem: listens first, and writes nothing to a port that talks
 * positions or anything that is no text. Then `AT`, at each speed in turn, until a final result comes. A silent port costs
 * 2 s.
 * Faults: `port.*`, `cancelled`.
 */
export async function probePort(link: ByteLink, options: ProbeOptions): Promise<Result<PortFinding>> {
  const [first, ...others] = options.speeds ?? [link.baudRate];
  const probe = new Probe(link, options, others.length === 0);
  try {
    if (first !== undefined && link.baudRate !== first) await probe.setSpeed(first);
    await probe.listen(LISTEN_MS);
    const atOneSpeed = options.patient ? PATIENT_WAITS_MS : ONE_SPEED_WAITS_MS;
    const waits = others.length === 0 ? atOneSpeed : [FIRST_SPEED_MS];
    for (const wait of waits) await probe.ask(wait);
    for (const speed of others) {
      await probe.setSpeed(speed);
      await probe.ask(OTHER_SPEED_MS);
    }
    return await probe.verdict();
  } finally {
    probe.stop();
  }
}

/** One probing of one port. Each step does nothing once the verdict is clear. */
class Probe {
  readonly #link: ByteLink;
  readonly #options: ProbeOptions;
  readonly #oneSpeed: boolean;
  readonly #stops: (() => void)[] = [];
  #framer = createFramer();
  #asked = 0;
  #answers = 0;
  #bytes = 0;
  #noise = 0;
  #nmea = false;
  /** No more is to be sent or waited for. */
  #over = false;
  #fault: Fault | null = null;
  #wake = new AbortController();

  constructor(link: ByteLink, options: ProbeOptions, oneSpeed: boolean) {
    this.#link = link;
    this.#options = options;
    this.#oneSpeed = oneSpeed;
    const { clock, signal } = options;
    const cancel = () => this.#fail(fault('cancelled'));
    signal?.addEventListener('abort', cancel);
    this.#stops.push(
      link.onBytes((bytes) => this.#take(bytes)),
      link.onClosed((reason) =>
        this.#fail(reason ?? fault('cancelled', { message: 'The port was closed.' })),
      ),
      clock.after(options.patient ? PATIENT_LIMIT_MS : PROBE_LIMIT_MS, () => this.#end()),
      () => signal?.removeEventListener('abort', cancel),
    );
    if (signal?.aborted) cancel();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  async listen(ms: number): Promise<void> {
    if (!this.#over) await pause(this.#options.clock, ms, this.#wake.signal);
    if (this.#isNoise || this.#nmea) this.#end();
  }

  async setSpeed(baudRate: number): Promise<void> {
    if (this.#over) return;
    await this.#done(this.#link.setBaudRate(baudRate));
    // What came at another speed is not to be read together with what comes at this one.
    this.#framer = createFramer();
    this.#bytes = 0;
    this.#noise = 0;
  }

  async ask(waitMs: number): Promise<void> {
    if (this.#over) return;
    this.#asked += 1;
    this.#options.log?.({ direction: 'sent', text: 'AT' });
    await this.#done(this.#link.write(Buffer.from('AT\r', 'latin1')));
    if (!this.#over) await pause(this.#options.clock, waitMs, this.#wake.signal);
    // At a wrong speed an answer is no text either.
    if (this.#nmea || (this.#oneSpeed && this.#isNoise)) this.#end();
  }

  async verdict(): Promise<Result<PortFinding>> {
    if (this.#answers > 0) await this.#untilQuiet();
    if (this.#fault !== null) return fail(this.#fault);
    if (this.#answers > 0) {
      const { baudRate } = this.#link;
      return ok({ kind: 'at', baudRate, answersOwed: this.#asked > this.#answers });
    }
    if (this.#nmea) return ok({ kind: 'nmea' });
    const isData = this.#isNoise && (this.#oneSpeed || this.#asked === 0);
    return ok({ kind: isData ? 'data' : 'silent' });
  }

  get #isNoise(): boolean {
    return this.#noise > NOISE.bytes && this.#noise > this.#bytes * NOISE.part;
  }

  #take(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    for (const byte of bytes) if (!isText(byte)) this.#noise += 1;
    for (const framed of this.#framer.push(bytes)) if (framed.kind === 'line') this.#takeLine(framed.text);
  }

  #takeLine(line: string): void {
    if (isNmea(line)) {
      this.#nmea = true;
      return;
    }
    // Before anything was asked it is no answer.
    const isAnswer = this.#asked > 0 && finalResult(line) !== null;
    this.#options.log?.({ direction: this.#asked > 0 ? 'received' : 'unsolicited', text: maskAtText(line) });
    if (!isAnswer) return;
    this.#answers += 1;
    this.#end();
  }

  /** What belongs to the answer still, an echo or a second final result, is let come in. */
  async #untilQuiet(): Promise<void> {
    for (let turn = 0; turn < QUIET_TURNS && this.#fault === null; turn += 1) {
      const before = this.#bytes;
      await pause(this.#options.clock, QUIET_MS, this.#options.signal);
      if (this.#bytes === before) return;
    }
  }

  /** Waits for a call to the port, but not beyond the end: a driver may hang. */
  async #done(call: Promise<Result<null>>): Promise<void> {
    const { signal } = this.#wake;
    await new Promise<void>((resolve) => {
      const settled = () => resolve();
      signal.addEventListener('abort', settled);
      if (signal.aborted) settled();
      void call.then((result) => {
        signal.removeEventListener('abort', settled);
        if (!result.ok) this.#fail(result.fault);
        resolve();
      });
    });
  }

  #fail(reason: Fault): void {
    this.#fault ??= reason;
    this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#wake.abort();
  }
}

/** Printable ASCII and what divides it. */
function isText(byte: number): boolean {
  return (byte >= 0x20 && byte <= 0x7e) || byte === 0x0d || byte === 0x0a || byte === 0x09;
}
