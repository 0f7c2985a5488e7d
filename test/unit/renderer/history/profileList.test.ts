import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../../contract/channels.ts';
import { type Fault, fault } from '../../../../contract/fault.ts';
import type { ProfilePage } from '../../../../contract/remoteProfile.ts';
import { fail, ok, type Result } from '../../../../contract/result.ts';
import {
  type Asked,
  incompleteFault,
  ProfileLists,
} from '../../../../renderer/features/history/profileList.ts';
import { aRemoteProfile, NOW } from '../fixtures.ts';

const NO_FILTER = { eid: null, simSid: null, status: null };
const HERE: Asked = { account: 'Workshop', identity: 'a', filter: NO_FILTER };

interface Waiting {
  readonly input: RequestInput<'profiles.page'>;
  answer(result: Result<ProfilePage>): Promise<void>;
}

let waiting: Waiting[];
let lists: ProfileLists;

beforeEach(() => {
  waiting = [];
  lists = new ProfileLists(
    (input) =>
      new Promise((resolve) => {
        waiting.push({
          input,
          async answer(result) {
            resolve(result);
            await Promise.resolve();
            await Promise.resolve();
          },
        });
      }),
    () => NOW,
  );
});

const page = (sids: readonly (string | null)[], next: string | null, part: Partial<ProfilePage> = {}) =>
  ok({
    profiles: sids.map((sid) => aRemoteProfile({ sid })),
    next,
    incomplete: null,
    account: 'Workshop',
    ...part,
  });
const asked = (number: number): Waiting => {
  const found = waiting[number];
  if (found === undefined) throw new Error(`only ${waiting.length} pages were asked for`);
  return found;
};
const sids = () => lists.store.get()?.profiles.map(({ sid }) => sid);

describe('a list of the provider’s profiles', () => {
  it('begins with its first page, and says when that came', async () => {
    lists.show(HERE);
    expect(lists.store.get()).toMatchObject({ asking: 'first', profiles: [], answeredAt: null });
    expect(asked(0).input).toEqual({ filter: NO_FILTER, cursor: null });
    await asked(0).answer(page(['HP1', 'HP2'], '/next'));
    expect(lists.store.get()).toMatchObject({ asking: null, next: '/next', goesOn: true, answeredAt: NOW });
    expect(sids()).toEqual(['HP1', 'HP2']);
  });

  it('goes on page by page, one at a time, to its end', async () => {
    lists.show(HERE);
    lists.more();
    await asked(0).answer(page(['HP1'], '/2'));
    lists.more();
    lists.more();
    expect(waiting).toHaveLength(2);
    expect(asked(1).input.cursor).toBe('/2');
    expect(lists.store.get()).toMatchObject({ asking: 'next' });
    await asked(1).answer(page(['HP2'], null));
    lists.more();
    expect(waiting).toHaveLength(2);
    expect(sids()).toEqual(['HP1', 'HP2']);
    expect(lists.store.get()).toMatchObject({ next: null, asking: null });
  });

  it('shows a profile once that two pages have, and all those without a SID', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP1', 'HP2', null], '/2'));
    lists.more();
    await asked(1).answer(page(['HP2', 'HP3', null], null));
    expect(sids()).toEqual(['HP1', 'HP2', null, 'HP3', null]);
  });

  it('does not go on by itself after a page that brought nothing, but when asked', async () => {
    lists.show(HERE);
    await asked(0).answer(page([], '/2'));
    expect(lists.store.get()).toMatchObject({ goesOn: false, next: '/2' });
    lists.more();
    await asked(1).answer(page(['HP1'], null));
    expect(sids()).toEqual(['HP1']);
  });

  it('ends where it goes in a circle, and says so', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], '/2'));
    lists.more();
    await asked(1).answer(page(['HP2'], '/2'));
    expect(lists.store.get()).toMatchObject({ next: null, incomplete: { code: 'provider.unreadable' } });
  });

  it('keeps the first reason why it does not tell all, in words for a person', async () => {
    const first = fault('provider.unreadable', { details: 'first' });
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], '/2', { incomplete: first }));
    lists.more();
    await asked(1).answer(page(['HP2'], null, { incomplete: fault('provider.unreadable') }));
    expect(lists.store.get()?.incomplete).toEqual(first);
    expect(incompleteFault(first)).toMatchObject({
      code: 'provider.unreadable',
      details: 'first',
      message: expect.stringContaining('does not tell all'),
    });
  });
});

