import type {
  BindingInterface,
  BindingPortInterface,
  OpenOptions,
  PortInfo,
} from '@serialport/bindings-interface';

type Reading = (result: { readonly bytes?: Uint8Array; readonly error?: Error }) => void;

/** A port as a binding of serialport has it, under the test's hand. */
export class FakePort implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>;
  isOpen = true;
  readonly written: string[] = [];
  /** What the next calls do instead of working. */
  writeError: Error | null = null;
  writeHangs = false;
  closeHangs = false;
  flushed = 0;
  readonly speeds: number[] = [];
  speedError: Error | null = null;
  speedHangs = false;
  #pending: Reading | null = null;
  #unread: Uint8Array[] = [];

  constructor(options: OpenOptions) {
    this.openOptions = options as Required<OpenOptions>;
  }

  /** Bytes from the device. */
  arrive(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    if (this.#pending === null) this.#unread.push(bytes);
    else this.#settle({ bytes });
  }

  /** Reading ends with an error, as when the device goes away. */
  breakReading(error: Error): void {
    this.#settle({ error });
  }

  #settle(result: Parameters<Reading>[0]): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.(result);
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    const unread = this.#unread.shift();
    const { bytes, error } =
      unread === undefined
        ? await new Promise<Parameters<Reading>[0]>((resolve) => {
            this.#pending = resolve;
          })
        : { bytes: unread, error: undefined };
    if (error !== undefined) throw error;
    const taken = (bytes ?? Buffer.alloc(0)).subarray(0, length);
    buffer.set(taken, offset);
    return { buffer, bytesRead: taken.length };
  }

  async write(buffer: Buffer): Promise<void> {
    if (this.writeHangs) await new Promise(() => {});
    if (this.writeError !== null) throw this.writeError;
    this.written.push(buffer.toString('latin1'));
  }

  async close(): Promise<void> {
    if (this.closeHangs) await new Promise(() => {});
    this.isOpen = false;
    this.#settle({ error: Object.assign(new Error('Canceled'), { canceled: true }) });
  }

  async flush(): Promise<void> {
    this.flushed += 1;
  }
  async drain(): Promise<void> {}
  async update({ baudRate }: { baudRate: number }): Promise<void> {
    if (this.speedHangs) await new Promise(() => {});
    if (this.speedError !== null) throw this.speedError;
    this.speeds.push(baudRate);
  }
  async set(): Promise<void> {}
  async get() {
    return { cts: true, dsr: true, dcd: true };
  }
  async getBaudRate() {
    return { baudRate: this.openOptions.baudRate };
  }
}

export interface FakeBinding extends BindingInterface {
  /** Ports in the order in which they were opened. */
  readonly opened: FakePort[];
  ports: PortInfo[];
  listError: Error | null;
  /** Listing never ends. */
  listHangs: boolean;
  openError: Error | null;
  /** Opening waits until this is resolved. */
  openGate: Promise<void> | null;
}

export function fakeBinding(): FakeBinding {
  const binding: FakeBinding = {
    opened: [],
    ports: [],
    listError: null,
    listHangs: false,
    openError: null,
    openGate: null,
    async list() {
      if (binding.listHangs) await new Promise(() => {});
      if (binding.listError !== null) throw binding.listError;
      return binding.ports;
    },
    async open(options) {
      await binding.openGate;
      if (binding.openError !== null) throw binding.openError;
      const port = new FakePort(options);
      binding.opened.push(port);
      return port;
    },
  };
  return binding;
}

export function portInfo(path: string, more: Partial<PortInfo> = {}): PortInfo {
  return {
    path,
    manufacturer: undefined,
    serialNumber: undefined,
    pnpId: undefined,
    locationId: undefined,
    productId: undefined,
    vendorId: undefined,
    ...more,
  };
}
