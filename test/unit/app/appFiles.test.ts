import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, contentTypeOf, fileFor, isOwnAddress } from '../../../main/app/appFiles.ts';

describe('fileFor', () => {
  it.each([
    ['app://bench/', '/app/renderer/index.html'],
    ['app://bench/index.html', '/app/renderer/index.html'],
    ['app://bench/assets/main-1a2b.js', '/app/renderer/assets/main-1a2b.js'],
    ['app://bench/assets/main.js?v=1#part', '/app/renderer/assets/main.js'],
    ['app://bench/with%20blank.svg', '/app/renderer/with blank.svg'],
  ])('serves %s', (address, path) => {
    expect(fileFor('/app/renderer', address)).toBe(path);
  });

  it.each([
    ['another host', 'app://other/index.html'],
    ['another scheme', 'file:///etc/passwd'],
    ['a path that climbs out, encoded', 'app://bench/%2e%2e%2f%2e%2e%2fetc/passwd'],
    ['a path that climbs out into a neighbour', 'app://bench/..%2frenderer-secret/index.html'],
    ['a backslash that climbs out', 'app://bench/..%5c..%5csettings.json'],
    ['a broken escape', 'app://bench/%E0%A4%A'],
    ['a NUL', 'app://bench/index.html%00.js'],
    ['no address at all', 'index.html'],
  ])('refuses %s', (_what, address) => {
    const path = fileFor('/app/renderer', address);
    if (path !== null) expect(path.startsWith('/app/renderer/')).toBe(true);
    else expect(path).toBeNull();
  });

  it('keeps every decoded address below its root', () => {
    for (const address of [
      'app://bench/%2e%2e/x',
      'app://bench/..%2f..%2f..%2fetc%2fpasswd',
      'app://bench/a/..%2f..%2fb',
    ]) {
      expect(fileFor('/app/renderer', address)?.startsWith('/app/renderer/') ?? true).toBe(true);
    }
  });
});

describe('contentTypeOf', () => {
  it('knows what the window is made of and nothing else', () => {
    expect(contentTypeOf('/x/index.html')).toMatch(/^text\/html/);
    expect(contentTypeOf('/x/a.woff2')).toBe('font/woff2');
    expect(contentTypeOf('/x/ledger.sqlite')).toBeNull();
    expect(contentTypeOf('/x/settings.json')).toBeNull();
  });
});

describe('isOwnAddress', () => {
  it.each([
    ['app://bench/', true],
    ['app://bench/index.html', true],
    ['app://bench', false],
    ['app://bench.evil/', false],
    ['app://benchmark/', false],
    ['https://bench/', false],
    ['about:blank', false],
    ['', false],
  ])('%s: %s', (address, own) => {
    expect(isOwnAddress(address)).toBe(own);
  });
});

describe('contentSecurityPolicy', () => {
  it('allows nothing that is not named, no connection and no inline script', () => {
    const policy = contentSecurityPolicy('abc');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'nonce-abc'");
    expect(policy).not.toMatch(/unsafe|\*/);
  });
});
