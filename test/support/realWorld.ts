import { randomBytes } from 'node:crypto';
import { systemClock } from '../../main/base/clock.ts';
import { createMake, type MakeOptions } from '../../main/demo/modem/makes.ts';
import type { MakeName } from '../../main/demo/modem/makeTable.ts';
import type { VirtualModem } from '../../main/demo/modem/virtualModem.ts';
import type { StoredProfile } from '../../main/demo/provider/profiles.ts';
import {
  createVirtualProvider,
  type VirtualProvider,
  type VirtualProviderOptions,
} from '../../main/demo/provider/virtualProvider.ts';
import { type ModemServer, startModemServer } from './modemServer.ts';
import { type ProviderServer, startProviderServer } from './providerServer.ts';
import { openTty, type Tty } from './tty.ts';

/** An account that the virtual provider knows, with a secret that occurs nowhere else: tests look for it in all that is left behind. */
export interface TestAccount {
  readonly accountSid: string;
  readonly keySid: string;
  readonly secret: string;
  /** The same account at KORE: an OAuth 2 client. */
  readonly client: { readonly id: string; readonly secret: string };
}

export interface RunningProvider {
  readonly provider: VirtualProvider;
  readonly server: ProviderServer;
  readonly account: TestAccount;
}

/** Where the virtual provider's profiles are downloaded from. */
export const SMDP_ADDRESS = 'sm-dp-plus.test.invalid';

const hex = () => randomBytes(16).toString('hex');

/** A virtual provider behind real HTTP on loopback. */
export async function startProvider(
  options: Partial<Omit<VirtualProviderOptions, 'accounts' | 'clock'>> = {},
  /** Profiles that the account has from the start, oldest first. */
  profilesOf: (accountSid: string) => readonly StoredProfile[] = () => [],
): Promise<RunningProvider> {
  const account: TestAccount = {
    accountSid: `AC${hex()}`,
    keySid: `SK${hex()}`,
    secret: `secret-${hex()}`,
    client: { id: `bench-${hex()}`, secret: `client-secret-${hex()}` },
  };
  const provider = createVirtualProvider({
    clock: systemClock,
    smdpAddress: SMDP_ADDRESS,
    pace: { reservingMs: 500, availableMs: 1_500 },
    snapshot: { profiles: profilesOf(account.accountSid) },
    ...options,
    accounts: [
      {
        accountSid: account.accountSid,
        authToken: `token-${hex()}`,
        keys: [{ sid: account.keySid, secret: account.secret, permitted: true }],
        clients: [{ clientId: account.client.id, secret: account.client.secret, permitted: true }],
      },
    ],
  });
  return { provider, server: await startProviderServer(provider), account };
}

export interface RunningModem {
  readonly modem: VirtualModem;
  /** A real tty that answers as the modem does. */
  readonly path: string;
  close(): Promise<void>;
}

/** A virtual modem on a real tty. */
export async function startModem(
  make: MakeName,
  options: Partial<Omit<MakeOptions, 'clock'>> = {},
): Promise<RunningModem> {
  const modem = createMake(make, { clock: systemClock, latency: 0.2, ...options });
  const server: ModemServer = await startModemServer(modem);
  const tty: Tty = await openTty(server.tcpPort);
  return {
    modem,
    path: tty.path,
    async close() {
      await tty.close();
      await server.close();
    },
  };
}
