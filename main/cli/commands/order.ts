import type { CreateOutcome } from '../../../contract/channels.ts';
import { EXIT, fault } from '../../../contract/fault.ts';
import {
  type Callback,
  CallbackSchema,
  eidCheckDigitsHold,
  eidFault,
  normaliseEid,
  type Order,
  SETTLED_STATUSES,
} from '../../../contract/order.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { deviceName } from '../../bench/deviceName.ts';
import { qrFormatOf, qrForTerminal, writeQrFile } from '../../bench/qrFile.ts';
import { readDeviceOnce } from '../../bench/readDeviceOnce.ts';
import type { OrderDesk } from '../../orders/orderDesk.ts';
import type { AccountRef } from '../../orders/record.ts';
import type { Command, CommandContext } from '../context.ts';
import { type Output, orderExitCode, orderLine, orderObject } from '../output.ts';
import { watchOrders } from '../watchOrders.ts';

export interface OrderOptions {
  readonly port?: string;
  readonly baud: number;
  readonly eid?: string;
  readonly matchingId?: boolean;
  readonly callbackUrl?: string;
  readonly callbackMethod?: string;
  /** `false` with `--no-wait`. */
  readonly wait: boolean;
  /** Seconds; without it the command waits until the order settles. */
  readonly timeout?: number;
  readonly qr?: string;
  readonly force?: boolean;
  readonly another?: boolean;
  readonly adopt?: string;
}

interface Target {
  readonly eid: string | null;
  readonly device: Order['device'];
}

/** `order`: orders one profile and watches it. */
export const order: Command<OrderOptions> = async (context, options) => {
  const { output, signal } = context;
  const qrFormat = options.qr === undefined ? null : qrFormatOf(options.qr);
  if (options.qr !== undefined && qrFormat === null) {
    return output.fault(fault('usage.invalid', { message: '--qr takes a file that ends in .png or .svg.' }));
  }
  const callback = callbackOf(options);
  if (!callback.ok) return output.fault(callback.fault);
  const target = await targetOf(context, options);
  if (!target.ok) return output.fault(target.fault);

  const bench = context.bench();
  const account = bench.accountInUse();
  if (!account.ok) return output.fault(account.fault);
  const desk = bench.openOrders();
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
    const id = placed.value.orderId;
    const settled = await watch.follow(id, {
      until: options.wait ? SETTLED_STATUSES : null,
      timeoutMs: options.timeout === undefined ? null : options.timeout * 1_000,
      signal,
      onChange: (changed) => output.result(orderObject(changed), orderLine(changed)),
    });
    if (settled === undefined) return output.fault(fault('order.notFound'));
    if (!options.wait) return EXIT.done;
    return await finish(context, settled, options.qr, qrFormat);
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

async function finish(
  context: CommandContext,
  settled: Order,
  file: string | undefined,
  format: ReturnType<typeof qrFormatOf>,
): Promise<number> {
  const { output } = context;
  if (settled.lpa !== null) {
    if (file !== undefined && format !== null) {
      const written = await writeQrFile(file, settled.lpa, format);
      if (!written.ok) return output.fault(written.fault);
      output.progress(`QR written to ${file}`);
    } else if (context.stdout.isTTY === true && !context.json) {
      output.progress(qrForTerminal(settled.lpa));
    }
  }
  const code = orderExitCode(settled);
  if (code === EXIT.open) tellOpen(output, settled);
  else if (code !== EXIT.done && settled.fault !== null) return output.fault(settled.fault);
  return code;
}

/** The order is kept, only not finished: its last line on stdout says how it stands, so this goes to stderr. */
function tellOpen(output: Output, open: Order): void {
  output.progress(`The order ${open.id} is kept (${open.status}). Take it up again with: resume`);
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
  const read = await readDeviceOnce(serial, modemTools, options.port, options.baud, context.signal, () =>
    clock.monotonic(),
  );
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
