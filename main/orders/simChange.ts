import type { Activation, FleetView, SimWish } from '../../contract/activation.ts';
import type { Sim, SimUpdate, SimUpdateOutcome } from '../provider/provider.ts';
import { missingOf, SCHEDULED, sidOfFleet } from '../provider/simUpdate.ts';
import type { SimStands } from './activationLife.ts';
import { isFleetSid } from './fleetBook.ts';
import type { SimName } from './simName.ts';

/** A request to change a Sim: what of the wish it still lacks, and under which name. */
export interface SimChange {
  readonly simSid: string;
  readonly wanted: SimUpdate;
  readonly missing: SimUpdate;
  readonly name: SimName;
  readonly fleets: readonly FleetView[];
}

/** What a Sim is asked to be; without a name it keeps its own. */
export function wantedOf({ fleet, simStatus }: SimWish, uniqueName: string | null): SimUpdate {
  return { fleet, status: simStatus, ...(uniqueName === null ? {} : { uniqueName }) };
}

/**
 * How a Sim stands that was looked at.
 * @param missing what it lacks of the wish, by `missingOf`: a Fleet's name that nobody can look up is missing
 */
export function standsOnLook({ status }: Pick<Sim, 'status'>, missing: SimUpdate | null): SimStands {
  if (status === SCHEDULED) return 'scheduled';
  return missing === null ? 'asWished' : 'otherwise';
}

/** How a Sim stands by the answer to a change that the provider has made. */
export function standsByAnswer(
  { kind, sim }: Extract<SimUpdateOutcome, { readonly sim: Sim }>,
  { fleets, wanted }: SimChange,
): SimStands {
  if (kind === 'scheduled') return 'scheduled';
  const { fleet = '' } = wanted;
  // Where the Fleets cannot be listed nobody can tell which SID the name stands for: that it was done is the provider's word then.
  const isKnown = isFleetSid(fleet) || sidOfFleet(fleet, fleets) !== null;
  const told = isKnown ? wanted : { ...wanted, fleet: sim.fleetSid ?? fleet };
  return missingOf(sim, told, fleets) === null ? 'asWished' : 'otherwise';
}

/** `Fleet "bench", status ready`: what a request asks for, for the history. */
export function changesInWords(
  { fleet, status, uniqueName }: SimUpdate,
  { wish }: Pick<Activation, 'wish'>,
): string {
  return [
    fleet === undefined ? null : `Fleet "${wish.fleetName ?? fleet}"`,
    status === undefined ? null : `status ${status}`,
    uniqueName === undefined ? null : `name ${uniqueName}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
