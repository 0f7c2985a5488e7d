import { isOpenActivation } from '../../contract/activation.ts';
import { fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Profile } from '../provider/provider.ts';
import { type AloneParts, alone } from './alone.ts';
import { live } from './life.ts';
import type { Lines } from './lines.ts';
import { obstacleOf } from './obstacles.ts';
import { otherAccount } from './otherAccount.ts';
import type { Placing } from './placing.ts';
import { type AccountRef, adoptionOf, type OrderDevice, targetOf } from './record.ts';

export interface SettlingParts extends AloneParts {
  readonly clock: Clock;
  readonly lines: Lines;
  readonly placing: Placing;
  readonly newId: () => string;
}

type OrderId = { readonly orderId: string };

const MAY_BE_ORDERED_AGAIN: ReadonlySet<string> = new Set(['refused', 'failed', 'cancelled']);

/** What a technician does about orders that do not settle by themselves, and about profiles that the ledger does not have. */
export class Settling {
  readonly #parts: SettlingParts;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
  }

  /** See `OrderDesk.adopt`. */
  adopt(sid: string, account: AccountRef, device: OrderDevice): Promise<Result<OrderId>> {
    return alone(this.#parts, async () => {
      const holder = this.#holderOf(account, sid);
      if (!holder.ok) return holder;
      if (holder.value !== null) return ok({ orderId: holder.value });
      const profile = await this.#fetch(account, sid);
      if (!profile.ok) return profile;
      const { book, clock, newId } = this.#parts;
      const { eid } = profile.value;
      const blank = adoptionOf(newId(), { eid, device, account }, clock.now());
      // Order and profile in one write: an order without either would be none.
      const step = live(blank, { kind: 'adopted', profile: profile.value }, clock.now());
      if (step.kind !== 'changed') return fail(fault('provider.unreadable'));
      const written = book.write(step.record);
      return written.ok ? ok({ orderId: written.value.record.order.id }) : written;
    });
  }

  /** See `OrderDesk.chooseCandidate`. */
  chooseCandidate(id: string, sid: string): Promise<Result<OrderId>> {
    return alone(this.#parts, async () => {
      const { book, lines } = this.#parts;
      const record = book.watched(book.ledger.get(id));
      if (!record.ok) return record;
      const { account, candidates, status } = record.value.order;
      if (!candidates.some((candidate) => candidate.sid === sid)) {
        return fail(
          fault('order.wrongState', { message: 'This profile is not one to choose for this order.' }),
        );
      }
      const holder = this.#holderOf(account, sid);
      if (!holder.ok) return holder;
      if (holder.value !== null) return this.#leaveItTo(holder.value, id, status);
      const profile = await this.#fetch(account, sid);
      if (!profile.ok) return profile;
      const found = book.record(id, { kind: 'found', by: 'technician', profile: profile.value });
      if (!found.ok) return found;
      // It may have been among the candidates of other orders too.
      lines.of(account)?.lookAtAll();
      return ok({ orderId: id });
    });
  }

  /** See `OrderDesk.orderAgain`. */
  async orderAgain(id: string): Promise<Result<OrderId>> {
    const { book, placing } = this.#parts;
    const record = book.watched(book.ledger.get(id));
    if (!record.ok) return record;
    const { order } = record.value;
    if (order.status === 'unconfirmed') {
      const found = await this.#foundAfterAll(order);
      if (!found.ok) return found;
      if (found.value) return ok({ orderId: id });
    } else if (!MAY_BE_ORDERED_AGAIN.has(order.status)) {
      return fail(fault('order.wrongState', { details: `The order is ${order.status}.` }));
    }
    const { account, activation, callback, device } = order;
    const target = targetOf(order);
    const written = placing.replace({
      target: target.kind === 'eid' ? target : { kind: 'matchingId' },
      account,
      callback,
      device,
      orderAnother: false,
      replaces: id,
      ...(activation === null ? {} : { simWish: activation.wish }),
    });
    return written.ok ? ok({ orderId: written.value.order.id }) : written;
  }

  /** See `OrderDesk.refresh`. */
  async refresh(id: string): Promise<Result<null>> {
    const { book, lines } = this.#parts;
    const record = book.watched(book.ledger.get(id));
    if (!record.ok) return record;
    const { account, activation, sid, status } = record.value.order;
    const line = lines.of(account);
    if (line === null) return fail(otherAccount());
    if (isOpenActivation(activation)) line.tryAgain();
    if (sid === null) {
      if (status === 'draft') line.tryAgain();
      if (status !== 'unconfirmed') return ok(null);
      const looked = await line.reconciler.look(id);
      return looked.ok ? ok(null) : looked;
    }
    const profile = await this.#fetch(account, sid);
    line.pollSoon();
    if (profile.ok) {
      line.gate.passed();
      const recorded = book.record(id, { kind: 'observed', profile: profile.value });
      return recorded.ok ? ok(null) : recorded;
    }
    if (obstacleOf(profile.fault) === 'refusal') book.record(id, { kind: 'notKnown', fault: profile.fault });
    return profile;
  }

  /** One last look for an order that the technician wants to order again. */
  async #foundAfterAll(order: Order): Promise<Result<boolean>> {
    if (order.heldFor === null) {
      return fail(
        fault('order.wrongState', {
          message: "The order is still being looked for in the provider's list.",
          hint: 'Wait until it is found, or said not to be there.',
        }),
      );
    }
    const line = this.#parts.lines.of(order.account);
    if (line === null) return fail(otherAccount());
    const looked = await line.reconciler.look(order.id);
    return looked.ok ? ok(looked.value.order.status !== 'unconfirmed') : looked;
  }

  /** Another order has the profile that was chosen: a draft is then not needed any more. */
  #leaveItTo(holder: string, id: string, status: string): Result<OrderId> {
    if (status !== 'draft') {
      return fail(
        fault('order.wrongState', {
          message: `Order ${holder} has this profile already. Choose another one.`,
        }),
      );
    }
    const cancelled = this.#parts.book.record(id, {
      kind: 'cancelled',
      because: 'otherOrder',
      orderId: holder,
    });
    return cancelled.ok ? ok({ orderId: holder }) : cancelled;
  }

  #holderOf(account: AccountRef, sid: string): Result<string | null> {
    const { book } = this.#parts;
    const record = book.watched(book.ledger.bySid(account, sid));
    return record.ok ? ok(record.value?.order.id ?? null) : record;
  }

  async #fetch(account: AccountRef, sid: string): Promise<Result<Profile>> {
    const line = this.#parts.lines.of(account);
    const provider = this.#parts.lines.provider(account);
    if (line === null || provider === null) return fail(otherAccount());
    const { credentials } = line.gate;
    const fetched = await provider.fetch(sid, { signal: this.#parts.signal });
    if (!fetched.ok) line.gate.meet(fetched.fault, credentials);
    return fetched;
  }
}
