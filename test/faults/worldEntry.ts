/**
 * Entry of a bundle: all that is outside of a bench, in a process of its own that nobody kills: the provider with its true record
 * behind real HTTP, and modems behind TCP ports that are joined to real ttys. One after another many runs.
 */
import type { AnswerFault, StreamFault } from '../../main/demo/modem/faults.ts';
import { createMake, type MakeName } from '../../main/demo/modem/makes.ts';
import type { VirtualModem } from '../../main/demo/modem/virtualModem.ts';
import type { ProviderAccount } from '../../main/demo/provider/accounts.ts';
import {
  type FaultName,
  NAMED_FAULTS,
  type Operation,
  type ProviderHarm,
} from '../../main/demo/provider/faults.ts';
import type { StoredFleet } from '../../main/demo/provider/fleets.ts';
import type { Pace, StoredProfile } from '../../main/demo/provider/profiles.ts';
import type { StoredSim } from '../../main/demo/provider/sims.ts';
import {
  createVirtualProvider,
  type ProviderRecordEntry,
  type VirtualProvider,
} from '../../main/demo/provider/virtualProvider.ts';
import { serveOrders } from '../support/control.ts';
import { type ModemServer, startModemServer } from '../support/modemServer.ts';
import { type ProviderServer, startProviderServer } from '../support/providerServer.ts';
import { createFastClock, type FastClockSetting } from './fastClock.ts';

export interface WorldConfig {
  readonly clock: FastClockSetting;
  readonly account: ProviderAccount;
  readonly pace: Partial<Pace>;
  readonly skewMs: number;
  readonly latencyMs: number;
  /** From the request for another status of a Sim until it is so, ms; 0: at once. */
  readonly settleMs: number;
}

/** One of the provider's faults by its name, for requests to come. */
export interface PlannedFault {
  readonly name: FaultName;
  readonly on: Operation | 'any';
  /** How many such requests pass unharmed before. */
  readonly skip: number;
  /** How many it then happens to. */
  readonly times: number;
  /** After how many bytes of an answer's body, where the fault is about that. */
  readonly bodyBytes: number;
}

export interface ModemConfig {
  readonly make: MakeName;
  readonly eid: string;
  readonly latency: number;
}

export interface WorldReport {
  /** What is true. */
  readonly profiles: readonly StoredProfile[];
  readonly sims: readonly StoredSim[];
  readonly fleets: readonly StoredFleet[];
  /** Every request in order. */
  readonly record: readonly ProviderRecordEntry[];
  /** How often each fault happened. */
  readonly happened: Readonly<Record<string, number>>;
}

interface World {
  readonly provider: VirtualProvider;
  readonly server: ProviderServer;
  readonly clock: FastClockSetting;
  readonly modems: { readonly modem: VirtualModem; readonly server: ModemServer }[];
  readonly happened: Record<string, number>;
  faults: (PlannedFault & { skip: number; times: number })[];
}

let world: World | null = null;

function current(): World {
  if (world === null) throw new Error('no run has begun');
  return world;
}

async function begin({
  clock: setting,
  account,
  pace,
  skewMs,
  latencyMs,
  settleMs,
}: WorldConfig): Promise<string> {
  await end();
  const clock = createFastClock(setting);
  const provider = createVirtualProvider({ clock, accounts: [account], pace, skewMs, latencyMs, settleMs });
  const happened: Record<string, number> = {};
  const harmed: VirtualProvider = {
    ...provider,
    handle(request) {
      const fault = takeFault(operationOf(request.method, request.url));
      if (fault !== null) {
        happened[fault.name] = (happened[fault.name] ?? 0) + 1;
        const what: ProviderHarm = NAMED_FAULTS[fault.name];
        provider.harm({ what: 'bodyBytes' in what ? { ...what, bodyBytes: fault.bodyBytes } : what });
      }
      return provider.handle(request);
    },
  };
  const server = await startProviderServer(harmed, { clock });
  world = { provider, server, clock: setting, modems: [], happened, faults: [] };
  return server.origin;
}

function takeFault(operation: Operation): PlannedFault | null {
  const { faults } = current();
  for (const fault of faults) {
    if (fault.times === 0 || (fault.on !== 'any' && fault.on !== operation)) continue;
    if (fault.skip > 0) {
      fault.skip -= 1;
      continue;
    }
    fault.times -= 1;
    return fault;
  }
  return null;
}

function operationOf(method: string, url: string): Operation {
  const path = new URL(url).pathname;
  if (path === '/v1/ESimProfiles') return method === 'POST' ? 'create' : 'list';
  if (path.startsWith('/v1/ESimProfiles/')) return 'fetch';
  if (path.startsWith('/v1/Sims/')) return method === 'POST' ? 'updateSim' : 'fetchSim';
  return path === '/v1/Fleets' ? 'listFleets' : 'other';
}

async function addModem({ make, eid, latency }: ModemConfig): Promise<number> {
  const { modems, clock } = current();
  const modem = createMake(make, { clock: createFastClock(clock), eid, latency });
  const server = await startModemServer(modem);
  modems.push({ modem, server });
  return server.tcpPort;
}

function modemOf(index: unknown): VirtualModem {
  const found = current().modems[Number(index)];
  if (found === undefined) throw new Error(`no modem ${String(index)}`);
  return found.modem;
}

async function end(): Promise<void> {
  if (world === null) return;
  const { server, modems } = world;
  world = null;
  await server.close();
  for (const modem of modems) await modem.server.close();
}

function report(): WorldReport {
  const { provider, happened } = current();
  return {
    profiles: provider.profiles(),
    sims: provider.sims(),
    fleets: provider.fleets(),
    record: provider.record(),
    happened,
  };
}

await serveOrders(
  {
    begin: (value) => begin(value as WorldConfig),
    harm: (value) => {
      current().faults.push({ ...(value as PlannedFault) });
    },
    doom: (value) =>
      current().provider.doomNext({ afterMs: Number(value), code: '83510', message: 'It did not work out.' }),
    heal: () => {
      current().faults = [];
    },
    cut: () => current().server.stopListening(),
    mend: () =>
      current()
        .server.listen()
        .catch(() => undefined),
    setStock: (value) => current().provider.setStock(value as number | null),
    rotate: (value) => {
      const { sid, secret } = value as { sid: string; secret: string };
      current().provider.rotate(sid, secret);
    },
    addModem: (value) => addModem(value as ModemConfig),
    harmAnswers: (value) => {
      const { modem, fault } = value as { modem: number; fault: AnswerFault };
      modemOf(modem).harmAnswers(fault);
    },
    harmStream: (value) => {
      const { modem, fault } = value as { modem: number; fault: StreamFault };
      modemOf(modem).harmStream(fault);
    },
    healModem: (value) => {
      const modem = modemOf(value);
      modem.clearFaults();
      modem.unplug();
      modem.plugIn();
    },
    report,
    end,
  },
  null,
  { input: process.stdin, output: process.stdout },
);
process.exit(0);
