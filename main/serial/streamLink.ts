import type { SerialPortStream } from '@serialport/stream';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Clock, pause } from '../base/clock.ts';
import type { ByteLink } from './byteLink.ts';
import { portFault } from './portFaults.ts';

/** Closing waits for output that nobody takes, on some drivers for ever. */
const CLOSE_LIMIT_MS = 3_000;
/** Some drivers wait for output here, too. */
const SPEED_LIMIT_MS = 1_000;
/** How often the path is looked at while the port is open. */
const EXISTS_EVERY_MS = 1_000;

interface LinkOptions {
  readonly clock: Clock;
  readonly exists?: (path: string) => Promise<boolean>;
}

/** A byte link over an open stream of serialport. Owns the stream: closes it whatever way the link ends. */
export function linkOver(stream: SerialPortStream, { clock, exists }: LinkOptions): ByteLink {
  const byteListeners = new Set<(bytes: Uint8Array) => void>();
  const endListeners = new Set<(fault: Fault | null) => void>();
  let ending: { readonly fault: Fault | null } | null = null;
  let released: Promise<void> = Promise.resolve();
  let stopWatching = () => {};

  function end(reason: Fault | null): void {
    if (ending !== null) return;
    ending = { fault: reason };
    stopWatching();
    byteListeners.clear();
    released = release(stream, clock);
    for (const listener of endListeners) listener(reason);
    endListeners.clear();
  }

  stream.on('data', (bytes: Uint8Array) => {
    for (const listener of byteListeners) listener(bytes);
  });
  stream.on('error', (error: Error) => end(portFault('use', error)));
  // The stream closes with an error where the device went away, without one where its writing side broke.
  stream.on('close', (error?: Error | null) => end(error ? portFault('use', error) : fault('port.vanished')));

  if (exists !== undefined) {
    // A hung-up tty reads as empty without end on Linux, and serialport reads on; the path tells the truth.
    const look = () => {
      stopWatching = clock.after(EXISTS_EVERY_MS, async () => {
        const there = await exists(stream.path).catch(() => true);
        if (ending !== null) return;
        if (there) look();
        else end(fault('port.vanished', { details: 'The path of the port is gone.' }));
      });
    };
    look();
  }

  return {
    path: stream.path,
    get baudRate() {
      return stream.baudRate;
    },
    get closed() {
      return ending !== null;
    },
    write(bytes): Promise<Result<null>> {
      if (ending !== null) return Promise.resolve(fail(ending.fault ?? closedByUs()));
      return new Promise((resolve) => {
        // The stream may never call back for a write that was pending when the port went away.
        const ended = (reason: Fault | null) => resolve(fail(reason ?? closedByUs()));
        endListeners.add(ended);
        stream.write(Buffer.from(bytes), (error) => {
          endListeners.delete(ended);
          resolve(error ? fail(portFault('use', error)) : ok(null));
        });
      });
    },
    setBaudRate(baudRate): Promise<Result<null>> {
      if (ending !== null) return Promise.resolve(fail(ending.fault ?? closedByUs()));
      return new Promise((resolve) => {
        const ended = (reason: Fault | null) => settle(fail(reason ?? closedByUs()));
        const stop = clock.after(SPEED_LIMIT_MS, () =>
          settle(fail(fault('port.failed', { message: 'The port did not take the speed in time.' }))),
        );
        function settle(result: Result<null>): void {
          stop();
          endListeners.delete(ended);
          resolve(result);
        }
        endListeners.add(ended);
        stream.update({ baudRate }, (error) => settle(error ? fail(portFault('use', error)) : ok(null)));
      });
    },
    onBytes(listener) {
      byteListeners.add(listener);
      return () => byteListeners.delete(listener);
    },
    onClosed(listener) {
      if (ending !== null) {
        listener(ending.fault);
        return () => {};
      }
      endListeners.add(listener);
      return () => endListeners.delete(listener);
    },
    async close() {
      end(null);
      await released;
    },
  };
}

function closedByUs(): Fault {
  return fault('cancelled', { message: 'The port was closed.' });
}

/** Gives the port back to the system. What was not sent yet is thrown away, so that closing does not wait for it. */
async function release(stream: SerialPortStream, clock: Clock): Promise<void> {
  const finished = new AbortController();
  const closing = new Promise<void>((resolve) => {
    if (!stream.isOpen) {
      resolve();
      return;
    }
    stream.flush(() => {
      if (stream.isOpen) stream.close(() => resolve());
      else resolve();
    });
  });
  const closed = closing.then(() => finished.abort());
  await Promise.race([closed, pause(clock, CLOSE_LIMIT_MS, finished.signal)]);
  stream.on('error', () => {});
  stream.destroy();
}
