import { EXIT, type Fault } from '../../../contract/fault.ts';
import { type Order, SETTLED_STATUSES } from '../../../contract/order.ts';
import type { Bench } from '../../bench/bench.ts';
import type { OrderDesk } from '../../orders/orderDesk.ts';
import { accountKey } from '../../orders/record.ts';
import { onAccountTrouble } from '../accountTrouble.ts';
import type { Command } from '../context.ts';
import { openDesk } from '../openDesk.ts';
import { type Output, orderLine, orderObject } from '../output.ts';
import { isOpenOrder, remedyFor } from '../standing.ts';

/** `orders`: the ledger, one object an order, newest first. */
export const orders: Command<{ readonly archived?: boolean }> = async (context, { archived }) => {
  const { output } = context;
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const listed = desk.value.list();
  if (!listed.ok) return output.fault(listed.fault);
  const all = listed.value.filter((order) => archived === true || order.archivedAt === null);
  for (const order of all) output.result(orderObject(order), orderLine(order));
  if (all.length === 0) output.progress('No orders yet.');
  return EXIT.done;
};

/** `order show ID`: one order with its history. */
export const orderShow: Command<{ readonly id: string }> = async (context, { id }) => {
  const { output } = context;
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const found = desk.value.get(id);
  if (!found.ok) return output.fault(found.fault);
  const order = found.value;
  const { candidates, heldFor, replaces } = order;
  const history = order.history.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
  output.result(
    { ...orderObject(order), heldFor, candidates, replaces, history },
    `${orderLine(order)}\n${historyText(order)}`,
  );
  const remedy = remedyFor(order);
  if (remedy !== null) output.progress(remedy);
  return EXIT.done;
};

function historyText(order: Order): string {
  return order.history
    .map((e) => `  ${new Date(e.at).toISOString()}  ${e.status.padEnd(11)}  ${e.note}`)
    .join('\n');
}

const isOpen = (order: Order) => isOpenOrder(order) && order.archivedAt === null;

/**
 * `resume`: takes up what is open until all of it settles. Ends sooner, with exit 8, when the time is over or what is left waits for
 * the technician, and with exit 6 where the credentials do not hold, since nothing can go on by itself then.
 */
export const resume: Command<{ readonly timeout?: number }> = async (context, { timeout }) => {
  const { output, signal } = context;
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const bench = context.bench();
  const account = bench.accountInUse();
  const ids = bench.store
    .orders()
    .filter(isOpen)
    .map((order) => order.id);
  if (ids.length === 0) {
    output.progress('No open orders.');
    return EXIT.done;
  }
  if (!account.ok) return output.fault(account.fault);
  output.progress(`${ids.length} open order(s).`);
  const stop = new AbortController();
  const stopTimer =
    timeout === undefined ? () => undefined : bench.clock.after(timeout * 1_000, () => stop.abort());
  const interrupt = () => stop.abort();
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) stop.abort();
  try {
    const trouble = await untilNothingGoesOn(bench, desk.value, ids, output, stop.signal);
    if (trouble !== null) return output.fault(trouble);
    return tellWhatIsLeft(output, bench, ids);
  } finally {
    stopTimer();
    signal.removeEventListener('abort', interrupt);
  }
};

/** Prints each change of these orders until none of them goes on by itself. Gives the fault of the credentials, where those are why. */
async function untilNothingGoesOn(
  bench: Bench,
  desk: OrderDesk,
  ids: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<Fault | null> {
  const mine = new Set(ids);
  let looked = false;
  return new Promise<Fault | null>((resolve) => {
    let stopState = () => {};
    const end = (trouble: Fault | null) => {
      stopOrders();
      stopState();
      resolve(trouble);
    };
    const stopOrders = bench.store.onOrder((order) => {
      if (!mine.has(order.id)) return;
      output.result(orderObject(order), orderLine(order));
      if (waitsForAccount(order) && isOfAccountInUse(bench, order))
        end(order.fault ?? order.activation?.fault ?? null);
      else if (looked && !ids.some((id) => goesOn(bench, id))) end(null);
    });
    signal.addEventListener('abort', () => end(null), { once: true });
    if (signal.aborted) end(null);
    void takeUp(bench, desk, ids).then(() => {
      looked = true;
      if (!ids.some((id) => goesOn(bench, id))) end(null);
    });
    stopState = onAccountTrouble(bench, end);
  });
}

/** Lets everything go on, and looks once more for what waits for the technician. */
async function takeUp(bench: Bench, desk: OrderDesk, ids: readonly string[]): Promise<void> {
  desk.resume();
  // What cannot be asked now stays as it is: nothing is to be said of it here.
  await Promise.all(ids.filter((id) => !goesOn(bench, id)).map((id) => desk.refresh(id)));
}

/** Whether more may happen to an order by itself. */
function goesOn(bench: Bench, id: string): boolean {
  const order = bench.store.order(id);
  if (order === undefined || !isOpen(order) || !bench.hasAccount(order.account)) return false;
  if (waitsForAccount(order) && !isOfAccountInUse(bench, order)) return false;
  if (SETTLED_STATUSES.has(order.status)) return true;
  return order.heldFor !== 'choice' && order.heldFor !== 'nothingFound';
}

function waitsForAccount({ activation, heldFor }: Order): boolean {
  return heldFor === 'account' || activation?.heldFor === 'account';
}

function isOfAccountInUse(bench: Bench, order: Order): boolean {
  const account = bench.accountInUse();
  return account.ok && accountKey(account.value) === accountKey(order.account);
}

function tellWhatIsLeft(output: Output, bench: Bench, ids: readonly string[]): number {
  const left = ids.flatMap((id) => bench.store.order(id) ?? []).filter(isOpen);
  if (left.length === 0) return EXIT.done;
  output.progress(`${left.length} order(s) still open, and kept.`);
  for (const order of left) {
    const remedy = remedyFor(order);
    if (remedy !== null) output.progress(`${order.id}: ${remedy}`);
  }
  return EXIT.open;
}
