import { isOpenActivation, type SimWish, SimWishSchema } from '../../../contract/activation.ts';
import { EXIT, exitCodeOf, type Fault, fault } from '../../../contract/fault.ts';
import type { Order } from '../../../contract/order.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { safeParse } from '../../../contract/safeParse.ts';
import { activateSim } from '../../bench/simWishes.ts';
import type { OrderDesk } from '../../orders/orderDesk.ts';
import { type AccountRef, accountKey } from '../../orders/record.ts';
import type { Command, CommandContext } from '../context.ts';
import { followChanges } from '../followOrder.ts';
import { openDesk } from '../openDesk.ts';
import { orderExitCode, simLine, simObject } from '../output.ts';
import { simGoesOn } from '../standing.ts';
import { watchOrders } from '../watchOrders.ts';

/** What a Sim is to become, as it stands on a command line. */
export interface WishOptions {
  readonly fleet?: string;
  readonly status?: string;
  readonly name?: string;
}

export interface SimActivateOptions extends WishOptions {
  readonly sid: string;
  /** `false` with `--no-wait`. */
  readonly wait: boolean;
  /** Seconds. */
  readonly timeout?: number;
}

/** `sim show --sid HS…`: a Sim at the provider. */
export const simShow: Command<{ readonly sid: string }> = async ({ bench, output, signal }, { sid }) => {
  const { accounts } = bench();
  if (accounts.account === null) return output.fault(accounts.none);
  const found = await accounts.provider(accounts.account).fetchSim(sid, { signal });
  if (!found.ok) return output.fault(found.fault);
  const { status, uniqueName, iccid, fleetSid } = found.value;
  output.result({ ...found.value }, [sid, status, uniqueName, iccid, fleetSid].filter(Boolean).join('  '));
  return EXIT.done;
};

/**
 * `sim activate --sid HS… --fleet F`: puts the Sim of an eSIM profile into a Fleet and makes it ready or active. The wish is in the
 * ledger before anything is sent, so that `resume` or the window can go on with it; where the ledger does not have the profile
 * yet, it is adopted.
 */
export const simActivate: Command<SimActivateOptions> = async (context, options) => {
  const { output } = context;
  const wish = wishOf(options);
  if (!wish.ok) return output.fault(wish.fault);
  const bench = context.bench();
  const account = bench.accountInUse();
  if (!account.ok) return output.fault(account.fault);
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const order = await orderOfSim(context, desk.value, options.sid, account.value);
  if (!order.ok) return output.fault(order.fault);
  const { id } = order.value;
  const activated = activateSim(bench, desk.value, id, wish.value);
  if (!activated.ok) return output.fault(activated.fault);
  // From here on: what the order was before the wish says nothing about it.
  const watch = watchOrders(bench);
  try {
    const { last, trouble } = await followChanges(context, watch, id, {
      until: (changed) => !options.wait || !simGoesOn(changed),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      print: (changed) => output.result(simObject(changed), simLine(changed)),
    });
    if (last === undefined) return output.fault(fault('order.notFound'));
    return options.wait ? conclude(context, last, trouble) : EXIT.done;
  } finally {
    watch.stop();
  }
};

/** The wish of a command line. Fault: `usage.invalid`. */
export function wishOf({ fleet, status = 'ready', name }: WishOptions): Result<SimWish> {
  const parsed = safeParse(SimWishSchema, {
    fleet,
    fleetName: null,
    simStatus: status,
    nameTemplate: name ?? null,
  });
  if (parsed.success) return ok(parsed.data);
  if (fleet === undefined) {
    return fail(
      fault('usage.invalid', {
        message: 'Give the Fleet with --fleet.',
        hint: 'List the Fleets with: fleets',
      }),
    );
  }
  const [issue] = parsed.error.issues;
  const flag = FLAGS[String(issue?.path[0])] ?? 'option';
  return fail(fault('usage.invalid', { message: `${flag} ${issue?.message ?? 'is not valid'}.` }));
}

const FLAGS: Readonly<Record<string, string>> = {
  fleet: '--fleet',
  simStatus: '--status',
  nameTemplate: '--name',
};

/** The order that has this Sim; one that the ledger does not have yet is adopted. */
async function orderOfSim(
  context: CommandContext,
  desk: OrderDesk,
  sid: string,
  account: AccountRef,
): Promise<Result<Order>> {
  const bench = context.bench();
  const known = bench.store
    .orders()
    .find((order) => order.simSid === sid && accountKey(order.account) === accountKey(account));
  if (known !== undefined) return ok(known);
  if (bench.accounts.account === null) return fail(bench.accounts.none);
  const provider = bench.accounts.provider(bench.accounts.account);
  const page = await provider.page({ simSid: sid, pageSize: 50 }, null, { signal: context.signal });
  if (!page.ok) return page;
  const profile = page.value.entries.find((entry) => entry.simSid === sid && entry.sid !== null);
  if (profile === undefined || profile.sid === null) {
    return fail(
      fault('provider.notFound', {
        message: 'No eSIM profile of this account has this SIM.',
        hint: 'See which there are with: profiles-remote',
      }),
    );
  }
  const adopted = await desk.adopt(profile.sid, account, null);
  if (!adopted.ok) return adopted;
  context.output.progress(`Profile ${profile.sid} is in the ledger now, as order ${adopted.value.orderId}.`);
  return desk.get(adopted.value.orderId);
}

function conclude({ output }: CommandContext, order: Order, trouble: Fault | null): number {
  const { activation } = order;
  if (activation?.status === 'stopped' && activation.fault !== null) return output.fault(activation.fault);
  if (!isOpenActivation(activation)) return orderExitCode(order);
  const why = trouble ?? (activation?.heldFor === 'account' ? activation.fault : null);
  output.progress('The SIM is not done yet, and the wish is kept. Take it up again with: resume');
  if (why === null) return EXIT.open;
  output.fault(why);
  return exitCodeOf(why);
}

export interface AfterOrderingOptions extends WishOptions {
  readonly off?: boolean;
}

/** `account after-ordering`: what every order of the account in use has done with its Sim by itself; without options, says it. */
export const accountAfterOrdering: Command<AfterOrderingOptions> = async ({ bench, output }, options) => {
  const { accounts } = bench();
  const { inUse } = accounts;
  if (inUse === null) return output.fault(accounts.none);
  const before = inUse.simDefaults;
  const isAsked = options.fleet === undefined && options.status === undefined && options.name === undefined;
  if (options.off === true) {
    if (!isAsked) return output.fault(fault('usage.invalid', { message: '--off stands alone.' }));
    const written = accounts.setSimDefaults(
      inUse.name,
      before === null ? null : { ...before, byItself: false },
    );
    if (!written.ok) return output.fault(written.fault);
  } else if (!isAsked) {
    const wish = wishOf(options);
    if (!wish.ok) return output.fault(wish.fault);
    const written = accounts.setSimDefaults(inUse.name, { wish: wish.value, byItself: true });
    if (!written.ok) return output.fault(written.fault);
  }
  const now = accounts.inUse?.simDefaults ?? null;
  const wish = now?.byItself === true ? now.wish : null;
  output.result(
    {
      name: inUse.name,
      afterOrdering:
        wish === null ? null : { fleet: wish.fleet, status: wish.simStatus, name: wish.nameTemplate },
    },
    wish === null
      ? `${inUse.name}: nothing is done with the SIM by itself.`
      : `${inUse.name}: the SIM becomes ${wish.simStatus} in Fleet ${wish.fleet}${wish.nameTemplate === null ? '' : `, named ${wish.nameTemplate}`}.`,
  );
  return EXIT.done;
};
