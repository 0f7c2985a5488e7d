import { describe, expect, it } from 'vitest';
import { createNodeFetch } from '../../../main/provider/nodeFetch.ts';
import { readProxySettings } from '../../../main/provider/proxySettings.ts';
import { classifyFailure } from '../../../main/provider/transportFailures.ts';

const LOOPBACK = 'localhost,127.0.0.1,[::1]';
const P = 'http://proxy.example:3128/';
const Q = 'http://other.example:8080/';

describe('the proxy settings of an environment', () => {
  it.each<[string, Record<string, string>, { http: string | null; https: string | null; noProxy?: string }]>([
    ['none', {}, { http: null, https: null }],
    ['for https', { HTTPS_PROXY: P }, { http: null, https: P }],
    ['for http', { HTTP_PROXY: P }, { http: P, https: null }],
    ['for all', { ALL_PROXY: P }, { http: P, https: P }],
    ['for all but one of its own', { ALL_PROXY: P, HTTPS_PROXY: Q }, { http: P, https: Q }],
    ['in small letters first', { HTTPS_PROXY: P, https_proxy: Q }, { http: null, https: Q }],
    ['empty, which means none', { HTTPS_PROXY: '', ALL_PROXY: P }, { http: P, https: null }],
    ['without a scheme', { HTTPS_PROXY: 'proxy.example:3128' }, { http: null, https: P }],
    [
      'with a login',
      { HTTPS_PROXY: 'u:p%40@proxy.example:3128' },
      { http: null, https: 'http://u:p%40@proxy.example:3128/' },
    ],
    [
      'of a proxy that speaks TLS',
      { HTTPS_PROXY: 'https://proxy.example' },
      { http: null, https: 'https://proxy.example/' },
    ],
    [
      'with hosts that go straight',
      { HTTPS_PROXY: P, NO_PROXY: '.corp.example,10.0.0.1' },
      { http: null, https: P, noProxy: `.corp.example,10.0.0.1,${LOOPBACK}` },
    ],
    [
      'that all go straight',
      { HTTPS_PROXY: P, no_proxy: ' * ', NO_PROXY: 'x' },
      { http: null, https: P, noProxy: '*' },
    ],
  ])('are %s', (_which, env, settings) => {
    expect(readProxySettings(env)).toEqual({ ok: true, settings: { noProxy: LOOPBACK, ...settings } });
  });

  it.each([
    ['HTTPS_PROXY', 'socks5://user:secret-word@proxy.example'],
    ['http_proxy', 'ftp://secret-word@x'],
    ['ALL_PROXY', 'http://secret-word:port'],
    ['HTTPS_PROXY', 'http://'],
  ])('are none where %s is %j, and do not quote it', (variable, value) => {
    const reading = readProxySettings({ [variable]: value });
    expect(reading).toEqual({ ok: false, variable });
  });
});

describe('a fetch by these settings', () => {
  it('is refused, certainly unsent, where they are none', async () => {
    const error: unknown = await createNodeFetch({ HTTPS_PROXY: 'ftp://secret-word@x' })(
      'https://x.invalid',
      {},
    ).catch((reason: unknown) => reason);
    expect(classifyFailure(error, false)).toEqual({
      reach: 'neverOpened',
      cause: 'proxySetting',
      text: 'ERR_PROXY_SETTING HTTPS_PROXY names no proxy',
    });
  });
});
