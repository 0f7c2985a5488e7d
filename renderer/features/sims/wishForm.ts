import {
  type FleetList,
  FleetNameSchema,
  type FleetView,
  type SimStatusWishSchema,
  type SimWish,
} from '../../../contract/activation.ts';
import { templateProblem } from '../../../contract/nameTemplate.ts';
import { fleetLabel } from './fleetWords.ts';

/** A wish as it is typed. */
export interface WishForm {
  /** A Fleet's unique name or SID. */
  readonly fleet: string;
  readonly simStatus: ReturnType<typeof SimStatusWishSchema.parse>;
  /** A template; empty leaves the Sim's name as it is. */
  readonly name: string;
}

export type WishErrors = Partial<Record<keyof WishForm, string>>;

/**
 * The fields to begin with: what was wished last, else nothing but `ready`; `active` where the Sim can become or stay nothing else.
 * @param present the Sim's status; null where it has none yet, or orders to come are meant
 */
export function formOfWish(wish: SimWish | null, present: string | null): WishForm {
  const simStatus = present === 'active' || present === 'inactive' ? 'active' : wish?.simStatus;
  return {
    fleet: wish?.fleetName ?? wish?.fleet ?? '',
    simStatus: simStatus ?? 'ready',
    name: wish?.nameTemplate ?? '',
  };
}

/** The Fleet that is meant by what was typed: one of the list or of the wish before by name or SID, else just what was typed. */
export function fleetOf(
  typed: string,
  list: FleetList | null,
  before: SimWish | null,
): Pick<SimWish, 'fleet' | 'fleetName'> {
  const text = typed.trim();
  const found: FleetView | undefined = list?.fleets.find(
    ({ sid, uniqueName }) => uniqueName === text || sid === text,
  );
  if (found !== undefined) return { fleet: found.sid, fleetName: found.uniqueName };
  if (before !== null && (before.fleetName === text || before.fleet === text)) {
    return { fleet: before.fleet, fleetName: before.fleetName };
  }
  return { fleet: text, fleetName: null };
}

export type CheckedWish =
  | { readonly ok: true; readonly wish: SimWish }
  | { readonly ok: false; readonly errors: WishErrors };

export function checkWish(form: WishForm, list: FleetList | null, before: SimWish | null): CheckedWish {
  const errors: WishErrors = {
    ...(FleetNameSchema.safeParse(form.fleet).success
      ? {}
      : {
          fleet:
            form.fleet.trim() === ''
              ? 'Choose a Fleet: a SIM is used in one.'
              : 'A Fleet is named in one line.',
        }),
    ...nameError(form.name),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const name = form.name.trim();
  return {
    ok: true,
    wish: {
      ...fleetOf(form.fleet, list, before),
      simStatus: form.simStatus,
      nameTemplate: name === '' ? null : name,
    },
  };
}

function nameError(name: string): Pick<WishErrors, 'name'> {
  if (name.trim() === '') return {};
  const problem = templateProblem(name);
  return problem === null ? {} : { name: problemSentence(problem) };
}

/** What is wrong with a template, as a sentence. */
export function problemSentence(problem: string): string {
  return problem.startsWith('{') ? `${problem}.` : `The name ${problem}.`;
}

/** Names as a drop-down shows them, in the order of the alphabet, 2 before 10. */
export function fleetLabels(list: FleetList | null): string[] {
  return [...new Set((list?.fleets ?? []).map(fleetLabel))].sort((one, other) =>
    one.localeCompare(other, undefined, { numeric: true }),
  );
}
