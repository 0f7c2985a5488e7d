import type { KeptProxyLogin, ProxyLogin } from '../../../contract/state.ts';

/** What a proxy wants, in a sentence. */
export function proxyAsks({ host, refused }: Pick<ProxyLogin, 'host' | 'refused'>): string {
  return refused
    ? `The proxy ${host} does not accept the user name and password it was given.`
    : `The proxy ${host} asks for a user name and password.`;
}

const PLACES: Readonly<Record<KeptProxyLogin['place'], string>> = {
  keychain: 'in the keychain',
  session: 'until the app ends',
};

/** What tells a login from others for the same proxy, and where it is: `“Company” · basic · in the keychain`. */
export function keptLine({ realm, scheme, place }: Omit<KeptProxyLogin, 'host'>): string {
  return [realm === '' ? null : `“${realm}”`, scheme, PLACES[place]]
    .filter((part) => part !== null)
    .join(' · ');
}
