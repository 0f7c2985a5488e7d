import type { BindingInterface, OpenOptions, PortInfo } from '@serialport/bindings-interface';
import type { Clock } from '../../base/clock.ts';
import { createMake, MAKE_NAMES, MAKES, type Make, type MakeName, type MakeOptions } from '../modem/makes.ts';
import type { VirtualPort } from '../modem/ports.ts';
import type { VirtualModem } from '../modem/virtualModem.ts';
import { DemoPort } from './demoPort.ts';

export interface DemoBindingOptions {
  readonly clock: Clock;
  /** Multiplies all times of the modems; 0: no waiting at all. */
  readonly latency?: number;
  /** Path of the port with that number; by default as on Linux: `/dev/ttyUSB0`. */
  readonly pathOf?: (tty: Make['tty'], number: number) => string;
}

export interface PlugOptions
  extends Pick<MakeOptions, 'quirks' | 'card' | 'es10' | 'eid' | 'profiles' | 'network'> {
  /** Path of its first port; the others are numbered on from there. Default: the lowest free ones. */
  readonly path?: string;
  /** As USB says it; null: it says none. */
  readonly serialNumber?: string | null;
  /** Where it is plugged in: `1-2`. */
  readonly locationId?: string;
  /** What opening its ports fails with. */
  readonly openFails?: keyof typeof OPEN_ERRORS;
}

/** A modem in this bench's USB. */
export interface PluggedDevice {
  readonly make: MakeName;
  readonly modem: VirtualModem;
  readonly serialNumber: string | null;
  /** Of its ports, in the order of its interfaces; where it is unplugged, those it had last. */
  readonly paths: readonly string[];
  unplug(): void;
  /** Plugs it in again, on the same paths where they are free, or from `path` on. */
  replug(path?: string): void;
}

export interface DemoBinding {
  /** For serialport's stream, in place of the binding of the operating system. */
  readonly binding: BindingInterface<DemoPort, OpenOptions, PortInfo>;
  plug(make: MakeName, options?: PlugOptions): PluggedDevice;
  /** Unplugs the device that has a port of that path; fine where there is none. */
  unplug(path: string): void;
  /** All that were ever plugged in, oldest first. */
  readonly devices: readonly PluggedDevice[];
  /** Makes `list` fail, as it does on a Linux without udev; null: it works again. */
  failList(error: Error | null): void;
}

/** What serialport's own binding says on Linux when a port cannot be opened. */
const OPEN_ERRORS = {
  busy: () => 'Error Resource temporarily unavailable Cannot lock port',
  forbidden: (path: string) => `Error: Permission denied, cannot open ${path}`,
  missing: (path: string) => `Error: No such file or directory, cannot open ${path}`,
} as const;

interface Attached {
  readonly info: ListedPort;
  readonly virtual: VirtualPort;
  readonly openFails: keyof typeof OPEN_ERRORS | null;
  open: DemoPort | null;
}

