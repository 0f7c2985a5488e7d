import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import { OrderSchema } from '../../../contract/order.ts';
import { problemsOf } from '../../../main/orders/legal.ts';
import { type LifeEvent, live } from '../../../main/orders/life.ts';
import { adoptionOf, draftOf, type OrderRecord } from '../../../main/orders/record.ts';
import { isFinal } from '../../../main/orders/statuses.ts';
import { fc } from '../support/dice.ts';
import { anyEvent } from './support/events.ts';
import { ACCOUNT, EID, intent, profile, sidOf } from './support/profiles.ts';

const SENT: LifeEvent = { kind: 'sent', sentAt: { ms: 5, by: 'provider' }, knownSids: [] };
const CREATED: LifeEvent = { kind: 'created', profile: profile() };
const TIMEOUT: LifeEvent = { kind: 'unknown', fault: fault('provider.timeout') };
const REFUSED: LifeEvent = { kind: 'refused', fault: fault('provider.outOfStock') };
const CANCELLED: LifeEvent = { kind: 'cancelled', because: 'technician' };
const observed = (status: string, more = {}): LifeEvent => ({
  kind: 'observed',
  profile: profile({ status, ...more }),
});
const offer = {
  sid: sidOf(3),
  status: 'available',
  eid: EID,
  iccid: null,
  smdpAddress: null,
  matchingId: null,
  dateCreated: null,
  orderId: null,
};

/** An order that has lived through these events, in its last state; events that are refused or tell nothing are passed over. */
function lived(...events: LifeEvent[]): OrderRecord {
  let record = draftOf('a', intent(), 1);
  for (const event of events) {
    const step = live(record, event, 2);
    if (step.kind === 'changed') record = step.record;
  }
  return record;
}

function statusAfter(...events: LifeEvent[]): string {
  return lived(...events).order.status;
}

