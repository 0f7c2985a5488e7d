import { randomBytes } from 'node:crypto';
import type { FleetList, SimWish } from '../../contract/activation.ts';
import type { CreateOutcome } from '../../contract/channels.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { ProviderObservation } from '../provider/provider.ts';
import { Book } from './book.ts';
import { FleetBook } from './fleetBook.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createSenderLock, type SenderLock } from './ledger/senderLock.ts';
import { Lines } from './lines.ts';
import type { OrderProvider } from './orderProvider.ts';
import { otherAccount } from './otherAccount.ts';
import { Placing, type Wish } from './placing.ts';
import type { AccountRef, OrderDevice } from './record.ts';
import { Settling } from './settling.ts';
import type { DeskStep } from './steps.ts';
import { LATEST_THAT_COUNT, usualMsToAvailable } from './usual.ts';
import { Watcher } from './watcher.ts';

export interface OrderDeskOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** In [0, 1); for jitter. */
  readonly random?: () => number;
  /** New ids for orders. */
  readonly newId?: () => string;
  /** The client of an account; null where there are no credentials for it (another account is in use). Asked for each request. */
  readonly provider: (account: AccountRef) => OrderProvider | null;
  /** An order is new or has changed, here or in another process with the same ledger. */
  readonly onChange: (order: Order) => void;
  /** The ledger cannot be read or written; null when it can again. */
  readonly onLedgerFault?: (fault: Fault | null) => void;
  /** Something went wrong that should not; the desk goes on. */
  readonly onError?: (error: unknown) => void;
  /** How often it is looked whether another process has written to the ledger, ms. Default 1,000. */
  readonly watchMs?: number;
  /** Called at each named moment of an order's way. */
  readonly onStep?: (step: DeskStep) => void;
}

const WATCH_MS = 1_000;
/** How long a create request that is under way may still take when the bench ends, ms. */
const STOP_GRACE_MS = 5_000;

/**
 * The desk where orders are placed, and the life of those that were. What the product promises about orders is kept here: nothing
 * is sent that is not in the ledger, nothing is sent again that may have arrived, and nothing is forgotten. Several desks, in
 * several processes, may share one ledger.
 */
export class OrderDesk {
  readonly #options: OrderDeskOptions;
  readonly #book: Book;
  readonly #lock: SenderLock;
  readonly #simLock: SenderLock;
  readonly #fleets: FleetBook;
  readonly #lines: Lines;
  readonly #placing: Placing;
  readonly #settling: Settling;
  readonly #watcher: Watcher;
  readonly #stop = new AbortController();
  readonly #stopCreates = new AbortController();
  #started = false;

