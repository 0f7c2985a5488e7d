/**
 * Faults that can be injected into a virtual provider while it runs. Plain data, so that a seed can make them
 * and another process can be told of them.
 */
export interface ProviderFault {
  /** Which requests it is for. Default `any`. */
  readonly on?: Operation | 'any';
  /** How many such requests pass unharmed before. Default 0. */
  readonly skip?: number;
  /** How many it then happens to. Default 1; null: to all from then on. */
  readonly times?: number | null;
  readonly what: ProviderHarm;
}

/** `create`, `fetch` and `list` are those of eSIM profiles. */
export type Operation =
  | 'create'
  | 'fetch'
  | 'list'
  | 'token'
  | 'fetchSim'
  | 'updateSim'
  | 'listSims'
  | 'listFleets'
  | 'other';

/** `commits`: whether the request is carried out all the same. */
export type ProviderHarm =
  /** The connection is never opened; the request does not get there. */
  | { readonly kind: 'refuse' }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: 'reset'; readonly commits: boolean }
  /** Nothing comes, and the connection stays. */
  | { readonly kind: 'silence'; readonly commits: boolean }
  /** Headers and so many bytes of the right answer's body, then nothing. */
  | { readonly kind: 'stall'; readonly bodyBytes: number }
  /** The right answer, late. It is carried out at once. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Another status; `body` says in which form. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code: number | null;
      readonly body: 'json' | 'rfc9457' | 'html' | 'empty';
      readonly commits: boolean;
      /** The `Retry-After` header; null: none. */
      readonly retryAfter?: string | null;
    }
  /**
   * The right answer, broken off after so many bytes of its body: the connection breaks, or the body simply
   * ends there.
   */
  | { readonly kind: 'truncate'; readonly bodyBytes: number; readonly ends: 'broken' | 'complete' }
  /** A page of somebody else, such as a login page, with status 200. It is not carried out. */
  | { readonly kind: 'page'; readonly html: string }
  /**
   * The right answer with other values in the profile's fields: wrong types, an unknown status, new fields.
   */
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>> };

/** The faults by the names that tests and a fault harness call them by. */
export const NAMED_FAULTS = {
  'connection refused': { kind: 'refuse' },
  'reset before the commit': { kind: 'reset', commits: false },
  'reset after the commit': { kind: 'reset', commits: true },
  'silence before the commit': { kind: 'silence', commits: false },
  'silence after the commit': { kind: 'silence', commits: true },
  'headers, then nothing': { kind: 'stall', bodyBytes: 0 },
  'half an answer, then nothing': { kind: 'stall', bodyBytes: 80 },
  'slow beyond the limit': { kind: 'slow', ms: 120_000 },
  '429 without Retry-After': {
    kind: 'status',
    status: 429,
    code: 20429,
    body: 'json',
    commits: false,
    retryAfter: null,
  },
  '429 with Retry-After': {
    kind: 'status',
    status: 429,
    code: 20429,
    body: 'json',
    commits: false,
    retryAfter: '1',
  },
  '500 before the commit': { kind: 'status', status: 500, code: 20500, body: 'json', commits: false },
  '500 after the commit': { kind: 'status', status: 500, code: 20500, body: 'json', commits: true },
  '502 with HTML': { kind: 'status', status: 502, code: null, body: 'html', commits: false },
  '502 with HTML after the commit': { kind: 'status', status: 502, code: null, body: 'html', commits: true },
  '503 empty': { kind: 'status', status: 503, code: null, body: 'empty', commits: false },
  'truncated JSON': { kind: 'truncate', bodyBytes: 60, ends: 'complete' },
  'broken in the middle': { kind: 'truncate', bodyBytes: 60, ends: 'broken' },
  'a login page': { kind: 'page', html: '<html><title>Sign in</title></html>' },
  'wrong types': { kind: 'fields', fields: { sid: 42, status: null, eid: { digits: [] } } },
} as const satisfies Record<string, ProviderHarm>;

export type FaultName = keyof typeof NAMED_FAULTS;

export interface ProviderFaultList {
  add(fault: ProviderFault): void;
  /** The harm for this request, used up; null where there is none. At most one a request: the oldest. */
  take(operation: Operation): ProviderHarm | null;
  clear(): void;
  readonly pending: number;
}

export function createProviderFaultList(): ProviderFaultList {
  let waiting: { fault: ProviderFault; skip: number; times: number }[] = [];
  return {
    add(fault) {
      const times = fault.times === null ? Infinity : (fault.times ?? 1);
      waiting.push({ fault, skip: fault.skip ?? 0, times });
    },
    take(operation) {
      for (const entry of waiting) {
        const on = entry.fault.on ?? 'any';
        if (on !== 'any' && on !== operation) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.times -= 1;
        waiting = waiting.filter((one) => one.times > 0);
        return entry.fault.what;
      }
      return null;
    },
    clear() {
      waiting = [];
    },
    get pending() {
      return waiting.length;
    },
  };
}
