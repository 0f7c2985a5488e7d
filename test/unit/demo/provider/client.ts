import type { ProviderAccount } from '../../../../main/demo/provider/accounts.ts';
import type { Delivery, ProviderResponse } from '../../../../main/demo/provider/http.ts';
import {
  createVirtualProvider,
  type VirtualProvider,
  type VirtualProviderOptions,
} from '../../../../main/demo/provider/virtualProvider.ts';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';

export const ORIGIN = 'https://demo.invalid';
export const ACCOUNT = `AC${'de30'.repeat(8)}`;
export const KEY = `SK${'de30'.repeat(8)}`;
export const CLIENT = 'client-de30';
export const EID = '89044011112233441122334411223321';

export function accounts(): ProviderAccount[] {
  return [
    {
      accountSid: ACCOUNT,
      authToken: 'the auth token',
      keys: [
        { sid: KEY, secret: 'the key secret', permitted: true },
        { sid: `SK${'0'.repeat(32)}`, secret: 'another', permitted: false },
      ],
      clients: [
        { clientId: CLIENT, secret: 'the client secret', permitted: true },
        { clientId: 'client-without-right', secret: 'another', permitted: false },
      ],
    },
    { accountSid: `AC${'b'.repeat(32)}`, authToken: 'of somebody else', keys: [] },
  ];
}

export function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

export interface Client {
  readonly provider: VirtualProvider;
  readonly clock: FakeClock;
  send(method: string, path: string, options?: SendOptions): Delivery;
  /** The response of an answer; throws where none came. */
  ask(method: string, path: string, options?: SendOptions): ProviderResponse;
  create(form: Record<string, string>): ProviderResponse;
  get(path: string): ProviderResponse;
}

interface SendOptions {
  readonly authorization?: string | null;
  readonly contentType?: string;
  readonly body?: string;
}

export function client(options: Partial<VirtualProviderOptions> = {}): Client {
  const clock = createFakeClock();
  const provider = createVirtualProvider({ clock, accounts: accounts(), ...options });

  function send(method: string, path: string, how: SendOptions = {}): Delivery {
    const authorization = how.authorization === undefined ? basic(KEY, 'the key secret') : how.authorization;
    return provider.handle({
      method,
      url: path.startsWith('https:') ? path : `${ORIGIN}${path}`,
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(method === 'POST'
          ? { 'content-type': how.contentType ?? 'application/x-www-form-urlencoded' }
          : {}),
      },
      body: how.body ?? '',
    });
  }

  function ask(method: string, path: string, how?: SendOptions): ProviderResponse {
    const delivery = send(method, path, how);
    if (delivery.kind !== 'answer') throw new Error(`no answer: ${delivery.kind}`);
    return delivery.response;
  }

  return {
    provider,
    clock,
    send,
    ask,
    create: (form) => ask('POST', '/v1/ESimProfiles', { body: new URLSearchParams(form).toString() }),
    get: (path) => ask('GET', path),
  };
}
