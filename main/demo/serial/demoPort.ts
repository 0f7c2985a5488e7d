import type {
  BindingPortInterface,
  OpenOptions,
  PortStatus,
  SetOptions,
  UpdateOptions,
} from '@serialport/bindings-interface';
import type { VirtualPort } from '../modem/ports.ts';

/** What serialport's stream looks for in an error of a binding. */
interface BindingError extends Error {
  /** The port was closed by us: nothing went wrong. */
  canceled?: boolean;
  /** The port went away. */
  disconnect?: boolean;
  code?: string;
}

interface WaitingRead {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly length: number;
  readonly resolve: (read: { buffer: Buffer; bytesRead: number }) => void;
  readonly reject: (error: Error) => void;
}

/** Most bytes that wait unread; what comes beyond is lost, as in a tty's buffer. */
const MOST_WAITING = 1_000_000;

/**
 * An open port of a virtual modem, behind serialport's binding interface. A read gives at most one of the
 * modem's chunks, so that what the modem splits stays split.
 */
export class DemoPort implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>;
  readonly #virtual: VirtualPort;
  readonly #onClosed: () => void;
  readonly #stopListening: () => void;
  #isOpen = true;
  #vanished = false;
  #chunks: Uint8Array[] = [];
  #waiting: WaitingRead | null = null;

  constructor(virtual: VirtualPort, openOptions: Required<OpenOptions>, onClosed: () => void) {
    this.openOptions = openOptions;
    this.#virtual = virtual;
    this.#onClosed = onClosed;
    virtual.setSpeed(openOptions.baudRate);
    this.#stopListening = virtual.onBytes((bytes) => this.#take(bytes));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The modem is gone from USB: reads and writes fail from now on, as `ENXIO` does on Linux. */
  vanish(): void {
    this.#vanished = true;
    this.#stopListening();
    this.#serve();
  }

  async close(): Promise<void> {
    this.#mustBeOpen();
    this.#isOpen = false;
    this.#stopListening();
    this.#chunks = [];
    this.#waiting?.reject(canceled());
    this.#waiting = null;
    this.#onClosed();
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    this.#mustBeOpen();
    if (buffer.length < offset + length) throw new Error('buffer is too small');
    return new Promise((resolve, reject) => {
      this.#waiting = { buffer, offset, length, resolve, reject };
      this.#serve();
    });
  }

  async write(buffer: Buffer): Promise<void> {
    this.#mustBeOpen();
    // The bytes are copied and leave after the caller's turn, as a system call would have it.
    const bytes = Uint8Array.from(buffer);
    await Promise.resolve();
    if (!this.#isOpen) throw canceled();
    if (this.#vanished) throw gone('write');
    this.#virtual.write(bytes);
  }

  async update(options: UpdateOptions): Promise<void> {
    this.#mustBeOpen();
    this.#virtual.setSpeed(options.baudRate);
    this.openOptions.baudRate = options.baudRate;
  }

  async set(_options: SetOptions): Promise<void> {
    this.#mustBeOpen();
  }

  async get(): Promise<PortStatus> {
    this.#mustBeOpen();
    return { cts: true, dsr: true, dcd: false };
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    this.#mustBeOpen();
    return { baudRate: this.openOptions.baudRate };
  }

  async flush(): Promise<void> {
    this.#mustBeOpen();
    this.#chunks = [];
  }

  async drain(): Promise<void> {
    this.#mustBeOpen();
  }

  #mustBeOpen(): void {
    if (!this.#isOpen) throw new Error('Port is not open');
  }

  #take(bytes: Uint8Array): void {
    const waiting = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (waiting + bytes.length > MOST_WAITING) return;
    this.#chunks.push(bytes);
    this.#serve();
  }

  /** Gives the waiting read the next chunk, or its end. */
  #serve(): void {
    const read = this.#waiting;
    if (read === null) return;
    const chunk = this.#chunks.shift();
    if (chunk === undefined) {
      if (!this.#vanished) return;
      this.#waiting = null;
      read.reject(gone('read'));
      return;
    }
    this.#waiting = null;
    const bytesRead = Math.min(chunk.length, read.length);
    read.buffer.set(chunk.subarray(0, bytesRead), read.offset);
    if (bytesRead < chunk.length) this.#chunks.unshift(chunk.subarray(bytesRead));
    read.resolve({ buffer: read.buffer, bytesRead });
  }
}

function canceled(): BindingError {
  return Object.assign(new Error('Port is not open'), { canceled: true });
}

function gone(call: 'read' | 'write'): BindingError {
  return Object.assign(new Error(`ENXIO: no such device or address, ${call}`), {
    code: 'ENXIO',
    disconnect: true,
  });
}