describe('what is begun anew', () => {
  const OTHER: readonly [string, Asked][] = [
    ['another account', { ...HERE, account: 'Field' }],
    ['the same one with another key', { ...HERE, identity: 'b' }],
    ['another filter', { ...HERE, filter: { ...NO_FILTER, status: 'failed' } }],
  ];

  it.each(OTHER)(
    '%s: what was there is gone at once, and its late answer is dropped',
    async (_what, other) => {
      lists.show(HERE);
      await asked(0).answer(page(['HP1'], '/2'));
      lists.more();
      lists.show(other);
      expect(lists.store.get()).toMatchObject({ asked: other, profiles: [], asking: 'first' });
      await asked(1).answer(page(['HP-late'], null));
      expect(sids()).toEqual([]);
      await asked(2).answer(page(['HP9'], null, { account: other.account }));
      expect(sids()).toEqual(['HP9']);
    },
  );

  it('not the same again: who comes back finds what was there', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], null));
    lists.show({ ...HERE });
    expect(waiting).toHaveLength(1);
    expect(sids()).toEqual(['HP1']);
  });

  it('not from an answer of the account that main has switched to meanwhile', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP-of-Field'], null, { account: 'Field' }));
    expect(lists.store.get()).toMatchObject({ asking: 'first', profiles: [] });
  });

  it('on demand, with what was there in sight until the answer', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], '/2'));
    lists.again();
    expect(lists.store.get()).toMatchObject({ asking: 'first' });
    expect(sids()).toEqual(['HP1']);
    lists.more();
    expect(waiting).toHaveLength(2);
    await asked(1).answer(page(['HP0', 'HP1'], null));
    expect(sids()).toEqual(['HP0', 'HP1']);
  });
});

describe('a page that cannot be had', () => {
  const OFFLINE: Fault = fault('provider.offline');

  it('the first: there is no list, and it is asked for again on demand or by coming back', async () => {
    lists.show(HERE);
    await asked(0).answer(fail(OFFLINE));
    expect(lists.store.get()).toMatchObject({ asking: null, fault: OFFLINE, profiles: [] });
    lists.retry();
    expect(lists.store.get()).toMatchObject({ asking: 'first', fault: null });
    await asked(1).answer(fail(OFFLINE));
    lists.show(HERE);
    await asked(2).answer(page(['HP1'], null));
    expect(lists.store.get()).toMatchObject({ fault: null });
    expect(sids()).toEqual(['HP1']);
  });

  it('a later one: what is there stays, and the same page is asked for again', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], '/2'));
    lists.more();
    await asked(1).answer(fail(OFFLINE));
    expect(lists.store.get()).toMatchObject({ asking: null, fault: OFFLINE, goesOn: false, next: '/2' });
    expect(sids()).toEqual(['HP1']);
    lists.retry();
    expect(asked(2).input.cursor).toBe('/2');
    await asked(2).answer(page(['HP2'], null));
    expect(sids()).toEqual(['HP1', 'HP2']);
  });

  it('the first, asked for anew: what is there stays as it was, and is asked for anew once more', async () => {
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], '/2'));
    const before = lists.store.get();
    lists.again();
    expect(lists.store.get()).toEqual({ ...before, asking: 'first' });
    await asked(1).answer(fail(OFFLINE));
    expect(lists.store.get()).toEqual({ ...before, goesOn: false, staleFault: OFFLINE });
    lists.more();
    await asked(2).answer(page(['HP2'], null));
    expect(lists.store.get()).toMatchObject({ staleFault: OFFLINE, next: null });
    lists.retry();
    expect(asked(3).input.cursor).toBeNull();
    await asked(3).answer(fail(OFFLINE));
    lists.show(HERE);
    expect(asked(4).input.cursor).toBeNull();
    await asked(4).answer(page(['HP0', 'HP1'], null));
    expect(lists.store.get()).toMatchObject({ staleFault: null, fault: null });
    expect(sids()).toEqual(['HP0', 'HP1']);
  });

  it('anew, of a list that had nothing in it: there is no list', async () => {
    lists.show(HERE);
    await asked(0).answer(page([], null));
    lists.again();
    await asked(1).answer(fail(OFFLINE));
    expect(lists.store.get()).toMatchObject({ fault: OFFLINE, staleFault: null, answeredAt: null });
  });

  it('is not retried where nothing failed', async () => {
    lists.retry();
    lists.again();
    lists.more();
    expect(waiting).toEqual([]);
    lists.show(HERE);
    await asked(0).answer(page(['HP1'], null));
    lists.retry();
    expect(waiting).toHaveLength(1);
  });
});
