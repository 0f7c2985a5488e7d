import type { FleetList, FleetView, SimWish } from '../../../contract/activation.ts';
import type { Fault } from '../../../contract/fault.ts';
import { shortWhen } from '../../format/time.ts';
import type { StateWord } from '../orders/orderWords.ts';

/** What a Fleet is called: its unique name, else its SID. */
export function fleetLabel({ sid, uniqueName }: FleetView): string {
  return uniqueName ?? sid;
}

/** What a Fleet is called by its SID, from the list or from what was wished; null where neither knows. */
export function fleetNameOf(sid: string, list: FleetList | null, wish: SimWish | null): string | null {
  const listed = list?.fleets.find((fleet) => fleet.sid === sid)?.uniqueName ?? null;
  return listed ?? (wish?.fleet === sid ? wish.fleetName : null);
}

/** What is said of the list below the field; its place is kept, so that nothing jumps when the list arrives. */
export function fleetNotice(
  list: FleetList | null,
  pending: boolean,
  fault: Fault | null,
  provider: string,
  now: number,
): StateWord {
  if (pending && list === null) return { word: `Asking ${provider} for the Fleets`, tone: 'busy' };
  const why = fault ?? list?.fault ?? null;
  if (list === null || (why !== null && list.listedAt === null)) {
    const reason = why === null ? '' : `${why.message} `;
    return { word: `${reason}Enter the unique name or the SID of a Fleet.`, tone: 'waiting' };
  }
  if (why !== null && list.listedAt !== null) {
    return {
      word: `${why.message} These are the Fleets of ${shortWhen(list.listedAt, now)}.`,
      tone: 'waiting',
    };
  }
  if (list.fleets.length === 0) {
    return {
      word: `This account has no Fleet yet. Make one in the console of ${provider}, then ask again.`,
      tone: 'waiting',
    };
  }
  return { word: 'A SIM is used in a Fleet. Choose one, or enter its unique name or SID.', tone: 'idle' };
}

/** Whether asking once more may give something else. */
export function mayAskAgain(list: FleetList | null, fault: Fault | null): boolean {
  return list === null || list.fault !== null || fault !== null || list.fleets.length === 0;
}
