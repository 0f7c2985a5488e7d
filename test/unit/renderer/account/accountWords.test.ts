import { describe, expect, it } from 'vitest';
import {
  accountLine,
  accountNames,
  accountOfOrder,
  clearSentences,
  goneSentence,
  importedSentence,
  openOrdersOf,
} from '../../../../renderer/features/account/accountWords.ts';
import { ACCOUNT, AVAILABLE_EID, anOrder, NOW } from '../fixtures.ts';

const OTHER_SID = `AC${'0'.repeat(28)}beef`;
const workshop = { name: 'Workshop', account: ACCOUNT, simDefaults: null };
const field = { name: 'Field', account: { ...ACCOUNT, accountSid: OTHER_SID }, simDefaults: null };
/** The same account at the provider, with another key. */
const secondKey = { name: 'Night shift', account: { ...ACCOUNT, keySid: null }, simDefaults: null };

describe('an account in a line', () => {
  it.each([
    ['with a key', ACCOUNT, 'Twilio · AC0123…cdef · key SK0123…cdef'],
    ['with the auth token', { ...ACCOUNT, keySid: null }, 'Twilio · AC0123…cdef · auth token'],
    [
      'of KORE',
      {
        provider: 'kore',
        clientId: 'bench-client',
        endpoint: 'https://supersim.api.korewireless.com',
        tokenEndpoint: 'https://api.korewireless.com/token',
      },
      'KORE · bench-client · client secret',
    ],
  ] as const)('says provider, id and what signs in: %s', (_, account, line) => {
    expect(accountLine(account)).toBe(line);
  });
});

describe('the names that an order is found by', () => {
  const order = anOrder();
  it.each([
    ['that of its account', [workshop, field], order, 'workshop'],
    [
      'both, where two accounts are the same with another key',
      [workshop, secondKey],
      order,
      'workshop\nnight shift',
    ],
    ['none, where there is one account alone', [workshop], order, ''],
    ['none, where its account is gone', [field, { ...field, name: 'Also' }], order, ''],
  ])('%s', (_what, accounts, of, names) => {
    expect(accountNames(accounts)(of)).toBe(names);
  });
});

describe('whose an order is', () => {
  it('is not worth a word where there is one account', () => {
    expect(accountOfOrder(anOrder(), [workshop], 'Workshop')).toEqual({ kind: 'only' });
  });

  it('is said by name where there are several', () => {
    const both = [workshop, field];
    expect(accountOfOrder(anOrder(), both, 'Field')).toEqual({
      kind: 'named',
      name: 'Workshop',
      inUse: false,
    });
    expect(accountOfOrder(anOrder(), both, 'Workshop')).toMatchObject({ name: 'Workshop', inUse: true });
  });

  it('is the one in use of two that are the same at the provider, else the first', () => {
    const same = [workshop, secondKey];
    expect(accountOfOrder(anOrder(), same, 'Night shift')).toMatchObject({
      name: 'Night shift',
      inUse: true,
    });
    expect(accountOfOrder(anOrder(), same, null)).toMatchObject({ name: 'Workshop', inUse: false });
  });

  it.each([
    ['another account alone', [field]],
    [
      'the same account at another endpoint',
      [{ name: 'x', account: { ...ACCOUNT, endpoint: 'https://eu.example' }, simDefaults: null }],
    ],
    ['no account at all', []],
  ])('is gone where the list has %s', (_, accounts) => {
    expect(accountOfOrder(anOrder(), accounts, null)).toEqual({ kind: 'gone' });
  });

  it('says plainly that it is gone, and what that means while the order is open', () => {
    expect(goneSentence(anOrder())).toBe(
      'Its account, Twilio AC0123…cdef, is not in the list of accounts any more. The order is kept, but not asked about until the account is added again.',
    );
    expect(goneSentence(anOrder({ status: 'installed' }))).toBe(
      'Its account, Twilio AC0123…cdef, is not in the list of accounts any more.',
    );
  });
});

describe('clearing an account', () => {
  const orders = [
    anOrder(),
    anOrder({ ...AVAILABLE_EID, id: 'b' }),
    anOrder({ id: 'done', status: 'installed' }),
    anOrder({ id: 'away', archivedAt: NOW }),
    anOrder({ id: 'other', account: { ...anOrder().account, accountSid: OTHER_SID } }),
  ];

  it('counts its orders that are not at their end', () => {
    expect(openOrdersOf(ACCOUNT, orders)).toBe(2);
    expect(openOrdersOf(field.account, orders)).toBe(1);
  });

  it('says what becomes of them, and that none is in use then', () => {
    const said = clearSentences(workshop, [workshop, field], 'Workshop', orders);
    expect(said).toContain('2 open orders of this account are not asked about until it is added again.');
    expect(said).toContain('No account is in use then, until you choose another.');
  });

  it('says nothing of orders that there are not, nor of the one in use where that stays', () => {
    const said = clearSentences(field, [workshop, field], 'Workshop', []);
    expect(said).toEqual([
      'Account and secret are forgotten on this computer, also in the keychain.',
      'Orders and their QR codes stay in the ledger.',
    ]);
  });

  it('says that orders go on where another in the list is the same at the provider', () => {
    const said = clearSentences(secondKey, [workshop, secondKey], 'Workshop', orders);
    expect(said).toContain(
      'Another account in the list is the same at the provider: open orders go on with that one.',
    );
    expect(said.join(' ')).not.toContain('not asked about');
  });
});

describe('an import', () => {
  it.each([
    [0, 'Nothing was added: every account in this file is here already.'],
    [1, '1 account added. Its secret is not in the file: use the account, then enter it.'],
    [3, '3 accounts added. Their secrets are not in the file: use each account, then enter its secret.'],
  ])('of %d says what is still to be done', (added, sentence) => {
    expect(importedSentence(added)).toBe(sentence);
  });
});