describe("an order's way", () => {
  it.each<[string, LifeEvent[], string]>([
    ['begins as a draft', [], 'draft'],
    ['is sending while a request may be under way', [SENT], 'sending'],
    ["takes the provider's status", [SENT, CREATED], 'new'],
    [
      'moves on with the provider',
      [SENT, CREATED, observed('reserving'), observed('available')],
      'available',
    ],
    ['may jump ahead', [SENT, CREATED, observed('installed')], 'installed'],
    ['may fail from anywhere', [SENT, CREATED, observed('available'), observed('failed')], 'failed'],
    ['shows a status that is new to us', [SENT, CREATED, observed('paused')], 'paused'],
    [
      'goes on from a status that is new to us',
      [SENT, CREATED, observed('paused'), observed('available')],
      'available',
    ],
    ['never falls back', [SENT, CREATED, observed('available'), observed('reserving')], 'available'],
    [
      'never falls back behind what was reached before a status that is new to us',
      [SENT, CREATED, observed('available'), observed('paused'), observed('new')],
      'available',
    ],
    ["marks a provider's status that reads like ours", [SENT, CREATED, observed('draft')], 'provider:draft'],
    ['names an empty status', [SENT, CREATED, observed(' ')], 'unknown'],
    ['is unconfirmed when the answer is missing', [SENT, TIMEOUT], 'unconfirmed'],
    ['is unconfirmed when the bench ended meanwhile', [SENT, { kind: 'leftOver' }], 'unconfirmed'],
    [
      'is unconfirmed when the answer names no profile',
      [SENT, { kind: 'created', profile: profile({ sid: null }) }],
      'unconfirmed',
    ],
    ['takes a late answer', [SENT, TIMEOUT, CREATED], 'new'],
    [
      'is found in the list',
      [SENT, TIMEOUT, { kind: 'found', by: 'list', profile: profile({ status: 'reserving' }) }],
      'reserving',
    ],
    ['is refused', [SENT, REFUSED], 'refused'],
    [
      'is a draft again when it was certainly not processed',
      [SENT, { kind: 'notProcessed', heldFor: 'limit', fault: fault('provider.limited') }],
      'draft',
    ],
    ['is cancelled before it is sent', [CANCELLED], 'cancelled'],
    ['cannot be cancelled once sent', [SENT, CANCELLED], 'sending'],
    ['cannot be cancelled while unconfirmed', [SENT, TIMEOUT, CANCELLED], 'unconfirmed'],
    ['stays installed', [SENT, CREATED, observed('installed'), observed('failed')], 'installed'],
    ['stays failed', [SENT, CREATED, observed('failed'), observed('available')], 'failed'],
    ['stays refused', [SENT, REFUSED, CREATED, SENT], 'refused'],
    ['stays cancelled', [CANCELLED, SENT, CREATED], 'cancelled'],
    ['is not sent twice', [SENT, CREATED, SENT], 'new'],
    ['is not sent again while unconfirmed', [SENT, TIMEOUT, SENT], 'unconfirmed'],
    [
      'does not take the profile of another',
      [SENT, CREATED, observed('available', { sid: sidOf(2) })],
      'new',
    ],
  ])('%s', (_what, events, status) => {
    expect(statusAfter(...events)).toBe(status);
  });

  it('keeps what it knows when the provider no longer tells it', () => {
    const { order } = lived(
      SENT,
      CREATED,
      observed('available', {
        iccid: '8900',
        activationCode: '1$smdp.example$AAA$$1',
        smdpPlusAddress: 'smdp.example',
      }),
      observed('downloaded'),
    );
    expect(order).toMatchObject({
      iccid: '8900',
      activationCode: '1$smdp.example$AAA$$1',
      lpa: 'LPA:1$smdp.example$AAA$$1',
      confirmationCodeRequired: true,
    });
  });

  it('writes down what is told later without a new status', () => {
    const record = lived(SENT, CREATED, observed('new', { iccid: '8900', extra: { colour: 'red' } }));
    expect(record.order.extra).toEqual({ colour: 'red' });
    expect(record.order.history.at(-1)?.note).toBe('Told by the provider: ICCID, colour.');
  });

  it('names an old answer of the provider once', () => {
    const record = lived(SENT, CREATED, observed('available'), observed('reserving'), observed('reserving'));
    expect(record.order.history.slice(4).map((entry) => entry.note)).toEqual([
      'The provider says reserving again; available stays.',
    ]);
  });

  it("says in the provider's words why a profile failed", () => {
    const { order } = lived(
      SENT,
      CREATED,
      observed('failed', { errorCode: '83500', errorMessage: 'Out of stock' }),
    );
    expect(order.fault).toMatchObject({
      code: 'order.failed',
      message: 'The provider could not make the profile: Out of stock',
      providerCode: '83500',
    });
  });

  it('remembers when it was sent and what was there before', () => {
    expect(lived({ ...SENT, knownSids: [sidOf(7)] } as LifeEvent).trail).toMatchObject({
      sentAt: { ms: 5, by: 'provider' },
      knownSids: [sidOf(7)],
    });
  });

  it('waits, and says for what, once', () => {
    const held: LifeEvent = { kind: 'held', heldFor: 'network', fault: fault('provider.offline') };
    const record = lived(held, held, { kind: 'held', heldFor: 'account', fault: fault('account.rejected') });
    expect(record.order).toMatchObject({
      status: 'draft',
      heldFor: 'account',
      fault: { code: 'account.rejected' },
    });
    expect(record.order.history).toHaveLength(3);
    expect(lived(held, SENT).order).toMatchObject({ heldFor: null, fault: null });
  });

  it('is not sent while live profiles of its EID are to be chosen from, until another is wanted in so many words', () => {
    const offered: LifeEvent = { kind: 'offered', candidates: [offer] };
    const chosen: LifeEvent = { kind: 'found', by: 'technician', profile: profile({ sid: offer.sid }) };
    expect(lived(offered).order).toMatchObject({ heldFor: 'choice', candidates: [offer], status: 'draft' });
    expect(statusAfter(offered, SENT)).toBe('draft');
    expect(lived(offered, { kind: 'released' })).toMatchObject({
      order: { heldFor: 'turn', candidates: [], fault: null },
      trail: { orderAnother: true },
    });
    expect(lived(offered, chosen).order).toMatchObject({ status: 'new', sid: offer.sid, candidates: [] });
  });

  it('says when the list shows nothing or too much', () => {
    const vain: LifeEvent = { kind: 'lookedInVain', look: 'due' };
    const last: LifeEvent = { kind: 'lookedInVain', look: 'last' };
    const several: LifeEvent = { kind: 'several', candidates: [offer, { ...offer, sid: sidOf(4) }] };
    expect(lived(SENT, TIMEOUT, vain, { kind: 'lookedInVain', look: 'extra' })).toMatchObject({
      trail: { looks: 1 },
      order: { heldFor: null },
    });
    expect(lived(SENT, TIMEOUT, vain, vain)).toMatchObject({ trail: { looks: 2 }, order: { heldFor: null } });
    expect(lived(SENT, TIMEOUT, vain, last, last)).toMatchObject({
      trail: { looks: 2 },
      order: { heldFor: 'nothingFound', status: 'unconfirmed' },
    });
    expect(lived(SENT, TIMEOUT, last, several).order).toMatchObject({
      heldFor: 'choice',
      status: 'unconfirmed',
    });
    expect(statusAfter(SENT, TIMEOUT, several, { kind: 'found', by: 'technician', profile: profile() })).toBe(
      'new',
    );
  });

  it.each<[string, LifeEvent[], boolean]>([
    ['a draft', [], false],
    ['one that is being sent', [SENT], false],
    ['one that is being looked for', [SENT, TIMEOUT], false],
    ['one that was not found', [SENT, TIMEOUT, { kind: 'lookedInVain', look: 'last' }], true],
    ['one that is on its way', [SENT, CREATED], true],
    ['a final one', [SENT, REFUSED], true],
  ])('%s may be archived: %s', (_what, events, may) => {
    const { order } = lived(...events, { kind: 'archived', archived: true });
    expect(order.archivedAt !== null).toBe(may);
  });

  it('leaves the archive again, also when final', () => {
    const record = lived(
      SENT,
      REFUSED,
      { kind: 'archived', archived: true },
      { kind: 'archived', archived: false },
    );
    expect(record.order).toMatchObject({ archivedAt: null, status: 'refused' });
    expect(record.order.history).toHaveLength(5);
  });

  it('remembers a profile that the provider does not know, until it does', () => {
    const gone: LifeEvent = { kind: 'notKnown', fault: fault('provider.notFound') };
    const lost = lived(SENT, CREATED, gone, gone);
    expect(lost.order).toMatchObject({ status: 'new', fault: { code: 'provider.notFound' } });
    expect(lost.order.history).toHaveLength(4);
    expect(lived(SENT, CREATED, gone, observed('new')).order.fault).toBeNull();
  });
});

