/**
 * Activation codes and the string that a QR holds (GSMA SGP.22 v2 §4.1):
 * `1$<SM-DP+ address>$<matching ID>[$<SM-DP+ OID>[$1]]`, in a QR behind `LPA:`. The matching ID may be empty; a `1` at the
 * end says that the device asks for a confirmation code.
 */
export interface ActivationCode {
  readonly smdpAddress: string;
  /** Empty for a profile that the SM-DP+ keeps for one EID. */
  readonly matchingId: string;
  readonly smdpOid: string | null;
  readonly confirmationCodeRequired: boolean;
}

/** SGP.22 v2 §4.1: an activation code has at most 255 characters. */
const MAX_LENGTH = 255;
/** Also of a format that we do not know: a QR that a phone reads off a screen holds no more. */
const MAX_LPA_LENGTH = 1_000;
const PREFIX = /^LPA:\s*/i;
const HOST = /^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/i;
const MATCHING_ID = /^[^\s$]*$/;
const OID = /^\d+(\.\d+)*$/;

/**
 * The host of an SM-DP+, which the provider gives as a URL or as a bare host: without scheme, path and final dot.
 * Null where nothing like a host is in it.
 */
export function smdpHost(address: string): string | null {
  const host = address
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/:443$/, '')
    .replace(/\.$/, '');
  return HOST.test(host) ? host : null;
}

/** An activation code as pasted, scanned or answered, with or without `LPA:`; null where it is none. */
export function parseActivationCode(text: string): ActivationCode | null {
  const code = text.trim().replace(PREFIX, '');
  if (code.length > MAX_LENGTH) return null;
  const [format, host, matchingId, oid = '', flag = '', ...more] = code.split('$');
  if (format !== '1' || host === undefined || matchingId === undefined || more.length > 0) return null;
  if (!HOST.test(host) || !MATCHING_ID.test(matchingId)) return null;
  if (oid !== '' && !OID.test(oid)) return null;
  if (flag !== '' && flag !== '1') return null;
  return {
    smdpAddress: host,
    matchingId,
    smdpOid: oid === '' ? null : oid,
    confirmationCodeRequired: flag === '1',
  };
}

/** What the provider has told of a profile that matters for its QR. */
export interface LpaSource {
  readonly kind: 'eid' | 'matchingId';
  readonly activationCode: string | null;
  readonly smdpAddress: string | null;
  readonly matchingId: string | null;
}

export interface Lpa {
  /** `LPA:1$…`, or null while there is not enough to make one. */
  readonly lpa: string | null;
  readonly confirmationCodeRequired: boolean;
}

/**
 * What the QR of a profile holds. The provider's activation code wins, with `LPA:` before it where that is missing; a code in a
 * format that we do not know (`2$…`) is passed on as it is, since the device may know it. Without one it is put together from
 * address and matching ID; the matching ID is empty for an order by EID.
 */
export function lpaOf(source: LpaSource): Lpa {
  const code = source.activationCode?.trim().replace(PREFIX, '') ?? '';
  if (code.length <= MAX_LPA_LENGTH && /^\d+\$/.test(code)) {
    const parsed = parseActivationCode(code);
    return { lpa: `LPA:${code}`, confirmationCodeRequired: parsed?.confirmationCodeRequired ?? false };
  }
  const host = source.smdpAddress === null ? null : smdpHost(source.smdpAddress);
  const matchingId = source.matchingId ?? (source.kind === 'eid' ? '' : null);
  const fits = (matchingId?.length ?? 0) <= MAX_LPA_LENGTH;
  if (host === null || matchingId === null || !fits || !MATCHING_ID.test(matchingId)) {
    return { lpa: null, confirmationCodeRequired: false };
  }
  return { lpa: `LPA:1$${host}$${matchingId}`, confirmationCodeRequired: false };
}
