import type { ProxyLogin } from '../../../contract/state.ts';

/** What a proxy wants, in a sentence. */
export function proxyAsks({ host, refused }: Pick<ProxyLogin, 'host' | 'refused'>): string {
  return refused
    ? `The proxy ${host} does not accept the user name and password it was given.`
    : `The proxy ${host} asks for a user name and password.`;
}
