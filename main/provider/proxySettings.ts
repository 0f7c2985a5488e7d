import { parseUrl } from './http.ts';

/** How requests leave a program that has no system settings to go by. */
export interface ProxySettings {
  /** Absolute; null: straight. */
  readonly http: string | null;
  readonly https: string | null;
  /** Hosts that are asked straight, separated by commas; `*`: all of them. */
  readonly noProxy: string;
}

export type ProxyReading =
  | { readonly ok: true; readonly settings: ProxySettings }
  /** The variable that names no proxy; never its value, which may hold a password. */
  | { readonly ok: false; readonly variable: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** The usual names; the first that is set counts, small letters before capitals, as curl has it. */
const VARIABLES = {
  http: ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
  https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  noProxy: ['no_proxy', 'NO_PROXY'],
} as const;

/** This computer is never behind a proxy: what a browser does by itself. */
const LOOPBACK = 'localhost,127.0.0.1,[::1]';

/** The proxy settings in an environment. A proxy without a scheme is one that speaks HTTP (`proxy.example:3128`). */
export function readProxySettings(env: Environment): ProxyReading {
  const http = readProxy(env, VARIABLES.http);
  if (!http.ok) return http;
  const https = readProxy(env, VARIABLES.https);
  if (!https.ok) return https;
  const listed = firstSet(env, VARIABLES.noProxy)?.value ?? '';
  const noProxy = listed.trim() === '*' ? '*' : [listed, LOOPBACK].filter((part) => part !== '').join(',');
  return { ok: true, settings: { http: http.proxy, https: https.proxy, noProxy } };
}

function readProxy(
  env: Environment,
  names: readonly string[],
): { readonly ok: true; readonly proxy: string | null } | { readonly ok: false; readonly variable: string } {
  const found = firstSet(env, names);
  if (found === null) return { ok: true, proxy: null };
  const text = found.value.includes('://') ? found.value : `http://${found.value}`;
  const url = parseUrl(text);
  const isProxy = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
  return isProxy ? { ok: true, proxy: url.href } : { ok: false, variable: found.name };
}

function firstSet(
  env: Environment,
  names: readonly string[],
): { readonly name: string; readonly value: string } | null {
  for (const name of names) {
    const value = env[name]?.trim();
    // Set and empty means none, whatever a later name says.
    if (value !== undefined) return value === '' ? null : { name, value };
  }
  return null;
}
