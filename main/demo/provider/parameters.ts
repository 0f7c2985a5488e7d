import { invalidParameter, type ProviderError } from './errors.ts';
import type { Paging } from './pages.ts';

/** A create request, checked. */
export interface CreateParameters {
  readonly eid: string | null;
  readonly generateMatchingId: boolean;
  readonly callbackUrl: string | null;
  readonly callbackMethod: 'GET' | 'POST';
}

export interface ParameterRules {
  /**
   * What the provider checks of an EID, which no public source says: nothing, 32 digits, or the check digits
   * too.
   */
  readonly eidCheck: 'none' | 'digits' | 'checkDigits';
  /** What `Eid` and `GenerateMatchingId=true` in one request do, which no public source says. */
  readonly bothTargets: 'refused' | 'eidWins' | 'both';
}

/** Reads the form of `POST /v1/ESimProfiles`. Unknown names are passed over, as the real one does. */
export function readCreate(form: URLSearchParams, rules: ParameterRules): CreateParameters | ProviderError {
  const eid = form.get('Eid') || null;
  const generate = form.get('GenerateMatchingId');
  if (generate !== null && !/^(true|false)$/i.test(generate))
    return invalidParameter('GenerateMatchingId is not a boolean');
  const wantsMatchingId = generate?.toLowerCase() === 'true';
  if (eid === null && !wantsMatchingId)
    return invalidParameter('Eid is required unless GenerateMatchingId is true');
  if (eid !== null && !eidPasses(eid, rules.eidCheck)) return invalidParameter('Eid is not valid');
  if (eid !== null && wantsMatchingId && rules.bothTargets === 'refused')
    return invalidParameter('Eid and GenerateMatchingId cannot be used together');

  const callbackUrl = form.get('CallbackUrl') || null;
  if (callbackUrl !== null && !/^https?:\/\/[^\s/]+/i.test(callbackUrl))
    return invalidParameter('CallbackUrl is not a valid URL');
  const callbackMethod = form.get('CallbackMethod') ?? 'POST';
  if (callbackMethod !== 'GET' && callbackMethod !== 'POST')
    return invalidParameter('CallbackMethod is not GET or POST');

  const generateMatchingId = wantsMatchingId && (eid === null || rules.bothTargets === 'both');
  return { eid, generateMatchingId, callbackUrl, callbackMethod };
}

function eidPasses(eid: string, check: ParameterRules['eidCheck']): boolean {
  if (check === 'none') return true;
  if (!/^\d{32}$/.test(eid)) return false;
  return check === 'digits' || BigInt(eid) % 97n === 1n;
}

/** A list request, checked. */
export interface ListParameters extends Paging {
  readonly eid: string | null;
  readonly simSid: string | null;
  readonly status: string | null;
}

const STATUSES = ['new', 'reserving', 'available', 'downloaded', 'installed', 'failed'];

/** Reads the query of `GET /v1/ESimProfiles`. */
export function readList(query: URLSearchParams): ListParameters | ProviderError {
  const status = query.get('Status') || null;
  if (status !== null && !STATUSES.includes(status)) return invalidParameter('Status is not valid');
  const paging = readPaging(query);
  if ('message' in paging) return paging;
  return { eid: query.get('Eid') || null, simSid: query.get('SimSid') || null, status, ...paging };
}

/** Reads which page of a list is asked for. */
export function readPaging(query: URLSearchParams): Paging | ProviderError {
  const pageSize = wholeNumber(query.get('PageSize'), 50);
  if (pageSize === null || pageSize < 1 || pageSize > 1000)
    return invalidParameter('PageSize must be between 1 and 1000');
  const page = wholeNumber(query.get('Page'), 0);
  if (page === null) return invalidParameter('Page must be 0 or more');
  return { pageSize, page, pageToken: query.get('PageToken') || null };
}

function wholeNumber(text: string | null, fallback: number): number | null {
  if (text === null || text === '') return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
