/**
 * Faults that can be injected into a virtual modem while it runs. Plain data, so that a seed can make them
 * and another process can be told of them.
 */

/** Something that happens to the answers of some commands. */
export interface AnswerFault {
  /** Only to commands that begin so, without regard to case; left out: to any. */
  readonly command?: string;
  /** How many such commands pass unharmed before. Default 0. */
  readonly skip?: number;
  /** How many it then happens to. Default 1; null: to all from then on. */
  readonly times?: number | null;
  readonly what: AnswerHarm;
}

export type AnswerHarm =
  /** The whole answer comes so much later. */
  | { readonly kind: 'late'; readonly ms: number }
  /** The command is carried out and not answered. */
  | { readonly kind: 'silent' }
  /** In place of being carried out. */
  | { readonly kind: 'error'; readonly cme: number | null }
  /** Bytes of the answer are lost. */
  | { readonly kind: 'drop'; readonly from: number; readonly count: number }
  /** Bytes of the answer arrive with these bits turned. */
  | { readonly kind: 'garble'; readonly from: number; readonly count: number; readonly xor: number }
  /** After so many bytes of the answer nothing comes any more until a reset. */
  | { readonly kind: 'stop'; readonly after: number }
  /** After so many bytes of the answer the modem is gone. */
  | { readonly kind: 'unplug'; readonly after: number }
  /** A line that nobody asked for, put in behind so many bytes of the answer. */
  | { readonly kind: 'line'; readonly text: string; readonly at: number };

/**
 * Something that happens at a byte of all that passes a port since the modem was plugged in; what it says
 * while nobody listens does not pass.
 */
export interface StreamFault {
  /** `in`: what the modem is sent. `out`: what it sends. */
  readonly direction: 'in' | 'out';
  /** Just before the byte with this number, from 0, passes. */
  readonly at: number;
  readonly what: StreamHarm;
}

export type StreamHarm =
  | { readonly kind: 'unplug' }
  /** Nothing passes any more, in this direction, until a reset. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'drop'; readonly count: number }
  | { readonly kind: 'garble'; readonly count: number; readonly xor: number }
  /** These bytes (latin1) come in between. */
  | { readonly kind: 'insert'; readonly text: string };

/** The faults that wait for their moment. */
export interface FaultList {
  add(fault: AnswerFault): void;
  /** The harms for this command, used up. */
  take(command: string): AnswerHarm[];
  clear(): void;
  /** How many have not happened in full yet. */
  readonly pending: number;
}

export function createFaultList(): FaultList {
  let waiting: { fault: AnswerFault; skip: number; times: number }[] = [];
  return {
    add(fault) {
      waiting.push({
        fault,
        skip: fault.skip ?? 0,
        times: fault.times === null ? Infinity : (fault.times ?? 1),
      });
    },
    take(command) {
      const harms: AnswerHarm[] = [];
      for (const entry of waiting) {
        if (!command.toUpperCase().startsWith((entry.fault.command ?? '').toUpperCase())) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.times -= 1;
        harms.push(entry.fault.what);
      }
      waiting = waiting.filter((entry) => entry.times > 0);
      return harms;
    },
    clear() {
      waiting = [];
    },
    get pending() {
      return waiting.length;
    },
  };
}

/** What came of a chunk on its way through the stream faults. */
export interface Passed {
  readonly bytes: Uint8Array;
  /** The modem goes away behind these bytes. */
  readonly unplugs: boolean;
}

/** One direction of one port: counts bytes, and does to them what the faults say. */
export interface FaultyStream {
  add(fault: StreamFault): void;
  pass(bytes: Uint8Array): Passed;
  /** A stopped stream flows again, as after a reset. */
  restart(): void;
}

export function createFaultyStream(): FaultyStream {
  let faults: StreamFault[] = [];
  let count = 0;
  let stopped = false;
  let dropping = 0;
  let garbling = { left: 0, xor: 0 };

  function begin(harm: StreamHarm, out: number[]): boolean {
    switch (harm.kind) {
      case 'unplug':
        return true;
      case 'stop':
        stopped = true;
        return false;
      case 'drop':
        dropping = harm.count;
        return false;
      case 'garble':
        garbling = { left: harm.count, xor: harm.xor };
        return false;
      case 'insert':
        for (const character of harm.text) out.push(character.charCodeAt(0) & 0xff);
        return false;
    }
  }

  return {
    add(fault) {
      faults.push(fault);
    },
    pass(bytes) {
      if (faults.length === 0 && !stopped && dropping === 0 && garbling.left === 0) {
        count += bytes.length;
        return { bytes, unplugs: false };
      }
      const out: number[] = [];
      for (const byte of bytes) {
        const due = faults.filter((fault) => fault.at <= count);
        faults = faults.filter((fault) => fault.at > count);
        const unplugs = due.map((fault) => begin(fault.what, out)).some(Boolean);
        if (unplugs) return { bytes: Uint8Array.from(out), unplugs: true };
        count += 1;
        if (stopped) continue;
        if (dropping > 0) {
          dropping -= 1;
          continue;
        }
        out.push(garbling.left > 0 ? byte ^ garbling.xor : byte);
        if (garbling.left > 0) garbling.left -= 1;
      }
      return { bytes: Uint8Array.from(out), unplugs: false };
    },
    restart() {
      stopped = false;
    },
  };
}
