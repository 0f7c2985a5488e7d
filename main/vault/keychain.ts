import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { keychainFault, keytarMissingFault } from './keychainError.ts';
import { type FindItem, findKeyringItem } from './keyringItems.ts';
import { OneAtATime, StillBusy } from './oneAtATime.ts';
import { SERVICE } from './vaultEntry.ts';

/** The part of keytar that the bench uses. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainOptions {
  /** Loads keytar when it is first needed; a failure is a fault, not a crash. Default: the package. */
  readonly load?: () => Promise<Keytar>;
  readonly clock?: Clock;
  /** How long a call may take, ms, a person's answer to the keychain's own prompt included. Default 60,000. */
  readonly timeoutMs?: number;
  readonly platform?: NodeJS.Platform;
  /** Asks a Linux keyring about an entry. Default: over D-Bus. */
  readonly findItem?: FindItem;
}

/** The operating system's keychain: one entry an account, and one a proxy, under the service `eSIM Bench`. Errors are values, and nothing hangs. */
export class Keychain {
  readonly #load: () => Promise<Keytar>;
  readonly #queue: OneAtATime;
  readonly #platform: NodeJS.Platform;
  readonly #findItem: FindItem;
  #keytar: Keytar | null = null;

  constructor(options: KeychainOptions = {}) {
    this.#load = options.load ?? loadKeytar;
    this.#queue = new OneAtATime(options.clock ?? systemClock, options.timeoutMs ?? 60_000);
    this.#platform = options.platform ?? process.platform;
    this.#findItem = options.findItem ?? findKeyringItem;
  }

  /** The secret, or null where the keychain certainly has none. Fault `keychain.locked` where it has one that stayed locked. */
  read(account: string): Promise<Result<string | null>> {
    return this.#use(async (keytar) => {
      const secret = await keytar.getPassword(SERVICE, account);
      // An empty entry was not made by us and is of no use.
      if (secret !== null && secret !== '') return ok(secret);
      if (await this.#isLocked(account)) return fail(stayedLocked());
      return ok(null);
    });
  }

  write(account: string, secret: string): Promise<Result<null>> {
    return this.#use(async (keytar) => {
      await keytar.setPassword(SERVICE, account, secret);
      return ok(null);
    }, secret);
  }

  /**
   * Removes the entry; fine when there is none. Fault `keychain.locked` where it is still there.
   * @param mayAsk whether a locked keychain may ask for its password
   */
  remove(account: string, mayAsk: boolean): Promise<Result<null>> {
    return this.#use(async (keytar) => {
      if (await keytar.deletePassword(SERVICE, account)) return ok(null);
      if (!(await this.#isLocked(account))) return ok(null);
      if (!mayAsk) return fail(stayedLocked());
      // libsecret does not ask for the password in order to delete; it does in order to read.
      await keytar.getPassword(SERVICE, account);
      return (await keytar.deletePassword(SERVICE, account)) ? ok(null) : fail(stayedLocked());
    });
  }

  async #isLocked(account: string): Promise<boolean> {
    return this.#platform === 'linux' && (await this.#findItem(SERVICE, account)) === 'locked';
  }

  async #use<T>(work: (keytar: Keytar) => Promise<Result<T>>, secret?: string): Promise<Result<T>> {
    if (this.#keytar === null) {
      try {
        this.#keytar = await this.#load();
      } catch (error) {
        return fail(keytarMissingFault(error, this.#platform));
      }
    }
    const keytar = this.#keytar;
    try {
      return await this.#queue.run(() => work(keytar));
    } catch (error) {
      if (error instanceof StillBusy)
        return fail(
          fault('keychain.locked', {
            message:
              'The keychain did not answer in time. It may wait for its password in a window of its own.',
            hint: 'Look for that window and answer it, then try again. Or keep the secret until the app ends.',
          }),
        );
      return fail(keychainFault(error, secret));
    }
  }
}

function stayedLocked() {
  return fault('keychain.locked', {
    message: 'The secret is in the keychain, but the keychain was not unlocked.',
  });
}

async function loadKeytar(): Promise<Keytar> {
  // A CommonJS package: of its names alone `default` is sure to be there.
  return (await import('keytar')).default;
}
