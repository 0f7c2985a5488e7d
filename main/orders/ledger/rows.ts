import { z } from 'zod';
import { ActivationSchema, SimViewSchema } from '../../../contract/activation.ts';
import { FaultSchema } from '../../../contract/fault.ts';
import {
  CallbackMethodSchema,
  CallbackUrlSchema,
  ExistingProfileSchema,
  HELD_FOR,
  type HistoryEntry,
  type Order,
} from '../../../contract/order.ts';
import { safeParse } from '../../../contract/safeParse.ts';
import { lpaOf } from '../lpa.ts';
import type { OrderRecord } from '../record.ts';

/** A column that holds JSON: text that parses into what `schema` says. */
function json<T extends z.ZodType>(schema: T) {
  return z.string().transform((text, context): z.output<T> => {
    const parsed = safeParse(schema, parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'cannot be read' });
    return z.NEVER;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const text = z.string().nullable();
const time = z.number().int().nullable();

/**
 * A row of `orders`: the ledger is a file that anybody may have opened, so it is checked like everything from outside. What an
 * order can do without falls back instead of hiding the order.
 */
const RowSchema = z.object({
  id: z.string().min(1),
  created_at: z.number().int(),
  updated_at: z.number().int(),
  status: z.string().min(1),
  held_for: z.enum(HELD_FOR).nullable().catch(null),
  kind: z.enum(['eid', 'matchingId']),
  eid: text,
  device_id: text,
  device_name: text,
  device_imei: text,
  provider: z.string(),
  account_sid: z.string(),
  endpoint: z.string(),
  callback_url: CallbackUrlSchema.nullable().catch(null),
  callback_method: CallbackMethodSchema.nullable().catch(null),
  sid: text,
  iccid: text,
  sim_sid: text,
  smdp_address: text,
  matching_id: text,
  activation_code: text,
  fault: json(FaultSchema).nullable().catch(null),
  candidates: json(z.array(ExistingProfileSchema)).catch([]),
  extra: json(z.record(z.string(), z.string())).catch({}),
  replaces: text,
  archived_at: time,
  order_another: z.number(),
  sent_at: time,
  sent_by: z.enum(['provider', 'local']).nullable(),
  known_sids: json(z.array(z.string())),
  looks: z.number().int(),
  // Missing in a file that an older version wrote and that is only looked at.
  activation_status: z.unknown().optional(),
  activation: json(ActivationSchema).nullish().catch(null),
  sim: json(SimViewSchema).nullish().catch(null),
});
type Row = z.infer<typeof RowSchema>;

/** The columns of `orders` that are ours to write, in one order for every statement. */
export const COLUMNS = RowSchema.keyof().options;

const HistoryRowSchema = z.object({
  order_id: z.string(),
  at: z.number(),
  status: z.string(),
  note: z.string(),
});

/** The values of a record for {@link COLUMNS}, in their order. */
export function valuesOf({ order, trail }: OrderRecord): (string | number | null)[] {
  const row: Record<keyof Row, string | number | null> = {
    id: order.id,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    status: order.status,
    held_for: order.heldFor,
    kind: order.kind,
    eid: order.eid,
    device_id: order.device?.id ?? null,
    device_name: order.device?.name ?? null,
    device_imei: order.device?.imei ?? null,
    provider: order.account.provider,
    account_sid: order.account.accountSid,
    endpoint: order.account.endpoint,
    callback_url: order.callback?.url ?? null,
    callback_method: order.callback?.method ?? null,
    sid: order.sid,
    iccid: order.iccid,
    sim_sid: order.simSid,
    smdp_address: order.smdpAddress,
    matching_id: order.matchingId,
    activation_code: order.activationCode,
    fault: order.fault === null ? null : JSON.stringify(order.fault),
    candidates: JSON.stringify(order.candidates),
    extra: JSON.stringify(order.extra),
    replaces: order.replaces,
    archived_at: order.archivedAt,
    order_another: trail.orderAnother ? 1 : 0,
    sent_at: trail.sentAt?.ms ?? null,
    sent_by: trail.sentAt?.by ?? null,
    known_sids: JSON.stringify(trail.knownSids),
    looks: trail.looks,
    // For questions and the index alone: what counts is in the next column.
    activation_status: order.activation?.status ?? null,
    activation: order.activation === null ? null : JSON.stringify(order.activation),
    sim: order.sim === null ? null : JSON.stringify(order.sim),
  };
  return COLUMNS.map((column) => row[column]);
}

function orderOf(row: Row, history: HistoryEntry[]): Order {
  const told = {
    kind: row.kind,
    activationCode: row.activation_code,
    smdpAddress: row.smdp_address,
    matchingId: row.matching_id,
  };
  return {
    ...told,
    // Not stored: what a QR holds follows from the rest, and a better reading of it then also serves old orders.
    ...lpaOf(told),
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    status: row.status,
    heldFor: row.held_for,
    eid: row.eid,
    device:
      row.device_id === null
        ? null
        : { id: row.device_id, name: row.device_name ?? row.device_id, imei: row.device_imei },
    account: { provider: row.provider, accountSid: row.account_sid, endpoint: row.endpoint },
    callback:
      row.callback_url === null ? null : { url: row.callback_url, method: row.callback_method ?? 'POST' },
    sid: row.sid,
    iccid: row.iccid,
    simSid: row.sim_sid,
    fault: row.fault,
    candidates: row.candidates,
    extra: row.extra,
    replaces: row.replaces,
    archivedAt: row.archived_at,
    activation: row.activation ?? null,
    sim: row.sim ?? null,
    history,
  };
}

/** A row with its history as a record; the text says what is wrong with a row that cannot be read. */
export function recordOf(
  value: unknown,
  history: HistoryEntry[],
): { readonly ok: true; readonly value: OrderRecord } | { readonly ok: false; readonly problem: string } {
  const parsed = safeParse(RowSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, problem: `${issue?.path.join('.') ?? 'row'}: ${issue?.message ?? 'cannot be read'}` };
  }
  const row = parsed.data;
  return {
    ok: true,
    value: {
      order: orderOf(row, history),
      trail: {
        orderAnother: row.order_another !== 0,
        sentAt: row.sent_at === null ? null : { ms: row.sent_at, by: row.sent_by ?? 'local' },
        knownSids: row.known_sids,
        looks: row.looks,
      },
    },
  };
}

/** Rows of `history`, by order, each in the order in which it grew. */
export function historyOf(rows: readonly unknown[]): Map<string, HistoryEntry[]> {
  const byOrder = new Map<string, HistoryEntry[]>();
  for (const value of rows) {
    const row = safeParse(HistoryRowSchema, value);
    if (!row.success) continue;
    const { order_id: orderId, at, status, note } = row.data;
    const entries = byOrder.get(orderId);
    if (entries === undefined) byOrder.set(orderId, [{ at, status, note }]);
    else entries.push({ at, status, note });
  }
  return byOrder;
}

const IdSchema = z.object({ id: z.string() });

/** The `id` of a row, where it has one that can be read. */
export function idOf(value: unknown): string | null {
  const parsed = safeParse(IdSchema, value);
  return parsed.success ? parsed.data.id : null;
}
