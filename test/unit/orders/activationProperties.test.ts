import { describe, expect, it } from 'vitest';
import { ActivationSchema, isOpenActivation } from '../../../contract/activation.ts';
import type { Order } from '../../../contract/order.ts';
import { type ActivationEvent, MOST_ATTEMPTS } from '../../../main/orders/activationLife.ts';
import { checkLedger } from '../../../main/orders/checkLedger.ts';
import { COLUMNS, recordOf, valuesOf } from '../../../main/orders/ledger/rows.ts';
import { problemsOf } from '../../../main/orders/legal.ts';
import { type LifeEvent, live } from '../../../main/orders/life.ts';
import { draftOf, type OrderRecord } from '../../../main/orders/record.ts';
import { fc } from '../support/dice.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { anyActivationEvent, anyEvent, anyWish } from './support/events.ts';
import { must, mustOpen, newLedger } from './support/ledgers.ts';
import { intent, profile, sidOf } from './support/profiles.ts';
import { simSidOf } from './support/scriptedSims.ts';

const about = (event: ActivationEvent): LifeEvent => ({ kind: 'activation', event });

/** An order with a Sim, of which a thing is wished. */
function withSim(): OrderRecord {
  let record = draftOf('a', intent({ target: { kind: 'matchingId' } }), 1);
  const events: LifeEvent[] = [
    { kind: 'sent', sentAt: { ms: 1, by: 'local' }, knownSids: [] },
    { kind: 'created', profile: profile({ status: 'available', simSid: simSidOf(1) }) },
  ];
  for (const event of events) {
    const step = live(record, event, 2);
    if (step.kind === 'changed') record = step.record;
  }
  return record;
}

/** Before, the event, and after: each step that changed something. */
interface Moment {
  readonly before: OrderRecord;
  readonly event: LifeEvent;
  readonly after: OrderRecord;
}

function moments(first: OrderRecord, happening: readonly LifeEvent[]): Moment[] {
  const all: Moment[] = [];
  let before = first;
  for (const [index, event] of happening.entries()) {
    const step = live(before, event, index + 3);
    if (step.kind !== 'changed') continue;
    all.push({ before, event, after: step.record });
    before = step.record;
  }
  return all;
}

/** Events as they may come, with those that lead somewhere often enough: most are about the wish that there is. */
const happening: fc.Arbitrary<LifeEvent[]> = fc
  .tuple(
    anyWish,
    fc.array(
      fc.oneof(
        { weight: 8, arbitrary: anyActivationEvent.map(about) },
        {
          weight: 3,
          arbitrary: anyActivationEvent
            .filter(({ kind }) => kind === 'sent' || kind === 'unknown')
            .map(about),
        },
        { weight: 1, arbitrary: anyEvent },
      ),
      { maxLength: 60 },
    ),
    fc.boolean(),
  )
  .map(([wish, events, isFaithful]) => [
    about({ kind: 'wished', wish }),
    ...events.map(
      (event): LifeEvent =>
        isFaithful && event.kind === 'activation' && 'of' in event.event
          ? about({ ...event.event, of: wish })
          : event,
    ),
  ]);

const activation = ({ order }: OrderRecord): Order['activation'] => order.activation;
const whatCame = ({ event }: Moment): ActivationEvent | null =>
  event.kind === 'activation' ? event.event : null;

function always(holds: (moment: Moment) => void): void {
  fc.assert(
    fc.property(fc.boolean(), happening, (hasSim, events) => {
      const first = hasSim ? withSim() : draftOf('a', intent(), 1);
      for (const moment of moments(first, events)) holds(moment);
    }),
    { numRuns: 1_000 },
  );
}

describe('whatever happens to the activation of a Sim', () => {
  it('it leaves `sending` only by what became of the request, or as what a bench that died has left', () => {
    const answers = ['notProcessed', 'refused', 'nameTaken', 'busy', 'unknown', 'seen', 'leftOver'];
    always((moment) => {
      if (activation(moment.before)?.status !== 'sending') return;
      if (activation(moment.after)?.status === 'sending') return;
      const came = whatCame(moment);
      expect(answers).toContain(came?.kind);
      if (came?.kind === 'seen') expect(came.by).toBe('answer');
    });
  });

  it('it is done only once the Sim was seen as it is wished', () => {
    always((moment) => {
      const after = activation(moment.after);
      if (after?.status !== 'done' || activation(moment.before)?.status === 'done') return;
      const came = whatCame(moment);
      expect(came).toMatchObject({ kind: 'seen', stands: 'asWished' });
      if (came?.kind === 'seen') {
        expect(came.of).toEqual(after.wish);
        expect(moment.after.order.sim).toEqual(came.sim);
      }
      expect(after.fault).toBeNull();
    });
  });

  it('it is sent only from waiting, with a Sim, and what is wished now', () => {
    always((moment) => {
      if (activation(moment.after)?.status !== 'sending') return;
      if (activation(moment.before)?.status === 'sending') return;
      expect(activation(moment.before)).toMatchObject({
        status: 'waiting',
        wish: activation(moment.after)?.wish,
      });
      expect(moment.after.order.simSid).not.toBeNull();
      const came = whatCame(moment);
      expect(came?.kind === 'sent' && came.of).toEqual(activation(moment.after)?.wish);
    });
  });

  it('no more requests leave than are tried', () => {
    always((moment) => {
      const after = activation(moment.after);
      if (after === null) return;
      expect(after.attempts).toBeGreaterThanOrEqual(0);
      expect(after.attempts).toBeLessThanOrEqual(MOST_ATTEMPTS);
      // Only another wish begins anew, and only what certainly came to nothing is not counted.
      const before = activation(moment.before)?.attempts ?? 0;
      if (after.attempts < before) {
        expect(['wished', 'notProcessed', 'nameTaken']).toContain(whatCame(moment)?.kind);
      }
      if (after.attempts > before) expect(whatCame(moment)?.kind).toBe('sent');
    });
  });

  it('its wish changes only by another wish, and never while something is under way', () => {
    always((moment) => {
      const before = activation(moment.before);
      const after = activation(moment.after);
      if (before === null || JSON.stringify(before.wish) === JSON.stringify(after?.wish)) return;
      expect(['wished', 'dropped']).toContain(whatCame(moment)?.kind);
      expect(['sending', 'unconfirmed', 'scheduled']).not.toContain(before.status);
    });
  });

  it('it says why it stopped, and what it waits for only while it waits', () => {
    always(({ after }) => {
      expect(problemsOf(after)).toEqual([]);
      const now = activation(after);
      if (now === null) return;
      expect(now.status === 'stopped' && now.fault === null).toBe(false);
      expect(now.heldFor === null).toBe(now.status !== 'waiting');
      expect(now.heldFor === 'profile').toBe(now.status === 'waiting' && after.order.simSid === null);
      expect(isOpenActivation(now)).toBe(now.status !== 'done' && now.status !== 'stopped');
      expect(ActivationSchema.parse(now)).toEqual(now);
    });
  });

  it('the order itself stays as it is, and history grows by a line', () => {
    always(({ before, event, after }) => {
      if (event.kind !== 'activation') return;
      const { activation: _, sim: __, history, updatedAt: ___, ...rest } = after.order;
      expect(before.order).toMatchObject(rest);
      expect(after.trail).toEqual(before.trail);
      expect(history).toHaveLength(before.order.history.length + 1);
      expect(history.at(-1)).toMatchObject({
        status: before.order.status,
        note: expect.stringMatching(/\S/),
      });
    });
  });
});

