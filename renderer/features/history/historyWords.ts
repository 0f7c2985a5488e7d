import type { Device } from '../../../contract/device.ts';
import type { RemoteProfile } from '../../../contract/remoteProfile.ts';
import { clockTime } from '../../format/time.ts';
import { counted } from '../../format/words.ts';
import type { ProfileList } from './profileList.ts';

/** What a profile is for, in the words of an order. */
export function profileTitle({ eid }: Pick<RemoteProfile, 'eid'>): string {
  return eid === null ? 'Any device, by matching ID' : 'EID without a device';
}

/** The device on the bench that a profile was made for. */
export function deviceOf(devices: readonly Device[], { eid }: Pick<RemoteProfile, 'eid'>): Device | null {
  return eid === null ? null : (devices.find((device) => device.eid?.value === eid) ?? null);
}

/** How many there are, as far as is known; empty while nothing is. */
export function countSentence({ profiles, next, asking }: ProfileList): string {
  if (asking === 'first' && profiles.length === 0) return '';
  const count = counted(profiles.length, 'profile');
  return next === null ? count : `${count} so far`;
}

/** `as of 10:42:07` */
export function asOf(answeredAt: number | null): string {
  return answeredAt === null ? '' : `as of ${clockTime(answeredAt)}`;
}

/** A time of the provider's, in ms since 1970; null where it says none that can be read. */
export function providerTime(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
