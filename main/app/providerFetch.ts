import { type Session, session } from 'electron';
import type { Fetch } from '../provider/provider.ts';

export interface ProviderFetches {
  readonly fetch: Fetch;
  readonly fetchOnNewConnection: Fetch;
}

/**
 * Requests to the provider through Chromium's network: the system's proxy and certificates apply. In sessions of their own, in
 * memory, since the window's refuses every address; creates in another one than the rest, so that closing its connections before each
 * of them disturbs nothing else.
 */
export function createProviderFetches(): ProviderFetches {
  const asking = quietSession('provider');
  const ordering = quietSession('provider-create');
  return {
    fetch: (url, init) => fetchFrom(asking, url, init),
    async fetchOnNewConnection(url, init) {
      await ordering.closeAllConnections();
      return fetchFrom(ordering, url, init);
    },
  };
}

function quietSession(name: string): Session {
  // Without "persist:" a partition is in memory alone; no cookie or answer of the provider outlives the app.
  const quiet = session.fromPartition(name, { cache: false });
  quiet.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  return quiet;
}

function fetchFrom(from: Session, url: string, init: Parameters<Fetch>[1]): Promise<Response> {
  return from.fetch(url, { ...init, credentials: 'omit' });
}
