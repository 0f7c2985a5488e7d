import type { BindingInterface } from '@serialport/bindings-interface';
import { SerialPortStream } from '@serialport/stream';
import { type Fault, fault } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { ByteLink } from './byteLink.ts';
import { describePort } from './describePort.ts';
import { errorText, portFault } from './portFaults.ts';
import type { Serial } from './serial.ts';
import { linkOver } from './streamLink.ts';

/** Drivers may hang in these calls (Bluetooth ports of Windows, an output queue that nobody empties). */
const OPEN_LIMIT_MS = 10_000;
const LIST_LIMIT_MS = 10_000;

/** What the operating system can tell beside the binding; left out for virtual ports. */
export interface PortSystem {
  /**
   * Opens the path by itself and says which error code that gives (`EBUSY`, `EACCES` …), null where it opens. The
   * binding gives the C library's words alone, and those may be in the user's language.
   */
  openErrno?(path: string): Promise<string | null>;
  /** Whether the path is still there. */
  exists?(path: string): Promise<boolean>;
}

export interface SerialOptions {
  readonly clock: Clock;
  readonly system?: PortSystem;
}

/**
 * Serial ports over a binding of serialport: the real one (systemSerial.ts) or a virtual one. Ports are opened 8N1,
 * locked against other programs that lock (`flock`; Windows always locks).
 */
export function createSerial(binding: BindingInterface, { clock, system = {} }: SerialOptions): Serial {
  return {
    async list(): Promise<Result<Port[]>> {
      const listed = await within(
        clock,
        LIST_LIMIT_MS,
        settled(() => binding.list()),
      );
      if (listed === null) return fail(listFault('The list did not come in time.'));
      if (!listed.ok) return fail(listFault(errorText(listed.error)));
      // Some systems list a port twice (macOS in a driver's update); a path is listed once here.
      const byPath = new Map(
        listed.value.filter((info) => info.path !== '').map((info) => [info.path, info]),
      );
      return ok([...byPath.values()].map(describePort));
    },

    async open(path, { baudRate }): Promise<Result<ByteLink>> {
      let stream: SerialPortStream;
      try {
        stream = new SerialPortStream({
          binding,
          path,
          baudRate,
          dataBits: 8,
          parity: 'none',
          stopBits: 1,
          lock: true,
          autoOpen: false,
        });
      } catch (error) {
        return fail(portFault('open', error));
      }
      const opening = new Promise<Error | null>((resolve) => stream.open(resolve));
      const opened = await within(
        clock,
        OPEN_LIMIT_MS,
        settled(() => opening),
      );
      if (opened === null) {
        // It may open yet, and would then be held for nothing.
        void opening.then((late) => {
          if (late === null) stream.close(() => undefined);
        });
        return fail(fault('port.failed', { message: 'The port did not open in time.' }));
      }
      const error = opened.ok ? opened.value : opened.error;
      if (error !== null) return fail(await openFault(error, path, system));
      return ok(
        linkOver(stream, { clock, ...(system.exists === undefined ? {} : { exists: system.exists }) }),
      );
    },
  };
}

function listFault(details: string): Fault {
  return fault('port.listFailed', { details });
}

async function openFault(error: unknown, path: string, system: PortSystem): Promise<Fault> {
  const first = portFault('open', error);
  if (first.code !== 'port.failed' || system.openErrno === undefined) return first;
  const errno = await settled(() => system.openErrno?.(path) ?? Promise.resolve(null));
  if (!errno.ok || errno.value === null) return first;
  return { ...portFault('open', errno.value), details: `${errno.value}: ${first.details ?? ''}` };
}

type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

async function settled<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** The value, or null once `ms` have passed; what comes later is dropped. */
function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => resolve(null));
    work.then(resolve, reject).finally(stop);
  });
}
