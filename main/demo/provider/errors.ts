import type { ProviderResponse } from './http.ts';

/** An error of the provider before it has a form. */
export interface ProviderError {
  readonly status: number;
  /** Null where the provider gives none. */
  readonly code: number | null;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The errors that the provider's public documentation names. */
export const ERRORS = {
  wrongCredentials: {
    status: 401,
    code: 20003,
    message: 'Authentication Error - invalid username',
    headers: { 'WWW-Authenticate': 'Basic realm="Twilio API"' },
  },
  notAuthorised: { status: 403, code: 70051, message: 'Authorization Error: permission denied' },
  notFound: { status: 404, code: 20404, message: 'The requested resource was not found' },
  methodNotAllowed: { status: 405, code: 20004, message: 'Method not allowed' },
  notAForm: { status: 415, code: null, message: 'Unsupported Media Type' },
  tooManyRequests: { status: 429, code: 20429, message: 'Too Many Requests' },
  outOfStock: { status: 400, code: 83500, message: 'No eSIM Profiles are available' },
  simNotFound: { status: 404, code: 83005, message: 'Sim not found' },
  fleetNotFound: { status: 400, code: 83006, message: 'Fleet not found' },
  noFleet: { status: 400, code: 83007, message: 'Sim must be assigned to a Fleet' },
  cannotLeaveFleet: { status: 400, code: 83008, message: 'Sim cannot be removed from its Fleet' },
  alreadyScheduled: { status: 409, code: 83009, message: 'Sim has an update that is already scheduled' },
  badTransition: {
    status: 400,
    code: 83010,
    message: 'Sim cannot change to this status from its current one',
  },
  uniqueNameTaken: { status: 400, code: 83011, message: 'UniqueName is already in use' },
} as const satisfies Record<string, ProviderError>;

/** A parameter that cannot be: 400, code 20001. */
export function invalidParameter(message: string): ProviderError {
  return { status: 400, code: 20001, message };
}

/** Which of the two forms the provider writes errors in: its older one, or RFC 9457's problem details. */
export type ErrorForm = 'twilio' | 'rfc9457';

/** @param instance the path that was asked for; RFC 9457 alone shows it */
export function errorResponse(
  error: ProviderError,
  form: ErrorForm,
  instance = '/v1/ESimProfiles',
): ProviderResponse {
  const { status, code, message } = error;
  const moreInfo = code === null ? null : `https://www.twilio.com/docs/errors/${code}`;
  const body =
    form === 'twilio'
      ? { code, message, more_info: moreInfo, status }
      : {
          type: moreInfo ?? 'about:blank',
          title: message,
          status,
          code,
          detail: message,
          instance,
          errors: [{ detail: message }],
        };
  return {
    status,
    headers: {
      'Content-Type': form === 'twilio' ? 'application/json' : 'application/problem+json',
      ...error.headers,
    },
    body: JSON.stringify(body),
  };
}
