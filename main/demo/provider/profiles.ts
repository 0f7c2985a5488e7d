import { withLuhnDigit } from '../digits.ts';

/** Statuses of an eSIM profile in the order in which they come. */
const LIFE = ['new', 'reserving', 'available', 'downloaded', 'installed'] as const;
export type LifeStatus = (typeof LIFE)[number];
export type ProfileStatus = LifeStatus | 'failed';

/** A profile as the provider keeps it: what is true, whatever was answered. */
export interface StoredProfile {
  readonly sid: string;
  readonly accountSid: string;
  /** Null for one with a matching ID. */
  readonly eid: string | null;
  status: ProfileStatus;
  /** ms since 1970, the provider's clock. */
  readonly createdAt: number;
  updatedAt: number;
  /** Reserved for it from the start, shown from `available` on. */
  readonly iccid: string;
  readonly simSid: string;
  readonly matchingId: string | null;
  readonly callbackUrl: string | null;
  readonly callbackMethod: 'GET' | 'POST';
  /** When it fails in place of going on; null: it does not. */
  readonly doom: Doom | null;
  error: { readonly code: string; readonly message: string } | null;
}

/** A failure to come: so long after it was made. */
export interface Doom {
  readonly afterMs: number;
  readonly code: string;
  readonly message: string;
}

/** How long after it was made a profile reaches each status, ms; null: only when told. */
export interface Pace {
  readonly reservingMs: number | null;
  readonly availableMs: number | null;
  readonly downloadedMs: number | null;
  readonly installedMs: number | null;
}

/** Quick enough to watch: available after five seconds; downloaded and installed when the device says so. */
export const DEMO_PACE: Pace = {
  reservingMs: 1_500,
  availableMs: 5_000,
  downloadedMs: null,
  installedMs: null,
};

/** Lets a profile become what it is by `now`. It never goes back, also where the clock does. */
export function ripen(profile: StoredProfile, pace: Pace, now: number): void {
  if (profile.status === 'failed') return;
  const { doom } = profile;
  const moments: readonly [LifeStatus, number | null][] = [
    ['reserving', pace.reservingMs],
    ['available', pace.availableMs],
    ['downloaded', pace.downloadedMs],
    ['installed', pace.installedMs],
  ];
  for (const [status, after] of moments) {
    if (after === null || now < profile.createdAt + after) break;
    if (doom !== null && doom.afterMs <= after) break;
    if (isBefore(profile.status, status)) move(profile, status, profile.createdAt + after);
  }
  if (doom !== null && now >= profile.createdAt + doom.afterMs)
    fail(profile, { code: doom.code, message: doom.message }, profile.createdAt + doom.afterMs);
}

export function isBefore(status: ProfileStatus, other: LifeStatus): boolean {
  return status !== 'failed' && LIFE.indexOf(status) < LIFE.indexOf(other);
}

export function move(profile: StoredProfile, status: LifeStatus, at: number): void {
  profile.status = status;
  profile.updatedAt = at;
}

export function fail(profile: StoredProfile, error: NonNullable<StoredProfile['error']>, at: number): void {
  profile.status = 'failed';
  profile.error = error;
  profile.updatedAt = at;
}

/** A profile's resource as the API gives it: field for field as the official OpenAPI document has it. */
export function profileResource(
  profile: StoredProfile,
  origin: string,
  smdpAddress: string,
): Record<string, string | null> {
  const reserved = !isBefore(profile.status, 'available') && profile.status !== 'failed';
  const matchingId = reserved ? profile.matchingId : null;
  return {
    sid: profile.sid,
    account_sid: profile.accountSid,
    iccid: reserved ? profile.iccid : null,
    sim_sid: reserved ? profile.simSid : null,
    status: profile.status,
    eid: profile.eid,
    smdp_plus_address: reserved ? smdpAddress : null,
    matching_id: matchingId,
    // Without `LPA:` before it, and with the address in capitals, as in the official example.
    activation_code: matchingId === null ? null : `1$${smdpAddress.toUpperCase()}$${matchingId}`,
    error_code: profile.error?.code ?? null,
    error_message: profile.error?.message ?? null,
    date_created: isoSeconds(profile.createdAt),
    date_updated: isoSeconds(profile.updatedAt),
    url: `${origin}/v1/ESimProfiles/${profile.sid}`,
  };
}

/** `2020-09-01T20:00:00Z`. */
export function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Numbers and names for a new profile out of random bytes. */
export function newNames(random: (count: number) => Uint8Array) {
  const hex = (count: number) => Buffer.from(random(count)).toString('hex');
  const digits = (count: number) => Array.from(random(count), (byte) => byte % 10).join('');
  const letters = () => Array.from(random(5), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return {
    sid: (prefix: 'HP' | 'HS' | 'HF' | 'HA' | 'RQ') => `${prefix}${hex(16)}`,
    /** 20 digits in the provider's range, valid by their Luhn digit. */
    iccid: () => withLuhnDigit(`8988307${digits(12)}`),
    /** Five groups of five, as in the official example. */
    matchingId: () => Array.from({ length: 5 }, letters).join('-'),
  };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
