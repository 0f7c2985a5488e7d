import type { Order } from '../../contract/order.ts';

/** One order a line, as JSON, with its whole history. */
export function* ordersAsJsonLines(orders: Iterable<Order>): Generator<string, void, void> {
  for (const order of orders) yield `${JSON.stringify(order)}\n`;
}

const iso = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString());

/** When an order first had a status; empty where it never had. */
const reached = (status: string) => (order: Order) =>
  iso(order.history.find((entry) => entry.status === status)?.at ?? null);

/** The columns of the CSV, in their order. */
const COLUMNS: readonly (readonly [name: string, value: (order: Order) => string | null])[] = [
  ['id', (order) => order.id],
  ['created', (order) => iso(order.createdAt)],
  ['updated', (order) => iso(order.updatedAt)],
  ['status', (order) => order.status],
  ['held_for', (order) => order.heldFor],
  ['kind', (order) => order.kind],
  ['eid', (order) => order.eid],
  ['device', (order) => order.device?.name ?? null],
  ['imei', (order) => order.device?.imei ?? null],
  ['provider', (order) => order.account.provider],
  ['account_sid', (order) => order.account.accountSid],
  ['endpoint', (order) => order.account.endpoint],
  ['sid', (order) => order.sid],
  ['iccid', (order) => order.iccid],
  ['sim_sid', (order) => order.simSid],
  ['sim_status', (order) => order.sim?.status ?? null],
  ['sim_name', (order) => order.sim?.uniqueName ?? null],
  ['fleet', (order) => order.sim?.fleetSid ?? null],
  ['activation', (order) => order.activation?.status ?? null],
  ['smdp_address', (order) => order.smdpAddress],
  ['matching_id', (order) => order.matchingId],
  ['activation_code', (order) => order.activationCode],
  ['lpa', (order) => order.lpa],
  ['confirmation_code', (order) => (order.confirmationCodeRequired ? 'yes' : 'no')],
  ['sent', reached('sending')],
  ['available', reached('available')],
  ['downloaded', reached('downloaded')],
  ['installed', reached('installed')],
  ['fault', (order) => order.fault?.code ?? null],
  ['fault_message', (order) => order.fault?.message ?? null],
  ['provider_code', (order) => order.fault?.providerCode ?? null],
  ['request_id', (order) => order.fault?.requestId ?? null],
  ['replaces', (order) => order.replaces],
  ['archived', (order) => iso(order.archivedAt)],
];

/** What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell: never a formula, and quoted where RFC 4180 §2 asks for it. */
function cell(value: string): string {
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The orders as a table for a spreadsheet (RFC 4180), with a line of names first; the history is reduced to when each step was reached. */
export function* ordersAsCsv(orders: Iterable<Order>): Generator<string, void, void> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  for (const order of orders) yield `${COLUMNS.map(([, value]) => cell(value(order) ?? '')).join(',')}\r\n`;
}
