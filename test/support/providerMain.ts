import { systemClock } from '../../main/base/clock.ts';
import type { ProviderAccount } from '../../main/demo/provider/accounts.ts';
import { type FaultName, NAMED_FAULTS, type ProviderFault } from '../../main/demo/provider/faults.ts';
import type { Doom, LifeStatus } from '../../main/demo/provider/profiles.ts';
import type { SimStatus } from '../../main/demo/provider/sims.ts';
import {
  createVirtualProvider,
  type VirtualProviderOptions,
} from '../../main/demo/provider/virtualProvider.ts';
import { type ControlStreams, serveOrders } from './control.ts';
import { startProviderServer } from './providerServer.ts';

/** What a provider in a process of its own is started with: plain JSON. */
export interface ProviderConfig extends Omit<VirtualProviderOptions, 'clock' | 'random' | 'accounts'> {
  readonly accounts: readonly ProviderAccount[];
  /** TCP port; default: a free one. */
  readonly port?: number;
}

/**
 * A virtual provider on loopback in a process of its own, so that it outlives whatever is killed beside it.
 * Ready with `{"origin", "port"}`.
 *
 * Orders: `harm` (a {@link ProviderFault}, or `{"name", "on", "skip", "times"}` with a name out of
 * NAMED_FAULTS), `clearFaults`, `pendingFaults`, `profiles`, `record`, `setStatus {"sid","status"}`,
 * `failProfile {"sid","code","message"}`, `doomNext`, `setStock`, `rotate {"sid","secret"}`, `expireTokens`,
 * `sims`, `fleets`, `settleSims {"sid"}`, `setSimStatus {"sid","status"}`, `stopListening`, `listen`.
 */
export async function providerMain(config: ProviderConfig, streams: ControlStreams): Promise<void> {
  const provider = createVirtualProvider({ ...config, clock: systemClock });
  const server = await startProviderServer(provider, config.port === undefined ? {} : { port: config.port });
  await serveOrders(
    {
      harm: (value) => provider.harm(faultIn(value)),
      clearFaults: () => provider.clearFaults(),
      pendingFaults: () => provider.pendingFaults,
      profiles: () => provider.profiles(),
      record: () => provider.record(),
      setStatus: (value) => {
        const { sid, status } = value as { sid: string; status: LifeStatus };
        provider.setStatus(sid, status);
      },
      failProfile: (value) => {
        const { sid, code, message } = value as { sid: string; code: string; message: string };
        provider.failProfile(sid, { code, message });
      },
      doomNext: (value) => provider.doomNext(value as Doom),
      setStock: (value) => provider.setStock(value as number | null),
      rotate: (value) => {
        const { sid, secret } = value as { sid: string; secret: string };
        provider.rotate(sid, secret);
      },
      expireTokens: () => provider.expireTokens(),
      sims: () => provider.sims(),
      fleets: () => provider.fleets(),
      settleSims: (value) => provider.settleSims((value as { sid?: string } | undefined)?.sid),
      setSimStatus: (value) => {
        const { sid, status } = value as { sid: string; status: SimStatus };
        provider.setSimStatus(sid, status);
      },
      stopListening: () => server.stopListening(),
      listen: () => server.listen(),
    },
    { origin: server.origin, port: server.port },
    streams,
  );
  await server.close();
}

function faultIn(value: unknown): ProviderFault {
  const fault = value as ProviderFault | (Omit<ProviderFault, 'what'> & { readonly name: FaultName });
  return 'name' in fault ? { ...fault, what: NAMED_FAULTS[fault.name] } : fault;
}
