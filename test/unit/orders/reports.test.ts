import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import { checkLedger } from '../../../main/orders/checkLedger.ts';
import { ordersAsCsv, ordersAsJsonLines } from '../../../main/orders/exportOrders.ts';
import { draftOf } from '../../../main/orders/record.ts';
import { usualMsToAvailable } from '../../../main/orders/usual.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { must, newLedger } from './support/ledgers.ts';
import { ACCOUNT, EID, intent, profile, sidOf } from './support/profiles.ts';

function order(given: Partial<Order> = {}): Order {
  return { ...draftOf('a', intent(), Date.UTC(2026, 10, 24, 8)).order, ...given };
}

/** A reader of RFC 4180 that is not ours to be wrong in the same way: character by character. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (quoted && char === '"' && text[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ',' || char === '\n')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (char === '\n') rows.push([]);
    } else if (quoted || char !== '\r') cell += char;
  }
  return rows.filter((row) => row.length > 0);
}

describe('the export', () => {
  it('as JSON Lines is every order whole, one a line', () => {
    const orders = [order(), order({ id: 'b', extra: { note: 'a\nb' } })];
    const lines = [...ordersAsJsonLines(orders)];
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toEqual(orders);
  });

  it('as CSV has a line of names and one of values for each order', () => {
    const history = [
      { at: Date.UTC(2026, 10, 24, 8), status: 'draft', note: '' },
      { at: Date.UTC(2026, 10, 24, 8, 0, 1), status: 'sending', note: '' },
      { at: Date.UTC(2026, 10, 24, 8, 1), status: 'available', note: '' },
    ];
    const text = [
      ...ordersAsCsv([
        order({ status: 'available', history, lpa: 'LPA:1$a$', confirmationCodeRequired: true }),
      ]),
    ].join('');
    const [names = [], values = []] = readCsv(text);
    const row = Object.fromEntries(names.map((name, index) => [name, values[index]]));
    expect(row).toMatchObject({
      id: 'a',
      created: '2026-11-24T08:00:00.000Z',
      status: 'available',
      eid: EID,
      account_sid: ACCOUNT.accountSid,
      lpa: 'LPA:1$a$',
      confirmation_code: 'yes',
      sent: '2026-11-24T08:00:01.000Z',
      available: '2026-11-24T08:01:00.000Z',
      downloaded: '',
      fault: '',
      archived: '',
    });
    expect(values).toHaveLength(names.length);
  });

  it.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['a, "b"\nc', 'a, "b"\nc'],
    ['plain', 'plain'],
  ])('as CSV never hands a spreadsheet a formula: %j', (name, expected) => {
    const text = [...ordersAsCsv([order({ device: { id: 'x', name, imei: null } })])].join('');
    const [names = [], values = []] = readCsv(text);
    expect(values[names.indexOf('device')]).toBe(expected);
  });
});

describe('how long orders usually take', () => {
  const took = (ms: number, given: Partial<Order> = {}): Order =>
    order({
      history: [
        { at: 0, status: 'draft', note: '' },
        { at: 500, status: 'sending', note: '' },
        { at: 600, status: 'draft', note: '' },
        { at: 1_000, status: 'sending', note: '' },
        { at: 1_100, status: 'new', note: '' },
        { at: 1_000 + ms, status: 'available', note: '' },
        { at: 9_000_000, status: 'downloaded', note: '' },
      ],
      ...given,
    });

  it.each<[string, Order[], number | null]>([
    ['unknown without orders', [], null],
    ['unknown from two', [took(10), took(20)], null],
    ['the middle one of three', [took(30), took(10), took(20)], 20],
    ['between the middle ones of four', [took(40), took(10), took(20), took(30)], 25],
    ['without those that are not available yet', [took(1), took(2), order()], null],
    [
      'without those that were taken over',
      [took(1), took(2), order({ history: [{ at: 1, status: 'available', note: '' }] })],
      null,
    ],
    ['without those in which the clock was set back', [took(1), took(2), took(-5_000)], null],
  ])('is %s', (_what, orders, expected) => {
    expect(usualMsToAvailable(orders)).toBe(expected);
  });
});

describe('the orders that tell how long it takes', () => {
  it('are the latest of the account that have been available', () => {
    const clock = createFakeClock();
    const ledger = newLedger(clock);
    const elsewhere = { ...ACCOUNT, endpoint: 'https://other.example' };
    for (let number = 0; number < 8; number += 1) {
      const id = `o${number}`;
      const account = number === 6 ? elsewhere : ACCOUNT;
      must(ledger.write(draftOf(id, intent({ target: { kind: 'matchingId' }, account }), 1)));
      must(ledger.record(id, { kind: 'sent', sentAt: { ms: 1, by: 'local' }, knownSids: [] }));
      must(ledger.record(id, { kind: 'created', profile: profile({ sid: sidOf(number) }) }));
      if (number === 4) continue;
      const observed = (status: string) => profile({ sid: sidOf(number), status });
      must(ledger.record(id, { kind: 'observed', profile: observed('available') }));
      must(ledger.record(id, { kind: 'observed', profile: observed('installed') }));
    }
    const latest = must(ledger.latestAvailable(ACCOUNT, 3));
    expect(latest.map(({ order: { id } }) => id)).toEqual(['o7', 'o5', 'o3']);
  });
});

describe('the check of the ledger', () => {
  it('finds nothing where nothing is wrong', () => {
    const ledger = newLedger();
    must(ledger.write(draftOf('a', intent(), 1)));
    expect(must(checkLedger(ledger))).toEqual({ orders: 1, problems: [] });
  });

  it.each([
    [
      "UPDATE orders SET status = 'sending', held_for = NULL",
      'its last line of history names another status',
    ],
    [
      "UPDATE orders SET held_for = 'choice'",
      'is to be chosen for without candidates, or has candidates without a choice',
    ],
    ["UPDATE orders SET known_sids = '{'", expect.stringContaining('known_sids')],
    [
      "INSERT INTO history (order_id, at, status, note) VALUES ('a', 1, 'refused', ''), ('a', 2, 'new', '')",
      'went on after a final status',
    ],
  ])('names what is wrong: %s', (sql, problem) => {
    const ledger = newLedger();
    must(ledger.write(draftOf('a', intent(), 1)));
    new Database(ledger.path).exec(sql);
    expect(must(checkLedger(ledger)).problems).toContainEqual({ orderId: 'a', problem });
  });
});
