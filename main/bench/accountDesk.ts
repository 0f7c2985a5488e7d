import type { NamedAccount, SecretPlace } from '../../contract/account.ts';
import type { SimDefaults } from '../../contract/activation.ts';
import type { RequestInput } from '../../contract/channels.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import type { Account } from '../../contract/providerTable.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { BenchState, Reachability } from '../../contract/state.ts';
import type { Clock } from '../base/clock.ts';
import type { ProviderClient, ProviderObservation } from '../provider/provider.ts';
import type { Vault } from '../vault/vault.ts';
import { entryName } from '../vault/vaultEntry.ts';
import { noSuch, type Preferences } from './preferences.ts';

export type MakeProvider = (
  account: Account,
  parts: {
    readonly secret: () => Promise<Result<string>>;
    readonly observe: (observation: ProviderObservation) => void;
  },
) => ProviderClient;

export interface AccountDeskOptions {
  readonly preferences: Preferences;
  readonly vault: Vault;
  readonly makeProvider: MakeProvider;
  readonly clock: Clock;
  readonly publish: (slices: Partial<Pick<BenchState, 'account' | 'accounts' | 'provider'>>) => void;
  /** The account or its secret is another one now: what was waiting for that may go on. */
  readonly onCredentialsChanged: () => void;
  /** What the latest request of an account told of its provider. */
  readonly onObserved: (account: Account, observation: ProviderObservation) => void;
}

/** How often the provider is asked whether it can be reached, when nothing else asks it: soon while it cannot, seldom while it can. */
const HEARTBEAT_MS = { offline: 15_000, otherwise: 300_000 } as const;

/** The accounts: which is in use, where its secret is, the clients that speak for them, and whether the provider can be reached. */
export class AccountDesk {
  readonly #options: AccountDeskOptions;
  #providers = new Map<string, ProviderClient>();
  #reachability: Reachability = { state: 'unknown', since: 0, fault: null };
  #published: BenchState['account'] = { name: null, account: null, secret: 'none', fault: null };
  #skewMs = 0;
  #stopHeartbeat: () => void = () => undefined;
  #stopped = false;

  constructor(options: AccountDeskOptions) {
    this.#options = options;
  }

  /** The account in use. */
  get account(): Account | null {
    return this.#options.preferences.inUse?.account ?? null;
  }

  get inUse(): NamedAccount | null {
    return this.#options.preferences.inUse;
  }

  /** Why there is no account to use, where there is none: none was set, or they could not be read. */
  get none(): Fault {
    return this.#options.preferences.notice ?? fault('account.none');
  }

  get all(): readonly NamedAccount[] {
    return this.#options.preferences.accounts;
  }

  named(name: string): NamedAccount | null {
    return this.all.find((each) => each.name === name) ?? null;
  }

