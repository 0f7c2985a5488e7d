import type { AccountOf } from '../../contract/providerTable.ts';
import type { Clock } from '../base/clock.ts';
import { MAKE_NAMES, MAKES, type MakeName } from './modem/makes.ts';
import { createDemoFetch } from './provider/demoFetch.ts';
import type { Pace } from './provider/profiles.ts';
import {
  createVirtualProvider,
  type ProviderSnapshot,
  type VirtualProvider,
} from './provider/virtualProvider.ts';
import {
  createDemoBinding,
  type DemoBinding,
  type PluggedDevice,
  type PlugOptions,
} from './serial/demoBinding.ts';

export interface DemoBenchOptions {
  readonly clock: Clock;
  /** Multiplies all waiting, of modems and provider; 0: none. Default 1, as in life. */
  readonly latency?: number;
  /** How quickly profiles move on; default: available after five seconds, then only when told. */
  readonly pace?: Partial<Pace>;
  /** What is plugged in after the start, and when. */
  readonly devices?: readonly PlannedDevice[];
  /** What the provider of an earlier demo held. */
  readonly snapshot?: ProviderSnapshot;
}

export interface PlannedDevice {
  readonly make: MakeName;
  /** From `start` on. */
  readonly afterMs: number;
}

/** Everything that the bench needs and a demo has not: ports, network, account. */
export interface DemoBench {
  /** In place of the operating system's binding of serialport. */
  readonly binding: DemoBinding['binding'];
  /** In place of the network: only the demo's own endpoint is there. */
  readonly fetch: typeof globalThis.fetch;
  readonly account: AccountOf<'twilio'>;
  /** The secret of the account's key. It opens nothing but this demo. */
  readonly secret: string;
  /** Begins to plug in what was planned. */
  start(): void;
  /** Ends that, and unplugs all. */
  stop(): void;
  plug(make: MakeName, options?: PlugOptions): PluggedDevice;
  unplug(path: string): void;
  /** All that were ever plugged in, oldest first. */
  readonly devices: readonly PluggedDevice[];
  /** The kinds that can be plugged in, for a menu. */
  readonly makes: readonly { readonly name: MakeName; readonly label: string; readonly shows: string }[];
  readonly provider: VirtualProvider;
  /** Takes the network away, or gives it back. */
  setOnline(online: boolean): void;
  /** Makes listing the ports fail; null: it works again. */
  failList(error: Error | null): void;
}

/** `de30`, over and over: hex that reads as "demo", so that nobody takes these for real ones. */
const DEMO_HEX = 'de30'.repeat(8);

const DEMO_ACCOUNT: AccountOf<'twilio'> = {
  provider: 'twilio',
  accountSid: `AC${DEMO_HEX}`,
  keySid: `SK${DEMO_HEX}`,
  endpoint: 'https://demo.invalid',
};

const DEMO_SECRET = 'demo-secret-that-opens-nothing';

const DEFAULT_DEVICES: readonly PlannedDevice[] = [
  { make: 'quectel-em05-g', afterMs: 1_500 },
  { make: 'simcom-a7908e', afterMs: 6_000 },
];

/** From a request to its answer, ms, as over a usual line. */
const NETWORK_MS = 140;

/**
 * Makes a bench that is not there: virtual modems on a virtual USB, and a virtual provider behind a `fetch`.
 */
export function createDemoBench(options: DemoBenchOptions): DemoBench {
  const { clock } = options;
  const latency = options.latency ?? 1;
  const usb = createDemoBinding({ clock, latency });
  const provider = createVirtualProvider({
    clock,
    accounts: [
      {
        accountSid: DEMO_ACCOUNT.accountSid,
        authToken: DEMO_SECRET,
        keys: [{ sid: DEMO_ACCOUNT.keySid ?? '', secret: DEMO_SECRET, permitted: true }],
      },
    ],
    latencyMs: NETWORK_MS * latency,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
  });
  let online = true;
  let stops: (() => void)[] = [];

  return {
    binding: usb.binding,
    fetch: createDemoFetch(provider, { clock, origin: DEMO_ACCOUNT.endpoint, online: () => online }),
    account: DEMO_ACCOUNT,
    secret: DEMO_SECRET,
    start() {
      for (const { make, afterMs } of options.devices ?? DEFAULT_DEVICES)
        stops.push(clock.after(afterMs * latency, () => usb.plug(make)));
    },
    stop() {
      for (const stop of stops) stop();
      stops = [];
      for (const device of usb.devices) device.unplug();
    },
    plug: usb.plug,
    unplug: usb.unplug,
    devices: usb.devices,
    makes: MAKE_NAMES.map((name) => ({ name, label: MAKES[name].label, shows: MAKES[name].shows })),
    provider,
    setOnline(there) {
      online = there;
    },
    failList: usb.failList,
  };
}
