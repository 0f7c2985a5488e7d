import { isOpenActivation } from '../../contract/activation.ts';
import { fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import { Activator } from './activator.ts';
import type { Book } from './book.ts';
import type { FleetBook } from './fleetBook.ts';
import { Gate } from './gate.ts';
import type { FollowedOrder } from './ledger/ledger.ts';
import type { SenderLock } from './ledger/senderLock.ts';
import type { OrderProvider } from './orderProvider.ts';
import { Poller } from './poller.ts';
import { ProviderTime } from './providerTime.ts';
import { Reconciler } from './reconciler.ts';
import { type AccountRef, accountKey } from './record.ts';
import { Recurring } from './recurring.ts';
import { Sender } from './sender.ts';
import { isFinal } from './statuses.ts';
import type { DeskStep } from './steps.ts';

export interface LineParts {
  readonly account: AccountRef;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly book: Book;
  readonly lock: SenderLock;
  /** Of changes of Sims. */
  readonly simLock: SenderLock;
  readonly fleets: FleetBook;
  readonly provider: () => OrderProvider | null;
  readonly signal: AbortSignal;
  readonly createSignal: AbortSignal;
  readonly step: (step: DeskStep) => void;
  readonly onError: (error: unknown) => void;
}

/** How soon something is tried again that met a fault which blocks nothing, or a ledger in trouble, ms. */
const AGAIN_MS = 15_000;

/** Everything that goes on by itself with the orders of one account: sending, finding, asking, changing their Sims. */
export class Line {
  readonly account: AccountRef;
  readonly gate: Gate;
  readonly time: ProviderTime;
  readonly sender: Sender;
  readonly reconciler: Reconciler;
  readonly activator: Activator;
  readonly #parts: LineParts;
  readonly #poller: Poller;
  readonly #sending: Recurring;
  readonly #looking: Recurring;
  readonly #polling: Recurring;
  readonly #activating: Recurring;
  readonly #followed = new Set<string>();

  constructor(parts: LineParts) {
    const { account, book, clock, random, signal } = parts;
    this.#parts = parts;
    this.account = account;
    this.time = new ProviderTime(clock);
    this.gate = new Gate({
      clock,
      random,
      probe: () => this.#probe(),
      wanted: () => this.#isWanted(),
      onOpen: () => this.wakeAll(),
      onBlocked: () => {
        this.#sending.wake();
        this.#activating.wake();
      },
      onError: parts.onError,
    });
    this.sender = new Sender({ ...parts, gate: this.gate, time: this.time });
    this.reconciler = new Reconciler({ ...parts, gate: this.gate });
    this.activator = new Activator({ ...parts, gate: this.gate });
    this.#poller = new Poller({
      clock,
      random,
      signal,
      followed: () => this.#follow(),
      tell: (id, profile) => book.record(id, { kind: 'observed', profile }).ok,
      tellMissing: (id, why) => void book.record(id, { kind: 'notKnown', fault: why }),
    });
    const recurring = (run: () => Promise<number | null>) =>
      new Recurring({ clock, run, onError: parts.onError });
    this.#sending = recurring(() => this.sender.run());
    this.#looking = recurring(() => this.reconciler.run());
    this.#polling = recurring(() => this.#poll());
    this.#activating = recurring(() => this.activator.run());
  }

  /** An order has changed, here or in another process: what is to be done about it is woken. */
  noticed(order: Order): void {
    if (order.sid !== null) {
      if (isFinal(order.status)) this.#followed.delete(order.id);
      else if (!this.#followed.has(order.id)) {
        this.#followed.add(order.id);
        this.pollSoon();
      }
    } else if (order.status === 'draft') this.#sending.wake();
    else if (order.status === 'unconfirmed') this.#looking.wake();
    if (order.simSid !== null && isOpenActivation(order.activation)) this.#activating.wake();
    if (this.gate.blocked !== null) this.gate.wantedNow();
  }

  /** Begins the rhythm of asking anew: somebody waits. */
  pollSoon(): void {
    this.#polling.wake(this.#poller.restart());
  }

  /** Takes up what is open after a start. */
  begin(): void {
    this.reconciler.lookAtAll();
    this.wakeAll();
  }

  /** Looks for everything that is unconfirmed. */
  lookAtAll(): void {
    this.reconciler.lookAtAll();
    this.#looking.wake();
  }

  /** Everything at once, when the way is free. */
  wakeAll(): void {
    this.#sending.wake();
    this.#looking.wake();
    this.#activating.wake();
    this.pollSoon();
  }

  /** A technician wants to get on: an obstacle that may be gone is looked at now. */
  tryAgain(): void {
    this.sender.unbar();
    this.activator.unbar();
    this.gate.probeNow();
    this.#sending.wake();
    this.#activating.wake();
  }

  /** Other credentials are there. */
  credentialsChanged(): void {
    this.sender.unbar();
    this.activator.unbar();
    this.gate.credentialsChanged();
    this.wakeAll();
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.#sending.stop(),
      this.#looking.stop(),
      this.#polling.stop(),
      this.#activating.stop(),
      this.gate.stop(),
    ]);
  }

  async #poll(): Promise<number | null> {
    const provider = this.#parts.provider();
    if (provider === null || this.gate.blocked !== null) return null;
    const { credentials } = this.gate;
    const round = await this.#poller.round(provider);
    if (round.ok) return round.value;
    this.gate.meet(round.fault, credentials);
    // A closed gate wakes us when it opens.
    return this.gate.blocked === null ? AGAIN_MS : null;
  }

  #follow(): Result<FollowedOrder[]> {
    const { account, book } = this.#parts;
    const followed = book.watched(book.ledger.followed(account));
    if (followed.ok) for (const { id } of followed.value) this.#followed.add(id);
    return followed;
  }

  #probe(): Promise<Result<null>> {
    const provider = this.#parts.provider();
    return provider === null
      ? Promise.resolve(fail(fault('account.none')))
      : provider.check({ signal: this.#parts.signal });
  }

  #isWanted(): boolean {
    const accounts = this.#parts.book.ledger.openAccounts();
    return (
      accounts.ok && accounts.value.some((account) => accountKey(account) === accountKey(this.#parts.account))
    );
  }
}