describe('the name of a Sim', () => {
  /** Requests as the activator makes them: the name that the activation has, or the next. */
  const named = happening.map((events) =>
    events.map((event) => (record: OrderRecord): LifeEvent => {
      if (event.kind !== 'activation' || event.event.kind !== 'sent') return event;
      const { uniqueName, number = 0, wish } = record.order.activation ?? {};
      const name =
        uniqueName !== undefined && uniqueName !== null
          ? { uniqueName, number }
          : wish?.nameTemplate == null
            ? { uniqueName: null, number }
            : { uniqueName: `b-${number + 1}`, number: number + 1 };
      return about({ ...event.event, ...name, of: wish ?? event.event.of });
    }),
  );

  it('never changes once it was sent, unless the provider said that it is taken, or another template came', () => {
    fc.assert(
      fc.property(named, (events) => {
        let record = withSim();
        let sent: { name: string; template: string | null } | null = null;
        for (const [index, make] of events.entries()) {
          const event = make(record);
          const step = live(record, event, index + 3);
          if (step.kind !== 'changed') continue;
          const before = record.order.activation;
          record = step.record;
          const now = record.order.activation;
          const came = event.kind === 'activation' ? event.event : null;
          const isTaken =
            came?.kind === 'nameTaken' || (came?.kind === 'refused' && came.fault.providerCode === '83011');
          if (isTaken || now === null || now.wish.nameTemplate !== sent?.template) sent = null;
          if (sent !== null) expect(now?.uniqueName).toBe(sent.name);
          if (isTaken && before !== null && now !== null) expect(now.number).toBe(before.number);
          if (came?.kind === 'sent' && now?.uniqueName != null) {
            sent = { name: now.uniqueName, template: now.wish.nameTemplate };
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the ledger', () => {
  it('gives an activation back as it was, row by row', () => {
    fc.assert(
      fc.property(happening, (events) => {
        for (const { after } of moments(withSim(), events)) {
          const values = valuesOf(after);
          const row = Object.fromEntries(COLUMNS.map((column, index) => [column, values[index]]));
          const read = recordOf(row, after.order.history);
          expect(read).toEqual({ ok: true, value: after });
          expect(row.activation_status).toBe(after.order.activation?.status ?? null);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lists just the activations that are open, and those that may be under way', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 3 }), (lives) => {
        const clock = createFakeClock();
        const ledger = newLedger(clock);
        for (const [index, events] of lives.entries()) {
          const id = `order-${index}`;
          must(ledger.write(draftOf(id, intent({ target: { kind: 'matchingId' } }), 1)));
          ledger.record(id, { kind: 'sent', sentAt: { ms: 1, by: 'local' }, knownSids: [] });
          const made = profile({ sid: sidOf(index + 1), status: 'available', simSid: simSidOf(index + 1) });
          ledger.record(id, { kind: 'created', profile: made });
          for (const event of events.slice(0, 20)) ledger.record(id, event);
        }
        const again = mustOpen({ path: ledger.path, clock }).ledger;
        const orders = must(again.list()).map(({ order }) => order);
        const open = orders.filter(
          ({ activation: one, simSid, status }) =>
            isOpenActivation(one) && simSid !== null && status !== 'failed',
        );
        const ids = (of: { order: Order }[]) => of.map(({ order }) => order.id).sort();
        expect(ids(must(again.activated(intent().account)))).toEqual(open.map(({ id }) => id).sort());
        expect(ids(must(again.activating()))).toEqual(
          orders
            .filter((order) => order.activation?.status === 'sending')
            .map(({ id }) => id)
            .sort(),
        );
        expect(must(checkLedger(again)).problems).toEqual([]);
        again.close();
        ledger.close();
      }),
      { numRuns: 15 },
    );
  });
});
