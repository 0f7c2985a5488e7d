import { describe, expect, it } from 'vitest';
import { MAX_PAGES, PageTrail, readPage } from '../../../main/provider/paging.ts';
import { listPage, wireProfile } from './support.ts';

describe('a page of the list', () => {
  it('may be empty, without a next one', () => {
    expect(readPage(listPage([]))).toEqual({ ok: true, entries: [], unreadable: null, nextPageUrl: null });
    expect(readPage({ esim_profiles: [] })).toMatchObject({ ok: true, nextPageUrl: null });
    expect(readPage({ esim_profiles: [], meta: {} })).toMatchObject({ ok: true, nextPageUrl: null });
  });

  it('gives the profiles in order, and the address of the next page', () => {
    const page = readPage(
      listPage([wireProfile({ status: 'a' }), wireProfile({ status: 'b' })], 'https://x/next'),
    );
    expect(page).toMatchObject({
      ok: true,
      entries: [{ status: 'a' }, { status: 'b' }],
      nextPageUrl: 'https://x/next',
    });
  });

  it('does not hide readable profiles behind an unreadable one, and says that there is one', () => {
    const page = readPage(
      listPage([wireProfile(), { status: 5 }, 'no profile', wireProfile({ status: 'b' })]),
    );
    expect(page).toMatchObject({ ok: true, entries: [{ status: 'new' }, { status: 'b' }] });
    if (page.ok) expect(page.unreadable).toMatch(/^2 of 4: .*status/);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a profile', wireProfile()],
    ['an object without the key', { meta: {} }],
    ['a key that is no list', { esim_profiles: {} }],
    ['a next address that is none', { esim_profiles: [], meta: { next_page_url: 7 } }],
    ['a list beyond all bounds', { esim_profiles: Array.from({ length: 10_001 }, () => null) }],
  ])('is not read from %s', (_what, value) => {
    expect(readPage(value).ok).toBe(false);
  });
});

describe('the way from page to page', () => {
  const first = new URL('https://supersim.twilio.com/v1/ESimProfiles?PageSize=50');

  it('follows the provider on the endpoint of the account', () => {
    const trail = new PageTrail(first);
    expect(
      trail.follow('https://supersim.twilio.com/v1/ESimProfiles?PageSize=50&Page=1&PageToken=PTx'),
    ).toBeNull();
    expect(trail.current).toBe(
      'https://supersim.twilio.com/v1/ESimProfiles?PageSize=50&Page=1&PageToken=PTx',
    );
    expect(trail.follow('/v1/ESimProfiles?Page=2')).toBeNull();
    expect(trail.current).toBe('https://supersim.twilio.com/v1/ESimProfiles?Page=2');
  });

  it.each([
    'https://evil.example/v1/ESimProfiles?Page=1',
    'http://supersim.twilio.com/v1/ESimProfiles?Page=1',
    'https://supersim.twilio.com:8443/v1/ESimProfiles?Page=1',
    'https://supersim.twilio.com.evil.example/?Page=1',
    'https://user:pass@supersim.twilio.com/v1/ESimProfiles?Page=1',
    '//evil.example/v1/ESimProfiles',
    'https://[bad',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('does not take credentials to %s', (next) => {
    const trail = new PageTrail(first);
    expect(trail.follow(next)).not.toBeNull();
    expect(trail.current).toBe(first.href);
  });

  it('notices a circle, also one that differs in the fragment alone', () => {
    const trail = new PageTrail(first);
    expect(trail.follow('?Page=1')).toBeNull();
    expect(trail.follow('?Page=1')).toContain('circle');
    expect(trail.follow(`${first.href}#again`)).toContain('circle');
  });

  it('has an end', () => {
    const trail = new PageTrail(first);
    for (let page = 1; page < MAX_PAGES; page += 1) expect(trail.follow(`?Page=${page}`)).toBeNull();
    expect(trail.follow(`?Page=${MAX_PAGES}`)).toContain('more than');
  });
});