describe('whatever happens to an order', () => {
  const start = fc.constantFrom<OrderRecord>(
    draftOf('a', intent(), 1),
    draftOf('b', intent({ target: { kind: 'matchingId' }, orderAnother: true }), 1),
    adoptionOf('c', { eid: EID, device: null, account: ACCOUNT }, 1),
  );

  it('its state is legal, history only grows, and what is final stays final', () => {
    fc.assert(
      fc.property(start, fc.array(anyEvent, { maxLength: 40 }), (first, events) => {
        let record = first;
        for (const [index, event] of events.entries()) {
          const step = live(record, event, index);
          if (step.kind !== 'changed') continue;
          const before = record.order;
          record = step.record;
          expect(problemsOf(record)).toEqual([]);
          expect(record.order.history.slice(0, -1)).toEqual(before.history);
          if (isFinal(before.status)) expect(record.order.status).toBe(before.status);
          if (before.sid !== null) expect(record.order.sid).toBe(before.sid);
          expect(OrderSchema.safeParse(record.order).success).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('what is told or asked twice is written once', () => {
    const repeatable = anyEvent.filter(({ kind }) =>
      ['observed', 'held', 'offered', 'several', 'notKnown', 'archived', 'created'].includes(kind),
    );
    fc.assert(
      fc.property(start, fc.array(anyEvent, { maxLength: 15 }), repeatable, (first, events, twice) => {
        let record = first;
        for (const event of events) {
          const step = live(record, event, 1);
          if (step.kind === 'changed') record = step.record;
        }
        const once = live(record, twice, 2);
        if (once.kind === 'changed') expect(live(once.record, twice, 3).kind).not.toBe('changed');
      }),
      { numRuns: 1_000 },
    );
  });
});