/** A USB of its own for virtual modems, seen through serialport's binding interface. */
export function createDemoBinding(options: DemoBindingOptions): DemoBinding {
  const pathOf = options.pathOf ?? ((tty, number) => `/dev/${tty}${number}`);
  const attached = new Map<string, Attached>();
  const devices: PluggedDevice[] = [];
  let listError: Error | null = null;

  function plug(name: MakeName, how: PlugOptions = {}): PluggedDevice {
    const make: Make = MAKES[name];
    const instance = devices.filter((device) => device.make === name).length;
    const { path: _path, serialNumber: _serial, locationId: _location, openFails: _fails, ...settings } = how;
    const modem = createMake(name, {
      ...settings,
      clock: options.clock,
      instance,
      latency: options.latency ?? 1,
    });
    const serialNumber = how.serialNumber === undefined ? ownSerialNumber(name, instance) : how.serialNumber;
    const locationId = how.locationId ?? `1-${devices.length + 1}`;
    let paths: string[] = [];

    function attach(from?: string): void {
      paths = choosePaths(make, from, paths);
      modem.ports.forEach((virtual, index) => {
        const path = paths[index];
        if (path === undefined) return;
        const info = portInfo(make, path, virtual.interfaceNumber, serialNumber, locationId);
        attached.set(path, { info, virtual, openFails: how.openFails ?? null, open: null });
      });
    }

    function detach(): void {
      for (const path of paths) {
        attached.get(path)?.open?.vanish();
        attached.delete(path);
      }
    }

    let nextPath = how.path;
    modem.onPresence((present) => {
      if (!present) detach();
      else attach(nextPath);
      nextPath = undefined;
    });
    attach(how.path);
    nextPath = undefined;

    const device: PluggedDevice = {
      make: name,
      modem,
      serialNumber,
      get paths() {
        return paths;
      },
      unplug: () => modem.unplug(),
      replug(path) {
        if (modem.present) modem.unplug();
        nextPath = path;
        modem.plugIn();
      },
    };
    devices.push(device);
    return device;
  }

  /** From `from` on, else as they were, else the lowest run of free numbers. */
  function choosePaths(make: Make, from: string | undefined, before: readonly string[]): string[] {
    const count = make.ports.length;
    if (from !== undefined) return Array.from({ length: count }, (_, index) => numberedOn(from, index));
    if (before.length > 0 && before.every((path) => !attached.has(path))) return [...before];
    for (let first = 0; ; first += 1) {
      const run = Array.from({ length: count }, (_, index) => pathOf(make.tty, first + index));
      if (run.every((path) => !attached.has(path))) return run;
    }
  }

  async function open(how: OpenOptions): Promise<DemoPort> {
    // As the real one: the answer comes in a later turn.
    await Promise.resolve();
    const port = attached.get(how.path);
    if (port === undefined) throw new Error(OPEN_ERRORS.missing(how.path));
    if (port.openFails !== null) throw new Error(OPEN_ERRORS[port.openFails](how.path));
    if (port.open !== null) throw new Error(OPEN_ERRORS.busy());
    const opened = new DemoPort(port.virtual, { ...OPEN_DEFAULTS, ...how }, () => {
      if (port.open === opened) port.open = null;
    });
    port.open = opened;
    return opened;
  }

  return {
    binding: {
      async list() {
        if (listError !== null) throw listError;
        return [...attached.values()].map((port) => port.info);
      },
      open,
    },
    plug,
    unplug(path) {
      devices.find((device) => device.modem.present && device.paths.includes(path))?.unplug();
    },
    devices,
    failList(error) {
      listError = error;
    },
  };
}

const OPEN_DEFAULTS: Omit<Required<OpenOptions>, 'path' | 'baudRate'> = {
  dataBits: 8,
  lock: true,
  stopBits: 1,
  parity: 'none',
  rtscts: false,
  xon: false,
  xoff: false,
  xany: false,
  hupcl: true,
};

/** `/dev/ttyUSB4` and 2 make `/dev/ttyUSB6`. */
function numberedOn(path: string, index: number): string {
  if (index === 0) return path;
  const tail = /\d+$/.exec(path)?.[0];
  return tail === undefined ? `${path}${index}` : path.slice(0, -tail.length) + (Number(tail) + index);
}

function ownSerialNumber(name: MakeName, instance: number): string {
  const kind = MAKE_NAMES.indexOf(name).toString().padStart(2, '0');
  return `DEMO${kind}${(instance + 1).toString().padStart(4, '0')}`;
}

/** What the bench's own binding on Linux lists besides: which interface of its USB device a port is. */
interface ListedPort extends PortInfo {
  readonly interfaceNumber: number;
}

/** As `SerialPort.list()` gives it on Linux, with the place and the interface besides. */
function portInfo(
  make: Make,
  path: string,
  interfaceNumber: number,
  serialNumber: string | null,
  locationId: string,
): ListedPort {
  const { manufacturer, product, vendorId, productId } = make.usb;
  const name = [manufacturer, product, ...(serialNumber === null ? [] : [serialNumber])].join('_');
  const number = interfaceNumber.toString(16).padStart(2, '0');
  return {
    path,
    manufacturer,
    serialNumber: serialNumber ?? undefined,
    pnpId: `usb-${name.replaceAll(' ', '_')}-if${number}-port0`,
    locationId,
    vendorId,
    productId,
    interfaceNumber,
  };
}
