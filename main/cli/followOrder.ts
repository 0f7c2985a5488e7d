import { EXIT, exitCodeOf, type Fault, fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { qrFormatOf, qrForTerminal, writeQrFile } from '../bench/qrFile.ts';
import { onAccountTrouble } from './accountTrouble.ts';
import type { CommandContext } from './context.ts';
import { type Output, orderExitCode, orderLine, orderObject } from './output.ts';
import { remedyFor, standsStill } from './standing.ts';
import type { OrderWatch } from './watchOrders.ts';

/** How a command goes on with an order that it has placed. */
export interface FollowChoice {
  /** `false` with `--no-wait`. */
  readonly wait: boolean;
  /** Seconds; without it the command waits until the order stands still. */
  readonly timeout?: number;
  /** A file for the QR; see {@link qrFileProblem}. */
  readonly qr?: string;
}

/** What is wrong with the file that `--qr` names; null where nothing is. */
export function qrFileProblem(qr: string | undefined) {
  return qr === undefined || qrFormatOf(qr) !== null
    ? null
    : fault('usage.invalid', { message: '--qr takes a file that ends in .png or .svg.' });
}

export interface FollowedChanges {
  readonly until: (order: Order) => boolean;
  /** Seconds. */
  readonly timeout?: number;
  readonly print: (order: Order) => void;
}

/** Prints an order at each change until `until` says so, the time is over, or the credentials turn out not to hold (`trouble`). */
export async function followChanges(
  context: CommandContext,
  watch: OrderWatch,
  id: string,
  { until, timeout, print }: FollowedChanges,
): Promise<{ readonly last: Order | undefined; readonly trouble: Fault | null }> {
  const end = new AbortController();
  const interrupt = () => end.abort();
  context.signal.addEventListener('abort', interrupt);
  if (context.signal.aborted) end.abort();
  let trouble: Fault | null = null;
  const stopLooking = onAccountTrouble(context.bench(), (why) => {
    trouble = why;
    end.abort();
  });
  try {
    const last = await watch.follow(id, {
      until,
      timeoutMs: timeout === undefined ? null : timeout * 1_000,
      signal: end.signal,
      onChange: print,
    });
    return { last, trouble };
  } finally {
    stopLooking();
    context.signal.removeEventListener('abort', interrupt);
  }
}

/**
 * Prints an order at each change until nothing more happens to it by itself, also because the credentials do not hold; then its QR.
 * Gives the exit code.
 */
export async function followOrder(
  context: CommandContext,
  watch: OrderWatch,
  id: string,
  choice: FollowChoice,
): Promise<number> {
  const { output } = context;
  const { last, trouble } = await followChanges(context, watch, id, {
    until: choice.wait ? standsStill : () => true,
    ...(choice.timeout === undefined ? {} : { timeout: choice.timeout }),
    print: (changed) => output.result(orderObject(changed), orderLine(changed)),
  });
  if (last === undefined) return output.fault(fault('order.notFound'));
  return choice.wait ? finish(context, last, choice.qr, trouble) : EXIT.done;
}

async function finish(
  context: CommandContext,
  order: Order,
  file: string | undefined,
  trouble: Fault | null,
): Promise<number> {
  const { output } = context;
  const format = file === undefined ? null : qrFormatOf(file);
  if (order.lpa !== null) {
    if (file !== undefined && format !== null) {
      const written = await writeQrFile(file, order.lpa, format);
      if (!written.ok) return output.fault(written.fault);
      output.progress(`QR written to ${file}`);
    } else if (context.stdout.isTTY === true && !context.json) {
      output.progress(qrForTerminal(order.lpa));
    }
  }
  const code = orderExitCode(order);
  const why =
    code === EXIT.open ? (trouble ?? heldByAccount(order)) : (order.fault ?? order.activation?.fault ?? null);
  if (code === EXIT.open) tellOpen(output, order);
  if (code === EXIT.done || why === null) return code;
  output.fault(why);
  return exitCodeOf(why);
}

function heldByAccount(order: Order): Fault | null {
  if (order.heldFor === 'account') return order.fault;
  return order.activation?.heldFor === 'account' ? order.activation.fault : null;
}

/** The order is kept, only not finished: its last line on stdout says how it stands, so this goes to stderr. */
function tellOpen(output: Output, order: Order): void {
  const remedy = remedyFor(order) ?? 'Take it up again with: resume';
  output.progress(`The order ${order.id} is kept (${order.status}). ${remedy}`);
}
