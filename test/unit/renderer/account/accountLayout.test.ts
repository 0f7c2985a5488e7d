import { describe, expect, it } from 'vitest';
import { accountLayout } from '../../../../renderer/features/account/accountLayout.ts';
import { ACCOUNT } from '../fixtures.ts';

const named = (...names: string[]) => names.map((name) => ({ name, account: ACCOUNT, simDefaults: null }));

describe('what is shown of the accounts', () => {
  it.each([
    ['none yet', [], null, false, { listed: false, form: 'inUse', tools: false }],
    ['one', ['Van'], 'Van', false, { listed: false, form: 'inUse', tools: true }],
    ['one, while another is added', ['Van'], 'Van', true, { listed: true, form: 'another', tools: false }],
    ['one that is not in use', ['Van'], null, false, { listed: true, form: null, tools: false }],
    ['several', ['Van', 'Site'], 'Van', false, { listed: true, form: 'inUse', tools: false }],
    ['several, none in use', ['Van', 'Site'], null, false, { listed: true, form: null, tools: false }],
  ] as const)('%s', (_what, names, inUse, adding, shown) => {
    expect(accountLayout(named(...names), inUse, adding)).toEqual(shown);
  });

  it('offers each account to be renamed, in the list or at its form', () => {
    for (const names of [['Van'], ['Van', 'Site']]) {
      for (const inUse of [null, 'Van']) {
        for (const adding of [false, true]) {
          const { listed, tools } = accountLayout(named(...names), inUse, adding);
          expect(listed !== tools).toBe(true);
        }
      }
    }
  });
});
