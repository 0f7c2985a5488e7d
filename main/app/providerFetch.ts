import { type Session, session } from 'electron';
import type { Fetch } from '../provider/provider.ts';
import { fetchNoDictionary } from './hardening.ts';
import { proxyFetch } from './proxyFetch.ts';
import type { ProxySignIn } from './proxySignIn.ts';

export interface ProviderFetches {
  readonly fetch: Fetch;
  readonly fetchOnNewConnection: Fetch;
  /** Has Chromium forget the logins that it was given, and the connections that were opened with them. */
  forgetLogins(): Promise<void>;
}

/**
 * Requests to the provider through Chromium's network: the system's proxy and certificates apply. In sessions of their own, in
 * memory, since the window's refuses every address; creates in another one than the rest, so that closing its connections before each
 * of them disturbs nothing else.
 * @param proxy what a proxy on the way is answered with
 */
export function createProviderFetches(proxy: ProxySignIn): ProviderFetches {
  const asking = quietSession('provider');
  const ordering = quietSession('provider-create');
  return {
    fetch: (url, init) => proxyFetch(asking, url, init, proxy.forRequest('asking')),
    async fetchOnNewConnection(url, init) {
      await ordering.closeAllConnections();
      return proxyFetch(ordering, url, init, proxy.forRequest('ordering'));
    },
    async forgetLogins() {
      await Promise.all([asking.clearAuthCache(), ordering.clearAuthCache()]);
      // A create that is under way comes to its end; the next has a connection of its own anyway.
      await asking.closeAllConnections();
    },
  };
}

function quietSession(name: string): Session {
  // Without "persist:" a partition is in memory alone; no cookie or answer of the provider outlives the app.
  const quiet = session.fromPartition(name, { cache: false });
  quiet.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  fetchNoDictionary(quiet);
  return quiet;
}
