import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openAtDialogue } from './at/openDialogue.ts';
import { probePort } from './at/probePort.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { AtLog } from './bench/atLog.ts';
import { Bench, LEDGER_FILE } from './bench/bench.ts';
import { createDeviceHistory, DEVICE_HISTORY_FILE } from './bench/deviceHistory.ts';
import { createDeviceMemory } from './bench/deviceMemory.ts';
import type { ModemTools } from './bench/modemTools.ts';
import { Preferences } from './bench/preferences.ts';
import type { DemoBench } from './demo/demoBench.ts';
import { changeChip } from './modem/changeChip.ts';
import { identify } from './modem/identify.ts';
import { probeAt } from './modem/probeAt.ts';
import { readChip } from './modem/readChip.ts';
import { readEid } from './modem/readEid.ts';
import { readIccid } from './modem/readIccid.ts';
import { readSimLock } from './modem/readSimLock.ts';
import { readSlots } from './modem/readSlots.ts';
import { refreshSim } from './modem/refreshSim.ts';
import { makeReport } from './modem/report.ts';
import { retrieveNotification } from './modem/retrieveNotification.ts';
import { switchSlot } from './modem/switchSlot.ts';
import { unlockSim } from './modem/unlockSim.ts';
import { verify } from './modem/verify.ts';
import type { DeskStep } from './orders/steps.ts';
import { createNodeFetch } from './provider/nodeFetch.ts';
import type { Fetch } from './provider/provider.ts';
import { createProvider } from './provider/providers.ts';
import { createPortWatcher } from './serial/portWatcher.ts';
import type { Serial } from './serial/serial.ts';
import { createSerial } from './serial/serialPorts.ts';
import { createSystemSerial } from './serial/systemSerial.ts';
import { createKeychainVault } from './vault/keychainVault.ts';
import { createSessionVault } from './vault/sessionVault.ts';
import type { Vault } from './vault/vault.ts';
import { VERSION } from './version.ts';

export interface ComposeOptions {
  readonly dataDir: string;
  /**
   * How requests leave. Electron's own knows the system's proxy and certificates; the default, for a process without Electron, goes
   * by the usual variables.
   */
  readonly fetch?: Fetch;
  /** See {@link import('./provider/provider.ts').ProviderDeps.fetchOnNewConnection}. */
  readonly fetchOnNewConnection?: Fetch;
  readonly onOrderStep?: (step: DeskStep) => void;
  readonly onError?: (error: unknown) => void;
  /** Default: the computer's. Every limit and pause goes by it. */
  readonly clock?: Clock;
  /** Default: the operating system's keychain. */
  readonly vault?: Vault;
  /** Where somebody has read them already. */
  readonly preferences?: Preferences;
}

/** The bench for real work: this computer's ports, its keychain, the provider over the network. */
export function composeBench(options: ComposeOptions): Bench {
  const { clock = systemClock, vault = createKeychainVault() } = options;
  return compose('real', options, { clock, serial: createSystemSerial(clock), vault });
}

export interface DemoComposition {
  readonly bench: Bench;
  readonly demo: DemoBench;
}

/**
 * The bench without hardware or account. It begins anew each time: its provider lives in this process, and orders of an earlier run
 * would ask for profiles that no longer exist. Nothing of the real bench is touched: own folder, no keychain, no network.
 */
export async function composeDemoBench(dataDir: string): Promise<DemoComposition> {
  const { createDemoBench } = await import('./demo/demoBench.ts');
  const clock = systemClock;
  const demo = createDemoBench({ clock });
  for (const name of [
    LEDGER_FILE,
    `${LEDGER_FILE}-wal`,
    `${LEDGER_FILE}-shm`,
    'settings.json',
    'devices.json',
    DEVICE_HISTORY_FILE,
  ]) {
    rmSync(join(dataDir, name), { force: true });
  }
  const bench = compose(
    'demo',
    { dataDir, fetch: demo.fetch },
    { clock, serial: createSerial(demo.binding, { clock }), vault: createSessionVault() },
  );
  await bench.accounts.set({ ...demo.account, name: 'Demo', secret: demo.secret, keepSecret: 'session' });
  return { bench, demo };
}

function compose(
  mode: 'real' | 'demo',
  options: ComposeOptions,
  parts: { readonly clock: Clock; readonly serial: Serial; readonly vault: Vault },
): Bench {
  const { clock, serial, vault } = parts;
  const { dataDir, fetch = createNodeFetch(process.env) } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const atLog = new AtLog(() => clock.now());
  const modemTools: ModemTools = {
    openDialogue: (link) =>
      openAtDialogue(link, { clock, log: ({ direction, text }) => atLog.add(link.path, direction, text) }),
    probePort: (link, options) =>
      probePort(link, {
        ...options,
        clock,
        log: ({ direction, text }) => atLog.add(link.path, direction, text),
      }),
    probe: probeAt,
    identify,
    readEid,
    readIccid,
    readChip,
    changeChip,
    retrieveNotification,
    refreshSim,
    readSlots,
    switchSlot,
    readSimLock,
    unlockSim,
    verify,
    makeReport,
  };
  return new Bench({
    app: { version: VERSION, mode, platform: process.platform, dataDir },
    clock,
    serial,
    watcher: createPortWatcher(serial, { clock }),
    modemTools,
    memory: createDeviceMemory(dataDir, clock.now()),
    history: createDeviceHistory(dataDir),
    vault,
    makeProvider: (account, { secret, observe }) =>
      createProvider(account, {
        fetch,
        ...(options.fetchOnNewConnection && { fetchOnNewConnection: options.fetchOnNewConnection }),
        secret,
        observe,
        clock,
        userAgent: `eSIM-Bench/${VERSION}`,
      }),
    preferences: options.preferences ?? new Preferences(dataDir, clock.now()),
    atLog,
    ...(options.onOrderStep && { onOrderStep: options.onOrderStep }),
    ...(options.onError && { onError: options.onError }),
  });
}
