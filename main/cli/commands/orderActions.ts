import { EXIT } from '../../../contract/fault.ts';
import type { Result } from '../../../contract/result.ts';
import type { OrderDesk } from '../../orders/orderDesk.ts';
import type { Command, CommandContext } from '../context.ts';
import { type FollowChoice, followOrder, qrFileProblem } from '../followOrder.ts';
import { openDesk } from '../openDesk.ts';
import { orderLine, orderObject } from '../output.ts';
import { watchOrders } from '../watchOrders.ts';

interface OrderId {
  readonly id: string;
}

/** `order again ID`: a new order in place of one that was refused, failed, was cancelled, or is nowhere to be found. */
export const orderAgain: Command<OrderId & FollowChoice> = async (context, options) => {
  const qrProblem = qrFileProblem(options.qr);
  if (qrProblem !== null) return context.output.fault(qrProblem);
  return followed(context, options, (desk) => desk.orderAgain(options.id));
};

/** `order choose ID --sid HP…`: says which of the profiles on offer is the order's. */
export const orderChoose: Command<OrderId & { readonly sid: string }> = (context, { id, sid }) =>
  followed(context, { wait: false }, (desk) => desk.chooseCandidate(id, sid));

/** `order cancel ID`: takes an order back that was not sent yet. */
export const orderCancel: Command<OrderId> = async (context, { id }) =>
  changed(context, id, (desk) => desk.cancel(id));

/** `order archive ID [--undo]`: puts an order out of sight, or back. */
export const orderArchive: Command<OrderId & { readonly undo?: boolean }> = async (context, { id, undo }) =>
  changed(context, id, (desk) => desk.archive(id, undo !== true));

async function followed(
  context: CommandContext,
  choice: FollowChoice,
  act: (desk: OrderDesk) => Promise<Result<{ orderId: string }>>,
): Promise<number> {
  const { output } = context;
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const watch = watchOrders(context.bench());
  try {
    const done = await act(desk.value);
    if (!done.ok) return output.fault(done.fault);
    return await followOrder(context, watch, done.value.orderId, choice);
  } finally {
    watch.stop();
  }
}

function changed(context: CommandContext, id: string, act: (desk: OrderDesk) => Result<null>): number {
  const { output } = context;
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const done = act(desk.value);
  if (!done.ok) return output.fault(done.fault);
  const order = desk.value.get(id);
  if (!order.ok) return output.fault(order.fault);
  output.result(orderObject(order.value), orderLine(order.value));
  return EXIT.done;
}
