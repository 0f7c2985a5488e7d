import { type Fault, fault } from '../../contract/fault.ts';
import { ONE_LINE } from '../../contract/oneLine.ts';
import type { Fleet, Sim, SimUpdate } from './provider.ts';

type NamedFleet = Pick<Fleet, 'sid' | 'uniqueName'>;

/** The status of a Sim while a change that was taken is not done yet. */
export const SCHEDULED = 'scheduled';

/** The form of a request to change a Sim. */
export function simUpdateForm(update: SimUpdate): URLSearchParams {
  const form = new URLSearchParams();
  if (update.uniqueName !== undefined) form.set('UniqueName', update.uniqueName);
  if (update.status !== undefined) form.set('Status', update.status);
  if (update.fleet !== undefined) form.set('Fleet', update.fleet);
  if (update.callback !== undefined) {
    form.set('CallbackUrl', update.callback.url);
    form.set('CallbackMethod', update.callback.method);
  }
  return form;
}

/**
 * What of `wanted` a Sim does not have yet, or null where it has all: what a request that may or may not have happened is followed
 * by, so that doing it again changes nothing twice and no unchanged status is asked for. A Sim that was to become `ready` and is
 * `active` has gone there by itself.
 * @param fleets the account's Fleets, to tell a Fleet's unique name; one that is not among them counts as missing
 */
export function missingOf(sim: Sim, wanted: SimUpdate, fleets: readonly NamedFleet[] = []): SimUpdate | null {
  const { uniqueName, fleet, status, callback } = wanted;
  const isNamed = uniqueName === undefined || sim.uniqueName === uniqueName;
  const isInFleet = fleet === undefined || sim.fleetSid === (sidOfFleet(fleet, fleets) ?? fleet);
  const isThere =
    status === undefined || sim.status === status || (status === 'ready' && sim.status === 'active');
  if (isNamed && isInFleet && isThere) return null;
  return {
    ...(isNamed ? {} : { uniqueName }),
    ...(isInFleet ? {} : { fleet }),
    ...(isThere ? {} : { status }),
    ...(callback === undefined ? {} : { callback }),
  };
}

/** The SID of a Fleet that is named by SID or unique name; null where it is not among them. */
export function sidOfFleet(fleet: string, fleets: readonly NamedFleet[]): string | null {
  const found = fleets.find(({ sid, uniqueName }) => sid === fleet || uniqueName === fleet);
  return found?.sid ?? null;
}

/** What is wrong with a wish, before it is sent; null where nothing is. */
export function wishFault(update: SimUpdate): Fault | null {
  const { uniqueName, fleet, status } = update;
  if (uniqueName === undefined && fleet === undefined && status === undefined)
    return fault('usage.invalid', { message: 'There is nothing to change: no name, Fleet or status.' });
  if (uniqueName !== undefined && !isLine(uniqueName))
    return fault('usage.invalid', { message: 'A unique name is one line of 1 to 255 characters.' });
  if (fleet !== undefined && !isLine(fleet))
    return fault('usage.invalid', {
      message: 'A Fleet is named by its SID or its unique name, in one line.',
    });
  return null;
}

function isLine(text: string): boolean {
  return text.length <= 255 && text.trim() !== '' && ONE_LINE.test(text);
}

/** Codes by which the provider certainly did nothing, whatever their HTTP status. */
const REFUSALS: ReadonlySet<string> = new Set([
  '83005',
  '83006',
  '83007',
  '83008',
  '83009',
  '83010',
  '83011',
]);

/** Whether the fault is a refusal of the provider that changed nothing. */
export function isRefusal(why: Fault): boolean {
  return why.providerCode !== undefined && REFUSALS.has(why.providerCode);
}

/** Sentences that can say which name or which Fleet is meant, since the request is at hand. */
const NAMING: Readonly<Record<string, (update: SimUpdate) => string | null>> = {
  '83006': ({ fleet }) => (fleet === undefined ? null : `The provider does not know the Fleet "${fleet}".`),
  '83011': ({ uniqueName }) =>
    uniqueName === undefined
      ? null
      : `The unique name "${uniqueName}" is taken by another SIM of the account.`,
};

/** The fault with the name or Fleet in it that the request had. */
export function namingFault(why: Fault, update: SimUpdate): Fault {
  const { providerCode } = why;
  const naming =
    providerCode !== undefined && Object.hasOwn(NAMING, providerCode) ? NAMING[providerCode] : null;
  const message = naming?.(update) ?? null;
  return message === null ? why : { ...why, message };
}
