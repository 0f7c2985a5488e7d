import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { ensureBuilt } from '../../tools/lib/build.mjs';
import { type CliOptions, type CliRun, runCli } from './cli.ts';
import { type Keyring, startKeyring } from './keyring.ts';
import { type RunningProvider, startProvider } from './realWorld.ts';

/** What a virtual provider is begun with. */
export type ProviderOptions = NonNullable<Parameters<typeof startProvider>[0]>;

/** The command line as a technician has it: a keychain, and for each test a data folder and a provider of its own. */
export interface CliBench {
  readonly keyring: Keyring;
  readonly dataDir: string;
  readonly world: RunningProvider;
  /** Runs the built CLI with the keychain and the data folder. */
  cli(args: readonly string[], options?: Partial<CliOptions>): Promise<CliRun>;
  /** Sets the provider's Twilio account; without a name, as a technician who has one account. */
  setTwilio(options?: { readonly name?: string; readonly secret?: string }): Promise<CliRun>;
  /** Has another provider in place of the one that was begun. */
  begin(options: ProviderOptions): Promise<void>;
}

/** Prepares one for each test of the file. */
export function cliBench(options: ProviderOptions = {}): CliBench {
  let keyring: Keyring | null = null;
  let world: RunningProvider | null = null;
  let dataDir: string | null = null;

  beforeAll(async () => {
    await ensureBuilt(join(import.meta.dirname, '..', '..'));
    keyring = await startKeyring();
  });
  afterAll(() => keyring?.stop());
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cli-'));
    world = await startProvider(options);
  });
  afterEach(async () => {
    await world?.server.close();
    if (dataDir !== null) rmSync(dataDir, { recursive: true, force: true });
  });

  const bench: CliBench = {
    get keyring() {
      return begun(keyring);
    },
    get dataDir() {
      return begun(dataDir);
    },
    get world() {
      return begun(world);
    },
    cli: (args, more = {}) => runCli(args, { dataDir: bench.dataDir, env: bench.keyring.env, ...more }),
    setTwilio({ name, secret = bench.world.account.secret } = {}) {
      const { accountSid, keySid } = bench.world.account;
      const args = ['account', 'set', '--provider', 'twilio', '--account', accountSid, '--key', keySid];
      const named = name === undefined ? [] : ['--name', name];
      return bench.cli([...args, ...named, '--endpoint', bench.world.server.origin], {
        stdin: `${secret}\n`,
      });
    },
    async begin(other) {
      await world?.server.close();
      world = await startProvider(other);
    },
  };
  return bench;
}

function begun<T>(part: T | null): T {
  if (part === null) throw new Error('asked for before the first test');
  return part;
}
