import { describe, expect, it } from 'vitest';
import { keptLine, proxyAsks } from '../../../../renderer/features/proxy/proxyWords.ts';

describe('what a proxy wants', () => {
  it.each([
    [false, 'The proxy proxy.example:3128 asks for a user name and password.'],
    [true, 'The proxy proxy.example:3128 does not accept the user name and password it was given.'],
  ])('refused: %s', (refused, sentence) => {
    expect(proxyAsks({ host: 'proxy.example:3128', refused })).toBe(sentence);
  });
});

describe('a login that is kept', () => {
  it.each([
    ['Company', 'basic', 'keychain', '“Company” · basic · in the keychain'],
    ['', 'digest', 'session', 'digest · until the app ends'],
  ] as const)('of realm %j by %s in the %s', (realm, scheme, place, line) => {
    expect(keptLine({ realm, scheme, place })).toBe(line);
  });
});