  constructor(options: OrderDeskOptions) {
    const { ledger, clock, random = Math.random, newId = newOrderId } = options;
    this.#options = options;
    this.#lock = createSenderLock({ path: `${ledger.path}.sender`, clock });
    this.#book = new Book({
      ledger,
      onChange: (order) => this.#changed(order),
      onLedgerFault: (why) => options.onLedgerFault?.(why),
    });
    this.#simLock = createSenderLock({ path: `${ledger.path}.sims`, clock });
    this.#fleets = new FleetBook({
      book: this.#book,
      clock,
      provider: (account) => options.provider(account),
      signal: this.#stop.signal,
    });
    const parts = {
      book: this.#book,
      clock,
      lock: this.#lock,
      newId,
      random,
      signal: this.#stop.signal,
      step: (step: DeskStep) => options.onStep?.(step),
      onError: (error: unknown) => options.onError?.(error),
    };
    const lines = new Lines({
      ...parts,
      createSignal: this.#stopCreates.signal,
      fleets: this.#fleets,
      simLock: this.#simLock,
      provider: (account) => options.provider(account),
    });
    this.#lines = lines;
    this.#placing = new Placing({ ...parts, lines });
    this.#settling = new Settling({ ...parts, lines, placing: this.#placing });
    this.#watcher = new Watcher({ ...parts, watchMs: options.watchMs ?? WATCH_MS });
  }

  /** All orders, newest first, the archived ones too. */
  list(): Result<Order[]> {
    const records = this.#book.watched(this.#book.ledger.list());
    return records.ok ? ok(records.value.map(({ order }) => order)) : records;
  }

  get(id: string): Result<Order> {
    const record = this.#book.watched(this.#book.ledger.get(id));
    return record.ok ? ok(record.value.order) : record;
  }

  /** How long orders of this account took from the request to `available`, ms (median); null while there are too few to say. */
  usualMsToAvailable(account: AccountRef): number | null {
    const records = this.#book.watched(this.#book.ledger.latestAvailable(account, LATEST_THAT_COUNT));
    return records.ok ? usualMsToAvailable(records.value.map(({ order }) => order)) : null;
  }

  /**
   * Takes up everything that is open: drafts are sent, unconfirmed orders looked for, the others asked about. What a bench that
   * died left in `sending` becomes unconfirmed first. Everything but reading the ledger does this by itself.
   */
  resume(): void {
    if (this.#started || this.#stop.signal.aborted) return;
    this.#started = true;
    this.#watcher.start();
    this.#lines.open();
  }

  /**
   * Orders. For an EID the provider's live profiles are looked up first, and offered where there are any and no other one was
   * asked for in so many words. The answer comes when the order is in the ledger; sending it goes on by itself. Where the
   * provider cannot be reached the order waits in the outbox. An order for the same EID that is still to be sent, or of which it is
   * not known what became, is given back (`repeated`) instead of a second one; so is the first of two quick clicks.
   */
  place(wish: Wish): Promise<Result<CreateOutcome>> {
    this.resume();
    return this.#placing.place(wish);
  }

  /** Takes a profile that the provider has already into the ledger. Gives the order that has it, which may be there already. */
  adopt(sid: string, account: AccountRef, device: OrderDevice): Promise<Result<{ orderId: string }>> {
    this.resume();
    return this.#settling.adopt(sid, account, device);
  }

  /** Goes on with one order now: sends it, looks for it, or asks how it stands. A fault says why that was not possible. */
  refresh(id: string): Promise<Result<null>> {
    this.resume();
    return this.#settling.refresh(id);
  }

  /** Takes an order back that was not sent yet. */
  cancel(id: string): Result<null> {
    this.#placing.forgetClicks();
    return this.#done(this.#book.record(id, { kind: 'cancelled', because: 'technician' }));
  }

  /** Puts an order out of sight, or back. Not while it may still be sent or is being looked for. */
  archive(id: string, archived: boolean): Result<null> {
    return this.#done(this.#book.record(id, { kind: 'archived', archived }));
  }

  /** Sends an order that is held because its EID has live profiles: the technician wants another one, in so many words. */
  orderAnother(id: string): Result<null> {
    this.resume();
    return this.#done(this.#book.record(id, { kind: 'released' }));
  }

  /**
   * Writes a new order in place of one that was refused, failed, was cancelled, or is nowhere to be found. One whose answer is
   * missing is looked for once more first: where it is found after all, that order is given back and nothing new is written.
   */
  orderAgain(id: string): Promise<Result<{ orderId: string }>> {
    this.resume();
    return this.#settling.orderAgain(id);
  }

  /**
   * Says which of an order's candidates it is. Gives the order that has the profile then: where another order of the ledger
   * has it already, that one, and the draft is taken back.
   */
  chooseCandidate(id: string, sid: string): Promise<Result<{ orderId: string }>> {
    this.resume();
    return this.#settling.chooseCandidate(id, sid);
  }

  /**
   * Has an order's Sim made what is wished: at once, or as soon as the order has its Sim and the provider can be reached. Answers when
   * the wish is in the ledger; the rest goes on by itself. Fault `order.wrongState` where a change is under way, or no Sim will come.
   */
  activate(id: string, wish: SimWish): Result<null> {
    this.resume();
    const recorded = this.#book.record(id, { kind: 'activation', event: { kind: 'wished', wish } });
    if (!recorded.ok) return recorded;
    this.#lines.of(recorded.value.record.order.account)?.tryAgain();
    return ok(null);
  }

  /** Takes such a wish back, unless it is under way or done. */
  dropActivation(id: string): Result<null> {
    return this.#done(this.#book.record(id, { kind: 'activation', event: { kind: 'dropped' } }));
  }

  /** Asks the provider how an order's Sim stands; the answer is in the order. */
  async readSim(id: string): Promise<Result<null>> {
    this.resume();
    const order = this.get(id);
    if (!order.ok) return order;
    const line = this.#lines.of(order.value.account);
    return line === null ? fail(otherAccount()) : line.activator.look(id);
  }

  /** The Fleets of an account; where they cannot be had now those of last time, and why. */
  fleets(account: AccountRef): Promise<FleetList> {
    return this.#fleets.list(account);
  }

  /** What an answer of the provider, or the lack of one, tells: to be passed on for every request with this account. */
  providerSeen(account: AccountRef, observation: ProviderObservation): void {
    const line = this.#lines.known(account);
    if (line === null) return;
    if (observation.skewMs !== null) line.time.measure(observation.skewMs);
    if (observation.reachability === 'reachable') line.gate.passed();
  }

  /** The system says that there is a network again. What counts is whether the provider answers, so it is asked. */
  networkMayBeBack(): void {
    this.#lines.networkMayBeBack();
  }

  /** Account or secret are others now: what waited for that goes on. */
  credentialsChanged(): void {
    if (this.#started) this.#lines.credentialsChanged();
  }

  /**
   * Ends everything that goes on by itself. A create request that is under way has some seconds to end; after that its order is
   * unconfirmed. Nothing is lost: a new desk takes it all up. The ledger stays open.
   */
  async stop(): Promise<void> {
    this.#stop.abort();
    const cut = this.#options.clock.after(STOP_GRACE_MS, () => this.#stopCreates.abort());
    await Promise.all([this.#watcher.stop(), this.#lines.stop()]);
    cut();
    this.#lock.close();
    this.#simLock.close();
  }

  #changed(order: Order): void {
    this.#options.onChange(order);
    if (this.#started && !this.#stop.signal.aborted) this.#lines.noticed(order);
  }

  #done(result: Result<unknown>): Result<null> {
    return result.ok ? ok(null) : result;
  }
}

/** 12 characters that are read and typed without mistakes (Crockford's base 32), 60 bits of chance. */
function newOrderId(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return Array.from(randomBytes(12), (byte) => alphabet[byte % 32] ?? '0').join('');
}