  /** The provider's clock minus this computer's, ms, as last seen. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** The client of an account; one and the same as long as the account is. */
  provider(account: Account): ProviderClient {
    const key = entryName(account);
    const existing = this.#providers.get(key);
    if (existing !== undefined) return existing;
    const provider = this.#options.makeProvider(account, {
      secret: () => this.#secretOf(account),
      observe: (observation) => this.#observed(account, observation),
    });
    this.#providers.set(key, provider);
    return provider;
  }

  /** Publishes where the secret is, and asks the provider once. */
  async start(): Promise<void> {
    const place = await this.#publishAccount();
    if (place !== 'none') await this.#beat();
  }

  /** Takes over what another process, as the command line is, has done to the accounts since. */
  async look(): Promise<void> {
    const before = this.account && entryName(this.account);
    if (!this.#options.preferences.look()) return;
    const now = this.account && entryName(this.account);
    if (now === before) await this.#publishAccount();
    else await this.#switched();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopHeartbeat();
  }

  /**
   * Keeps account and secret, and makes it the one in use. Without a new secret, the one in place goes on, if the account's user is
   * still the same.
   */
  async set(input: RequestInput<'account.set'>): Promise<Result<null>> {
    const { name, secret, keepSecret, ...account } = input;
    this.#options.preferences.look();
    const before = name === null ? this.inUse : this.named(name);
    if (secret === null) {
      const place = await this.#options.vault.place(account);
      if (!place.ok) return this.#withFault(place.fault);
      if (place.value === 'none') return this.#withFault(fault('secret.missing'));
    } else {
      const kept = await this.#options.vault.set(account, secret, keepSecret);
      if (!kept.ok) return this.#withFault(kept.fault);
    }
    const written = this.#options.preferences.setAccount(name, account);
    if (!written.ok) return this.#withFault(written.fault);
    if (before !== null) await this.#clearUnused(before.account);
    await this.#switched();
    return ok(null);
  }

  /** Makes another account the one in use. Orders that are open stay with theirs. */
  async use(name: string): Promise<Result<null>> {
    if (this.inUse?.name === name) return ok(null);
    const written = this.#options.preferences.putInUse(name);
    if (!written.ok) return this.#withFault(written.fault);
    await this.#switched();
    return ok(null);
  }

  /** Gives an account another name. Its secret and its orders go by what it is, not by what it is called. */
  async rename(name: string, newName: string): Promise<Result<null>> {
    const written = this.#options.preferences.renameAccount(name, newName);
    await this.#publishAccount();
    return written;
  }

  /** What is done with the Sims of an account's orders; orders that are written already keep what was wished for them. */
  setSimDefaults(name: string, simDefaults: SimDefaults | null): Result<null> {
    const written = this.#options.preferences.setSimDefaults(name, simDefaults);
    this.#options.publish({ accounts: [...this.all] });
    return written;
  }

  /** Adds accounts without secrets, as from a file. Gives how many were new. */
  async add(accounts: readonly NamedAccount[]): Promise<Result<number>> {
    const added = this.#options.preferences.addAccounts(accounts);
    await this.#publishAccount();
    return added;
  }

  /** Asks the provider whether the credentials hold; orders nothing. `signal` ends it. */
  async test(signal?: AbortSignal): Promise<Result<{ elapsedMs: number }>> {
    const account = this.account;
    if (account === null) return fail(this.none);
    const started = this.#options.clock.monotonic();
    this.#setReachability('checking', null);
    const checked = await this.provider(account).check(signal === undefined ? {} : { signal });
    if (!checked.ok) {
      if (this.#reachability.state === 'checking') this.#setReachability('unknown', checked.fault);
      return checked;
    }
    this.#options.onCredentialsChanged();
    return ok({ elapsedMs: Math.round(this.#options.clock.monotonic() - started) });
  }

  /** Forgets an account and its secret; null: the one in use. */
  async clear(name: string | null = null): Promise<Result<null>> {
    this.#options.preferences.look();
    const wanted = name === null ? this.inUse : this.named(name);
    if (wanted === null) return name === null ? ok(null) : this.#withFault(noSuch(name));
    const isShared = this.all.some(
      (each) => each.name !== wanted.name && entryName(each.account) === entryName(wanted.account),
    );
    if (!isShared) {
      const cleared = await this.#options.vault.clear(wanted.account);
      if (!cleared.ok) return this.#withFault(cleared.fault);
    }
    const wasInUse = this.inUse?.name === wanted.name;
    const written = this.#options.preferences.removeAccount(wanted.name);
    if (!written.ok) return this.#withFault(written.fault);
    this.#providers.delete(entryName(wanted.account));
    if (wasInUse) {
      this.#stopHeartbeat();
      this.#setReachability('unknown', null);
    }
    await this.#publishAccount();
    return ok(null);
  }

  /** An entry nobody can reach any more would only be found by somebody looking for secrets. */
  async #clearUnused(account: Account): Promise<void> {
    if (this.all.some((each) => entryName(each.account) === entryName(account))) return;
    await this.#options.vault.clear(account);
    this.#providers.delete(entryName(account));
  }

  /** The account in use is another one, or its secret is. */
  async #switched(): Promise<void> {
    const { account } = this;
    if (account !== null) this.#providers.delete(entryName(account));
    this.#skewMs = 0;
    this.#setReachability('unknown', null);
    await this.#publishAccount();
    this.#options.onCredentialsChanged();
    void this.#beat();
  }

  async #publishAccount(): Promise<SecretPlace> {
    const account = this.account;
    const place = account === null ? ok('none' as const) : await this.#options.vault.place(account);
    const secret = place.ok ? place.value : 'none';
    const name = this.inUse?.name ?? null;
    this.#options.publish({ accounts: [...this.all] });
    const why = account === null ? this.#options.preferences.notice : null;
    this.#publish({ name, account, secret, fault: place.ok ? why : place.fault });
    return secret;
  }

  /** The secret for one request. That it cannot be had, as from a keychain that was locked meanwhile, is published once. */
  async #secretOf(account: Account): Promise<Result<string>> {
    const got = await this.#options.vault.get(account);
    const { account: inUse } = this;
    if (this.#stopped || inUse === null || entryName(inUse) !== entryName(account)) return got;
    const why = got.ok ? null : got.fault;
    if (why?.code !== this.#published.fault?.code) {
      this.#publish({ ...this.#published, account: inUse, fault: why });
    }
    return got;
  }

  #publish(slice: BenchState['account']): void {
    this.#published = slice;
    this.#options.publish({ account: slice });
  }

  async #withFault(reason: Fault): Promise<Result<never>> {
    await this.#publishAccount();
    return fail(reason);
  }

  #observed(account: Account, observation: ProviderObservation): void {
    const current = this.account;
    if (this.#stopped) return;
    if (current === null || entryName(current) !== entryName(account)) {
      this.#options.onObserved(account, observation);
      return;
    }
    if (observation.skewMs !== null) this.#skewMs = observation.skewMs;
    this.#setReachability(observation.reachability, observation.fault);
    this.#scheduleBeat();
    this.#options.onObserved(account, observation);
  }

  #setReachability(state: Reachability['state'], reason: Fault | null): void {
    const since = state === this.#reachability.state ? this.#reachability.since : this.#options.clock.now();
    this.#reachability = { state, since, fault: reason };
    this.#options.publish({ provider: this.#reachability });
  }

  async #beat(): Promise<void> {
    const account = this.account;
    if (account === null || this.#stopped) return;
    if (this.#reachability.state === 'unknown') this.#setReachability('checking', null);
    const checked = await this.provider(account).check();
    if (!checked.ok && this.#reachability.state === 'checking')
      this.#setReachability('unknown', checked.fault);
    this.#scheduleBeat();
  }

  #scheduleBeat(): void {
    this.#stopHeartbeat();
    if (this.#stopped) return;
    const wait = this.#reachability.state === 'offline' ? HEARTBEAT_MS.offline : HEARTBEAT_MS.otherwise;
    this.#stopHeartbeat = this.#options.clock.after(wait, () => void this.#beat());
  }
}
