import { fromLatin1 } from '../bytes.ts';
import { type AtPort, type AtPortOptions, createAtPort } from './atPort.ts';
import { createFaultyStream, type StreamFault } from './faults.ts';
import { nmeaRound } from './nmea.ts';
import type { PortLayout, VirtualPort } from './ports.ts';

/** A port with the strings that its modem pulls. */
export interface WiredPort extends VirtualPort {
  /** The interpreter behind it; null where it speaks no AT. */
  readonly at: AtPort | null;
  harm(fault: StreamFault): void;
  /** As after power-on. */
  restart(): void;
  /** Counts its bytes from zero again, and forgets the faults that were to come. */
  reconnect(): void;
}

export interface WiredPortOptions extends Pick<AtPortOptions, 'core' | 'faults' | 'record' | 'unplug'> {
  readonly layout: PortLayout;
  readonly isPresent: () => boolean;
  /** Whether the modem has booted. */
  readonly isReady: () => boolean;
}

/** One serial port of a modem: its wire, with speed, pieces and faults, and whatever speaks on it. */
export function createWiredPort(options: WiredPortOptions): WiredPort {
  const { core, layout, isPresent, isReady, unplug } = options;
  const { quirks, clock } = core;
  const listeners = new Set<(bytes: Uint8Array) => void>();
  let streams = { in: createFaultyStream(), out: createFaultyStream() };
  let speed: number | null = null;
  let stopTalking = () => {};
  const speaksAt = layout.role === 'at' || layout.role === 'ppp';
  const at = speaksAt ? createAtPort({ ...options, interfaceNumber: layout.interfaceNumber, send }) : null;

  function send(bytes: Uint8Array): void {
    // What nobody hears is lost, and not counted either.
    if (!isPresent() || listeners.size === 0) return;
    const passed = streams.out.pass(isReadable() ? bytes : bytes.map(garbled));
    for (const piece of pieces(passed.bytes)) for (const listener of [...listeners]) listener(piece);
    if (passed.unplugs) unplug();
  }

  function isReadable(): boolean {
    return quirks.baudRate === null || speed === null || speed === quirks.baudRate;
  }

  function pieces(bytes: Uint8Array): Uint8Array[] {
    const size = quirks.chunkBytes || bytes.length;
    const found: Uint8Array[] = [];
    for (let from = 0; from < bytes.length; from += size) found.push(bytes.slice(from, from + size));
    return found;
  }

  /** What the port says unasked, as long as somebody listens; so that no timer outlives an interest in it. */
  function talk(): void {
    stopTalking();
    const stops: (() => void)[] = [];
    stopTalking = () => {
      for (const stop of stops) stop();
    };
    if (layout.role === 'nmea') stops.push(every(1_000, () => send(fromLatin1(nmeaRound()))));
    if (at === null) return;
    for (const line of quirks.unsolicited)
      if (typeof line.when === 'number') stops.push(every(line.when, () => isReady() && at.say(line.text)));
  }

  function every(ms: number, act: () => void): () => void {
    let stop = clock.after(ms, tick);
    function tick(): void {
      stop = clock.after(ms, tick);
      act();
    }
    return () => stop();
  }

  return {
    ...layout,
    at,
    write(bytes) {
      if (!isPresent()) return;
      const passed = streams.in.pass(bytes);
      if (isReady() && isReadable()) at?.write(passed.bytes);
      if (passed.unplugs) unplug();
    },
    onBytes(listener) {
      listeners.add(listener);
      if (listeners.size === 1) talk();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopTalking();
      };
    },
    setSpeed(baudRate) {
      speed = baudRate;
    },
    harm: (fault) => streams[fault.direction].add(fault),
    restart() {
      streams.in.restart();
      streams.out.restart();
      at?.restart();
    },
    reconnect() {
      streams = { in: createFaultyStream(), out: createFaultyStream() };
    },
  };
}

/** What bytes look like at the wrong speed. */
function garbled(byte: number): number {
  return ((byte << 1) & 0xff) | 0x80;
}
