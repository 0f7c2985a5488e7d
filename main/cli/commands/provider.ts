import { EXIT, type Fault, fault } from '../../../contract/fault.ts';
import { eidFault, normaliseEid } from '../../../contract/order.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { AccountDesk } from '../../bench/accountDesk.ts';
import { ordersBySid } from '../../bench/remoteProfiles.ts';
import type { Command, CommandContext } from '../context.ts';

/** What the bench gives for an account. */
type Client = ReturnType<AccountDesk['provider']>;
type Filter = Parameters<Client['list']>[0];

export interface RemoteOptions {
  readonly eid?: string;
  readonly sim?: string;
  readonly status?: string;
}

/** `profiles-remote`: the account's profiles at the provider, newest as it gives them, and which of them this ledger has. */
export const profilesRemote: Command<RemoteOptions> = async (context, options) => {
  const { output, signal } = context;
  const filter = filterOf(options);
  if (!filter.ok) return output.fault(filter.fault);
  const client = clientOf(context);
  if (!client.ok) return output.fault(client.fault);
  const desk = context.bench().openOrders();
  if (!desk.ok) output.notice(desk.fault);
  const { accounts, store } = context.bench();
  const orders = accounts.account === null ? null : ordersBySid(store.orders(), accounts.account);
  return printAll(context, client.value.list(filter.value, { signal }), (profile) => {
    const { sid, status, eid, iccid, dateCreated } = profile;
    const orderId = (sid === null ? undefined : orders?.get(sid)) ?? null;
    const parts = [sid, status, eid ?? 'matching ID', iccid, dateCreated, orderId && `order ${orderId}`];
    return [{ ...profile, orderId }, parts.filter(Boolean).join('  ')];
  });
};

/** `fleets`: the account's Fleets. */
export const fleets: Command<object> = async (context) => {
  const client = clientOf(context);
  if (!client.ok) return context.output.fault(client.fault);
  return printAll(context, client.value.listFleets({}, { signal: context.signal }), (fleet) => [
    { ...fleet },
    [fleet.sid, fleet.uniqueName].filter(Boolean).join('  '),
  ]);
};

function clientOf({ bench }: CommandContext): Result<Client> {
  const { accounts } = bench();
  return accounts.account === null ? fail(accounts.none) : ok(accounts.provider(accounts.account));
}

function filterOf({ eid, sim, status }: RemoteOptions): Result<Filter> {
  const digits = eid === undefined ? undefined : normaliseEid(eid);
  if (digits === null) return fail(eidFault(eid ?? ''));
  // As of a variable that is not set: asked for with nothing, the provider would list everything.
  if (sim?.trim() === '' || status?.trim() === '') {
    return fail(fault('usage.invalid', { message: '--sim and --status must not be empty.' }));
  }
  return ok({
    ...(digits === undefined ? {} : { eid: digits }),
    ...(sim === undefined ? {} : { simSid: sim }),
    ...(status === undefined ? {} : { status }),
  });
}

/** Prints what comes page by page; a list that breaks off in the middle says so, after what came before it. */
async function printAll<T>(
  { output }: CommandContext,
  pages: AsyncGenerator<Result<T[]>, void, void>,
  show: (entry: T) => readonly [Readonly<Record<string, unknown>>, string],
): Promise<number> {
  let count = 0;
  let broken: Fault | null = null;
  for await (const page of pages) {
    if (!page.ok) {
      broken = page.fault;
      continue;
    }
    for (const entry of page.value) {
      count += 1;
      output.result(...show(entry));
    }
  }
  if (broken !== null) return output.fault(broken);
  if (count === 0) output.progress('None.');
  return EXIT.done;
}
