import { EXIT } from '../../../contract/fault.ts';
import { type Order, SETTLED_STATUSES } from '../../../contract/order.ts';
import type { Command } from '../context.ts';
import { orderLine, orderObject } from '../output.ts';

/** `orders`: the ledger, one object an order, newest first. */
export const orders: Command<{ readonly archived?: boolean }> = async ({ bench, output }, { archived }) => {
  const desk = bench().openOrders();
  if (!desk.ok) return output.fault(desk.fault);
  const listed = desk.value.list();
  if (!listed.ok) return output.fault(listed.fault);
  const all = listed.value.filter((order) => archived === true || order.archivedAt === null);
  for (const order of all) output.result(orderObject(order), orderLine(order));
  if (all.length === 0) output.progress('No orders yet.');
  return EXIT.done;
};

/** `order show ID`: one order with its history. */
export const orderShow: Command<{ readonly id: string }> = async ({ bench, output }, { id }) => {
  const desk = bench().openOrders();
  if (!desk.ok) return output.fault(desk.fault);
  const found = desk.value.get(id);
  if (!found.ok) return output.fault(found.fault);
  const order = found.value;
  const history = order.history.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
  output.result({ ...orderObject(order), history }, `${orderLine(order)}\n${historyText(order)}`);
  return EXIT.done;
};

function historyText(order: Order): string {
  return order.history
    .map((e) => `  ${new Date(e.at).toISOString()}  ${e.status.padEnd(11)}  ${e.note}`)
    .join('\n');
}

/** `resume`: takes up what is open until all of it settles, or the time is over (exit 8). */
export const resume: Command<{ readonly timeout?: number }> = async (
  { bench, output, signal },
  { timeout },
) => {
  const { store, clock } = bench();
  const desk = bench().openOrders();
  if (!desk.ok) return output.fault(desk.fault);
  const isOpen = (order: Order) => !SETTLED_STATUSES.has(order.status) && order.archivedAt === null;
  const open = new Set(
    store
      .orders()
      .filter(isOpen)
      .map((order) => order.id),
  );
  if (open.size === 0) {
    output.progress('No open orders.');
    return EXIT.done;
  }
  output.progress(`${open.size} open order(s).`);
  return new Promise((resolve) => {
    const stopTimer = timeout === undefined ? () => undefined : clock.after(timeout * 1_000, () => end());
    const end = () => {
      stopTimer();
      stop();
      signal.removeEventListener('abort', end);
      if (open.size > 0) output.progress(`${open.size} order(s) still open, and kept.`);
      resolve(open.size === 0 ? EXIT.done : EXIT.open);
    };
    const stop = store.onOrder((order) => {
      if (!open.has(order.id)) return;
      output.result(orderObject(order), orderLine(order));
      if (isOpen(order)) return;
      open.delete(order.id);
      if (open.size === 0) end();
    });
    signal.addEventListener('abort', end);
    desk.value.resume();
    if (signal.aborted) end();
  });
};
