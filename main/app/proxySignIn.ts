import { z } from 'zod';
import type { RequestInput } from '../../contract/channels.ts';
import { type FaultCode, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { KeptProxyLogin, ProxyLogin } from '../../contract/state.ts';
import type { ProxyKey, Vault } from '../vault/vault.ts';
import { entryName } from '../vault/vaultEntry.ts';
import type { ProxyBook } from './proxyBook.ts';

/** What a proxy asks with: Electron's `AuthInfo`. Its texts are the proxy's own. */
export interface ProxyChallenge {
  readonly host: string;
  readonly port: number;
  readonly scheme: string;
  readonly realm: string;
}

export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

/** The way a request goes: each has connections, and so logins, of its own. */
export type ProxyLine = 'asking' | 'ordering';

/** One request's part in it. */
export interface RequestLogin {
  /** What to answer a challenge with; null: nothing, so that the request fails and the technician is asked. */
  answer(challenge: ProxyChallenge): Promise<ProxyCredentials | null>;
  /** The request came through: what was given was right, or nothing is asked any more. */
  cameThrough(): void;
}

/** A login as it is used. Told apart by being itself: the same words typed again are another try. */
interface Login extends ProxyCredentials {
  refused: boolean;
}

interface Proxy {
  readonly key: ProxyKey;
  login: Login | null;
  /** The look into the keychain; once, since a locked one brings up a prompt each time. */
  kept: Promise<void> | null;
  refused: boolean;
}

/** How a login lies in the vault: the user name is part of what the proxy's owner keeps to themselves. */
const KeptLogin = z.object({ user: z.string().max(200), password: z.string().max(500) });

const MOST_REALM = 100;

interface Kept {
  readonly key: ProxyKey;
  readonly place: KeptProxyLogin['place'];
}

/** What to do where a login could not be taken out of the keychain. */
const STILL_KEPT: Readonly<Partial<Record<FaultCode, string>>> = {
  'keychain.locked': 'The login is still in it. Unlock the keychain, then forget the login again.',
  'keychain.unavailable':
    'The login may still be in it. Forget it again when the keychain can be used, or take the entry out in its own program.',
};

/**
 * Signing in to the proxies on the way to the provider. A proxy's challenge is answered with what the technician gave it, now or at an
 * earlier start; where there is nothing, the request fails and the technician is asked. **Each login is tried once a request and
 * forgotten when it is refused**, so no wrong password is ever sent again by itself: companies lock users for that.
 *
 * Only what a proxy asks is answered here; whoever calls leaves a server's own challenge alone.
 */
export class ProxySignIn {
  readonly #vault: Vault;
  readonly #proxies = new Map<string, Proxy>();
  #asked: { readonly proxy: Proxy; readonly line: ProxyLine } | null = null;
  #listener: (asked: ProxyLogin | null) => void = () => undefined;
  readonly #book: ProxyBook;
  /** By the name of their entry, in the order in which they were kept. */
  readonly #kept: Map<string, Kept>;
  #keptListener: (kept: KeptProxyLogin[]) => void = () => undefined;

  /** @param book of the logins in the keychain, also those that were kept at an earlier start */
  constructor(vault: Vault, book: ProxyBook) {
    this.#vault = vault;
    this.#book = book;
    this.#kept = new Map(book.proxies.map((key) => [entryName(key), { key, place: 'keychain' }]));
  }

  /** Tells what is asked now, and each change of it. */
  onAsked(listener: (asked: ProxyLogin | null) => void): void {
    this.#listener = listener;
    this.#publish();
  }

  /** Tells which logins are kept now, and each change of it. */
  onKept(listener: (kept: KeptProxyLogin[]) => void): void {
    this.#keptListener = listener;
    this.#publishKept();
  }

  /** For one request that is about to leave. */
  forRequest(line: ProxyLine): RequestLogin {
    const tried = new Set<Login>();
    return {
      answer: (challenge) => this.#answer(challenge, line, tried),
      cameThrough: () => {
        if (this.#asked === null) return;
        const { proxy } = this.#asked;
        const wasGiven = proxy.login !== null && tried.has(proxy.login);
        // Without a challenge, its own line alone shows that none is made: the other may use a connection from before.
        if (wasGiven || (tried.size === 0 && this.#asked.line === line)) this.#ask(null);
      },
    };
  }

  /**
   * Takes the technician's answer, keeps it, and has it tried.
   * @param tryIt sends a request through the proxy; what comes of it beyond the proxy does not matter here
   * @returns faults: `proxy.refused`, `keychain.*` (nothing was tried then), `usage.invalid` where no proxy asks
   */
  async signIn(
    { user, password, keep }: RequestInput<'proxy.signIn'>,
    tryIt: () => Promise<unknown>,
  ): Promise<Result<null>> {
    if (this.#asked === null)
      return fail(
        fault('usage.invalid', {
          message: 'No proxy asks for a login now.',
          hint: 'There is nothing to do. The bench goes on by itself.',
        }),
      );
    const { proxy } = this.#asked;
    const stored = await this.#vault.set(proxy.key, JSON.stringify({ user, password }), keep);
    if (!stored.ok) return stored;
    this.#keep({ key: proxy.key, place: keep });
    const login: Login = { user, password, refused: false };
    proxy.login = login;
    await tryIt();
    if (login.refused) return fail(fault('proxy.refused'));
    // It was accepted, or the proxy is not asked any more: if it does ask again, the next request will tell.
    proxy.refused = false;
    if (this.#asked?.proxy === proxy) this.#ask(null);
    return ok(null);
  }

  /**
   * Forgets the login for a proxy: in the keychain, here, and wherever it has got to. Where the keychain does not let go of it nothing
   * is forgotten, so that it stays in sight.
   * @param letGo has those forget it that were given it
   * @returns faults: `keychain.*`
   */
  async forget(
    { host, scheme, realm }: RequestInput<'proxy.forget'>,
    letGo: () => Promise<unknown>,
  ): Promise<Result<null>> {
    const name = entryName({ proxy: host, scheme, realm });
    const kept = this.#kept.get(name);
    // It was refused meanwhile, and forgotten for that.
    if (kept === undefined) return ok(null);
    const cleared = await this.#vault.clear(kept.key);
    if (!cleared.ok)
      return fail({ ...cleared.fault, hint: STILL_KEPT[cleared.fault.code] ?? cleared.fault.hint });
    const proxy = this.#proxies.get(name);
    if (proxy !== undefined) proxy.login = null;
    this.#forgotten(kept.key);
    await letGo();
    return ok(null);
  }

  async #answer(
    challenge: ProxyChallenge,
    line: ProxyLine,
    tried: Set<Login>,
  ): Promise<ProxyCredentials | null> {
    const proxy = this.#proxy(challenge);
    if (proxy.login !== null && tried.has(proxy.login)) this.#refuse(proxy);
    if (proxy.login === null) {
      proxy.kept ??= this.#takeKept(proxy);
      await proxy.kept;
    }
    const { login } = proxy;
    if (login === null) {
      this.#ask({ proxy, line });
      return null;
    }
    tried.add(login);
    return { user: login.user, password: login.password };
  }

  #proxy({ host, port, scheme, realm }: ProxyChallenge): Proxy {
    const key: ProxyKey = {
      proxy: `${host.slice(0, 253)}:${port}`,
      scheme: scheme.slice(0, 20).toLowerCase(),
      realm: oneLine(realm).slice(0, MOST_REALM),
    };
    const name = entryName(key);
    const known = this.#proxies.get(name);
    if (known !== undefined) return known;
    const proxy: Proxy = { key, login: null, kept: null, refused: false };
    this.#proxies.set(name, proxy);
    return proxy;
  }

  async #takeKept(proxy: Proxy): Promise<void> {
    const kept = await this.#vault.get(proxy.key);
    if (!kept.ok && kept.fault.code === 'secret.missing') this.#forgotten(proxy.key);
    // A keychain that cannot be read is as if nothing were in it: the technician is asked, and told of it when it is to be kept.
    if (!kept.ok || proxy.login !== null) return;
    const login = readKept(kept.value);
    if (login === null) return;
    proxy.login = { ...login, refused: false };
    this.#keep({ key: proxy.key, place: 'keychain' });
  }

  #refuse(proxy: Proxy): void {
    if (proxy.login !== null) proxy.login.refused = true;
    proxy.login = null;
    proxy.refused = true;
    // What is refused is of no use at the next start either, and would count as one more wrong try.
    void this.#vault.clear(proxy.key).then((cleared) => {
      if (cleared.ok && proxy.login === null) this.#forgotten(proxy.key);
    });
  }

  #keep(kept: Kept): void {
    const name = entryName(kept.key);
    const before = this.#kept.get(name);
    if (before?.place === kept.place) return;
    this.#kept.set(name, kept);
    // One that is kept for this run leaves the book as it is: a locked keychain may still have an older one.
    if (kept.place === 'keychain') this.#book.add(kept.key);
    this.#publishKept();
  }

  #forgotten(key: ProxyKey): void {
    this.#book.remove(key);
    if (this.#kept.delete(entryName(key))) this.#publishKept();
  }

  #publishKept(): void {
    this.#keptListener(
      [...this.#kept.values()].map(({ key: { proxy, scheme, realm }, place }) => ({
        host: proxy,
        scheme,
        realm,
        place,
      })),
    );
  }

  #ask(asked: { readonly proxy: Proxy; readonly line: ProxyLine } | null): void {
    this.#asked = asked;
    this.#publish();
  }

  #publish(): void {
    const proxy = this.#asked?.proxy;
    this.#listener(
      proxy === undefined ? null : { host: proxy.key.proxy, realm: proxy.key.realm, refused: proxy.refused },
    );
  }
}

function readKept(text: string): ProxyCredentials | null {
  try {
    const parsed = KeptLogin.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function oneLine(text: string): string {
  return text
    .slice(0, 1_000)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
}
