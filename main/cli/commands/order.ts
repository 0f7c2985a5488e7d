import type { CreateOutcome } from '../../../contract/channels.ts';
import { fault } from '../../../contract/fault.ts';
import {
  type Callback,
  CallbackSchema,
  eidCheckDigitsHold,
  eidFault,
  normaliseEid,
  type Order,
} from '../../../contract/order.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { deviceName } from '../../bench/deviceName.ts';
import { readDeviceOnce } from '../../bench/readDeviceOnce.ts';
import { simWishOf } from '../../bench/simWishes.ts';
import type { OrderDesk } from '../../orders/orderDesk.ts';
import type { AccountRef } from '../../orders/record.ts';
import type { Command, CommandContext } from '../context.ts';
import { type FollowChoice, followOrder, qrFileProblem } from '../followOrder.ts';
import { openDesk } from '../openDesk.ts';
import { watchOrders } from '../watchOrders.ts';

export interface OrderOptions extends FollowChoice {
  readonly port?: string;
  readonly baud: number;
  readonly eid?: string;
  readonly matchingId?: boolean;
  readonly callbackUrl?: string;
  readonly callbackMethod?: string;
  readonly force?: boolean;
  readonly another?: boolean;
  readonly adopt?: string;
}

/** Options that say how to order. */
const NOT_WITH_ADOPT: readonly (readonly [keyof OrderOptions, string])[] = [
  ['matchingId', '--matching-id'],
  ['another', '--another'],
  ['callbackUrl', '--callback-url'],
];

interface Target {
  readonly eid: string | null;
  readonly device: Order['device'];
}

/** `order`: orders one profile and watches it. */
export const order: Command<OrderOptions> = async (context, options) => {
  const { output } = context;
  const qrProblem = qrFileProblem(options.qr);
  if (qrProblem !== null) return output.fault(qrProblem);
  const foreign = options.adopt === undefined ? undefined : NOT_WITH_ADOPT.find(([name]) => options[name]);
  if (foreign !== undefined) {
    return output.fault(
      fault('usage.invalid', { message: `--adopt orders nothing, so ${foreign[1]} cannot be heeded.` }),
    );
  }
  const callback = callbackOf(options);
  if (!callback.ok) return output.fault(callback.fault);
  const target = await targetOf(context, options);
  if (!target.ok) return output.fault(target.fault);

  const bench = context.bench();
  const account = bench.accountInUse();
  if (!account.ok) return output.fault(account.fault);
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);

  const { eid, device } = target.value;
  const watch = watchOrders(bench);
  try {
    const placed =
      options.adopt === undefined
        ? await desk.value.place({
            target: eid === null ? { kind: 'matchingId' } : { kind: 'eid', eid },
            device,
            account: account.value,
            callback: callback.value,
            orderAnother: options.another === true,
            ...simWishOf(bench.accounts.inUse),
          })
        : await adopt(desk.value, options.adopt, account.value, device);
    if (!placed.ok) return output.fault(placed.fault);
    if (placed.value.kind === 'exists') {
      const sids = placed.value.profiles.map((profile) => `${profile.sid} (${profile.status})`).join(', ');
      return output.fault(
        fault('order.exists', {
          hint: 'Take it with --adopt SID, or order another one with --another.',
          details: sids,
        }),
      );
    }
    return await followOrder(context, watch, placed.value.orderId, options);
  } finally {
    watch.stop();
  }
};

async function adopt(
  desk: OrderDesk,
  sid: string,
  account: AccountRef,
  device: Order['device'],
): Promise<Result<CreateOutcome>> {
  const adopted = await desk.adopt(sid, account, device);
  return adopted.ok ? ok({ kind: 'ordered', orderId: adopted.value.orderId }) : adopted;
}

function callbackOf(options: OrderOptions): Result<Callback | null> {
  if (options.callbackUrl === undefined) {
    return options.callbackMethod === undefined
      ? ok(null)
      : fail(fault('usage.invalid', { message: '--callback-method needs --callback-url.' }));
  }
  const parsed = CallbackSchema.safeParse({
    url: options.callbackUrl,
    method: (options.callbackMethod ?? 'POST').toUpperCase(),
  });
  if (parsed.success) return ok(parsed.data);
  return fail(
    fault('usage.invalid', {
      message:
        'The callback must be an http or https address without user or password, its method GET or POST.',
    }),
  );
}

async function targetOf(context: CommandContext, options: OrderOptions): Promise<Result<Target>> {
  const given = [options.port !== undefined, options.eid !== undefined, options.matchingId === true].filter(
    Boolean,
  );
  if (given.length > 1 || (given.length === 0 && options.adopt === undefined)) {
    return fail(fault('usage.invalid', { message: 'Give one of --port, --eid and --matching-id.' }));
  }
  if (options.eid !== undefined) {
    const digits = normaliseEid(options.eid);
    if (digits === null) return fail(eidFault(options.eid));
    if (!eidCheckDigitsHold(digits) && options.force !== true) return fail(eidFault(options.eid));
    return ok({ eid: digits, device: null });
  }
  if (options.port === undefined) return ok({ eid: null, device: null });

  const { serial, modemTools, clock } = context.bench();
  context.output.progress(`Reading the EID on ${options.port} …`);
  const read = await readDeviceOnce({
    serial,
    tools: modemTools,
    clock,
    path: options.port,
    baudRate: options.baud,
    signal: context.signal,
  });
  if (!read.ok) return read;
  const { eid, modem } = read.value;
  if (!eid.valid && options.force !== true) return fail(eidFault(eid.value));
  const device: NonNullable<Order['device']> = {
    id: modem.imei ?? options.port,
    name: deviceName({ modem, usb: null }),
    imei: modem.imei,
  };
  return ok({ eid: eid.value, device });
}
