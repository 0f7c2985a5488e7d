import { describe, expect, it } from 'vitest';
import { checkLedger } from '../../../main/orders/checkLedger.ts';
import { type LifeEvent, live } from '../../../main/orders/life.ts';
import { draftOf, type Intent, type OrderRecord } from '../../../main/orders/record.ts';
import { isFinal, stepOf } from '../../../main/orders/statuses.ts';
import { fc } from '../support/dice.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { anyEvent } from './support/events.ts';
import { must, mustOpen, newLedger } from './support/ledgers.ts';
import { intent, sidOf } from './support/profiles.ts';

/** Events as they may come, with those that move an order on often enough that it gets somewhere. */
const likelyEvent: fc.Arbitrary<LifeEvent> = fc.oneof(
  { weight: 3, arbitrary: anyEvent },
  { weight: 1, arbitrary: anyEvent.filter(({ kind }) => kind === 'sent') },
  { weight: 1, arbitrary: anyEvent.filter(({ kind }) => kind === 'unknown' || kind === 'notProcessed') },
);
const events = fc.array(likelyEvent, { maxLength: 40 });
const targets = fc.constantFrom(
  { kind: 'eid', eid: '89049032123451234512345678901235' } as const,
  {
    kind: 'matchingId',
  } as const,
);

function lived(first: OrderRecord, happening: readonly LifeEvent[]): OrderRecord[] {
  const states = [first];
  for (const [index, event] of happening.entries()) {
    const step = live(states.at(-1) ?? first, event, index + 2);
    if (step.kind === 'changed') states.push(step.record);
  }
  return states;
}

const draft = (target: Intent['target']) => draftOf('a', intent({ target }), 1);

describe('whatever happens to an order', () => {
  it('a request for it leaves again only after one that was certainly not processed', () => {
    fc.assert(
      fc.property(targets, events, (target, happening) => {
        const { history } = lived(draft(target), happening).at(-1)?.order ?? draft(target).order;
        for (const [index, { note }] of history.entries()) {
          if (note === 'Sent to the provider.') expect(history[index - 1]?.status).toBe('draft');
        }
        // Nothing else leads there; what is said of the Sim meanwhile stays there.
        const begun = history.filter(
          ({ status }, index) => status === 'sending' && history[index - 1]?.status !== 'sending',
        );
        for (const { note } of begun) expect(note).toBe('Sent to the provider.');
      }),
      { numRuns: 1_000 },
    );
  });

  it('one of which nobody knows what became is never sent again, and never refused, cancelled or a draft', () => {
    fc.assert(
      fc.property(targets, events, (target, happening) => {
        const statuses = lived(draft(target), happening).map(({ order }) => order.status);
        const first = statuses.indexOf('unconfirmed');
        if (first < 0) return;
        for (const status of statuses.slice(first)) {
          expect(['draft', 'sending', 'refused', 'cancelled']).not.toContain(status);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('it never falls back behind a step, leaves a final status, or changes its profile', () => {
    fc.assert(
      fc.property(targets, events, (target, happening) => {
        const states = lived(draft(target), happening);
        for (const [index, { order }] of states.entries()) {
          const before = states[index - 1]?.order;
          if (before === undefined) continue;
          if (before.sid !== null) expect(order.sid).toBe(before.sid);
          if (isFinal(before.status)) expect(order.status).toBe(before.status);
          if (stepOf(order.status) >= 0)
            expect(stepOf(order.status)).toBeGreaterThanOrEqual(stepOf(before.status));
          expect(order.history.length).toBe(before.history.length + 1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the ledger', () => {
  it('holds what the life of an order says, event by event, also for somebody who opens it anew', () => {
    fc.assert(
      fc.property(targets, fc.array(likelyEvent, { maxLength: 15 }), (target, happening) => {
        const clock = createFakeClock();
        const ledger = newLedger(clock);
        let record = draftOf('a', intent({ target }), clock.now());
        must(ledger.write(record));
        for (const event of happening) {
          const step = live(record, event, clock.now());
          const written = ledger.record('a', event);
          expect(written.ok).toBe(step.kind !== 'refused');
          if (step.kind === 'changed') record = step.record;
        }
        const again = mustOpen({ path: ledger.path, clock }).ledger;
        expect(must(again.get('a'))).toEqual(record);
        expect(must(checkLedger(again)).problems).toEqual([]);
        again.close();
        ledger.close();
      }),
      { numRuns: 40 },
    );
  });

  it('is as one when two processes write to it by turns', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(likelyEvent, fc.boolean()), { maxLength: 15 }), (happening) => {
        const clock = createFakeClock();
        const first = newLedger(clock);
        const second = mustOpen({ path: first.path, clock }).ledger;
        let record = draftOf('a', intent(), clock.now());
        must(first.write(record));
        for (const [event, byFirst] of happening) {
          const step = live(record, event, clock.now());
          (byFirst ? first : second).record('a', event);
          if (step.kind === 'changed') record = step.record;
        }
        expect(must(first.get('a'))).toEqual(record);
        expect(must(second.get('a'))).toEqual(record);
        first.close();
        second.close();
      }),
      { numRuns: 40 },
    );
  });

  it('binds a profile to one order alone, whichever asks for it first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), likelyEvent), { maxLength: 25 }),
        (happening) => {
          const ledger = newLedger();
          for (const id of ['a', 'b', 'c'])
            must(ledger.write(draftOf(id, intent({ target: { kind: 'matchingId' } }), 1)));
          for (const [id, event] of happening) ledger.record(id, event);
          const sids = must(ledger.list()).flatMap(({ order }) => order.sid ?? []);
          expect(new Set(sids).size).toBe(sids.length);
          expect(sids.every((sid) => [sidOf(1), sidOf(2)].includes(sid))).toBe(true);
          ledger.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});
