import type { Fetch } from './provider.ts';
import { type ProxySettings, readProxySettings } from './proxySettings.ts';

/**
 * `fetch` for a program without a window. Node 20's own knows no proxy, so where the environment names one (`HTTPS_PROXY`,
 * `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) undici does it, which Node's own is made of. Certificates are Node's either way:
 * `NODE_EXTRA_CA_CERTS` adds to them. A proxy's user name and password may be in its address.
 *
 * A variable that names no proxy fails each request before anything is sent: going straight would be what its owner did not want.
 */
export function createNodeFetch(env: Readonly<Record<string, string | undefined>>): Fetch {
  const reading = readProxySettings(env);
  if (!reading.ok) {
    const { variable } = reading;
    return async () => {
      throw Object.assign(new TypeError(`${variable} names no proxy`), { code: 'ERR_PROXY_SETTING' });
    };
  }
  const { settings } = reading;
  if (settings.http === null && settings.https === null) return (url, init) => globalThis.fetch(url, init);
  let through: Promise<Fetch> | null = null;
  return async (url, init) => {
    // It is large, and most have no proxy.
    through ??= fetchThrough(settings);
    return (await through)(url, init);
  };
}

async function fetchThrough({ http, https, noProxy }: ProxySettings): Promise<Fetch> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  // An empty text keeps it from looking into this process's environment by itself.
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: http ?? '', httpsProxy: https ?? '', noProxy });
  return (url, init) => fetch(url, { ...init, dispatcher });
}
