import {
  type EuiccState,
  type InstalledProfile,
  makeProfile,
  type ProfileOperation,
  type ProfileRecipe,
} from './euiccState.ts';

/**
 * What becomes of profiles on an eUICC (SGP.22 §3.2, §5.7.16 to §5.7.21): each function changes the state and leaves
 * the notifications that the profile asks for, or says why not, with the result code of the specification.
 */

/** `enableResult`, `disableResult`, `deleteResult`, `resetResult` and their like. */
export const RESULT = {
  ok: 0,
  notFound: 1,
  nothingToDelete: 1,
  wrongState: 2,
  disallowedByPolicy: 3,
  wrongProfileReenabling: 4,
  catBusy: 5,
  undefinedError: 127,
} as const;

/** Puts a profile on the card, disabled, as a download does: takes memory, notifies of the installation. */
export function installProfile(state: EuiccState, recipe: ProfileRecipe): InstalledProfile {
  const profile = makeProfile(state, { ...recipe, enabled: false });
  state.profiles.push(profile);
  state.info.freeNonVolatile -= profile.bytes;
  notify(state, profile, 'install');
  return profile;
}

/** Why the profile cannot be enabled now, or `ok`. Policy does not stand in the way of a test profile (§5.7.16). */
export function mayEnable(state: EuiccState, profile: InstalledProfile | undefined): number {
  if (profile === undefined) return RESULT.notFound;
  if (profile.enabled) return RESULT.wrongState;
  const current = enabledProfile(state);
  if (current === undefined || profile.profileClass === 'test') return RESULT.ok;
  if (current.rules.ppr1) return RESULT.disallowedByPolicy;
  const before = state.enabledBeforeTest;
  if (current.profileClass === 'test' && before !== null && before !== profile.iccid)
    return RESULT.wrongProfileReenabling;
  return RESULT.ok;
}

/** One profile is enabled at a time: the other one is disabled by it, and both are notified of. */
export function enableProfile(state: EuiccState, profile: InstalledProfile): void {
  const current = enabledProfile(state);
  if (current !== undefined) setDisabled(state, current);
  if (profile.profileClass !== 'test') state.enabledBeforeTest = null;
  else if (current !== undefined && current.profileClass !== 'test') state.enabledBeforeTest = current.iccid;
  profile.enabled = true;
  notify(state, profile, 'enable');
}

export function mayDisable(profile: InstalledProfile | undefined): number {
  if (profile === undefined) return RESULT.notFound;
  if (!profile.enabled) return RESULT.wrongState;
  return profile.rules.ppr1 ? RESULT.disallowedByPolicy : RESULT.ok;
}

/** After a test profile the operational one that was enabled before it is enabled again (§5.7.17). */
export function disableProfile(state: EuiccState, profile: InstalledProfile): void {
  setDisabled(state, profile);
  const before = state.profiles.find((one) => one.iccid === state.enabledBeforeTest);
  if (profile.profileClass !== 'test' || before === undefined) return;
  state.enabledBeforeTest = null;
  before.enabled = true;
  notify(state, before, 'enable');
}

export function mayDelete(profile: InstalledProfile | undefined): number {
  if (profile === undefined) return RESULT.notFound;
  if (profile.enabled) return RESULT.wrongState;
  return profile.rules.ppr2 ? RESULT.disallowedByPolicy : RESULT.ok;
}

/** Gives its memory back. */
export function deleteProfile(state: EuiccState, profile: InstalledProfile): void {
  const at = state.profiles.indexOf(profile);
  if (at < 0) return;
  state.profiles.splice(at, 1);
  state.info.freeNonVolatile += profile.bytes;
  if (state.enabledBeforeTest === profile.iccid) state.enabledBeforeTest = null;
  notify(state, profile, 'delete');
}

export interface ResetOptions {
  readonly operational: boolean;
  readonly fieldLoadedTest: boolean;
  readonly defaultSmdp: boolean;
}

/** The profiles that a memory reset deletes: enabled or not, whatever their rules say (§5.7.19). */
export function profilesToReset(state: EuiccState, options: ResetOptions): InstalledProfile[] {
  return state.profiles.filter((profile) => {
    if (profile.profileClass === 'test') return options.fieldLoadedTest && !profile.preloaded;
    return profile.profileClass !== 'provisioning' && options.operational;
  });
}

export function enabledProfile(state: EuiccState): InstalledProfile | undefined {
  return state.profiles.find((profile) => profile.enabled);
}

function setDisabled(state: EuiccState, profile: InstalledProfile): void {
  profile.enabled = false;
  notify(state, profile, 'disable');
}

/** One notification for each address that the profile wants told of this operation. */
function notify(state: EuiccState, profile: InstalledProfile, operation: ProfileOperation): void {
  for (const { operations, address } of profile.notificationConfiguration) {
    if (!operations.includes(operation)) continue;
    const { iccid, isdpAid } = profile;
    state.notifications.push({
      sequenceNumber: state.nextSequenceNumber,
      operation,
      address,
      iccid,
      isdpAid,
    });
    state.nextSequenceNumber += 1;
  }
}
