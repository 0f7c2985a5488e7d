import { errorResponse } from './errors.ts';
import type { ProviderHarm } from './faults.ts';
import type { Delivery, ProviderResponse } from './http.ts';

/**
 * How an answer travels, with what goes wrong on its way.
 *
 * @param response the right answer; where the harm brings its own, or none, it is not looked at.
 * @param signed puts the provider's own headers on an answer that comes from the provider.
 */
export function deliver(
  response: ProviderResponse,
  harm: ProviderHarm | null,
  afterMs: number,
  signed: (response: ProviderResponse) => ProviderResponse,
): Delivery {
  switch (harm?.kind) {
    case undefined:
      return { kind: 'answer', afterMs, response };
    case 'refuse':
      return { kind: 'refused' };
    case 'reset':
      return { kind: 'reset', afterMs };
    case 'silence':
      return { kind: 'silence' };
    case 'stall':
      return { kind: 'stall', afterMs, response, bodyBytes: harm.bodyBytes };
    case 'slow':
      return { kind: 'answer', afterMs: afterMs + harm.ms, response };
    case 'status':
      return { kind: 'answer', afterMs, response: statusAnswer(harm, signed) };
    case 'truncate':
      return truncated(response, harm, afterMs);
    case 'page':
      return { kind: 'answer', afterMs, response: htmlAnswer(200, harm.html) };
    case 'fields':
      return {
        kind: 'answer',
        afterMs,
        response: { ...response, body: withFields(response.body, harm.fields) },
      };
  }
}

function truncated(
  response: ProviderResponse,
  harm: Extract<ProviderHarm, { kind: 'truncate' }>,
  afterMs: number,
): Delivery {
  if (harm.ends === 'broken') return { kind: 'cut', afterMs, response, bodyBytes: harm.bodyBytes };
  return { kind: 'answer', afterMs, response: { ...response, body: response.body.slice(0, harm.bodyBytes) } };
}

function statusAnswer(
  harm: Extract<ProviderHarm, { kind: 'status' }>,
  signed: (response: ProviderResponse) => ProviderResponse,
): ProviderResponse {
  const { status, code } = harm;
  const headers = harm.retryAfter == null ? {} : { 'Retry-After': harm.retryAfter };
  const message = STATUS_TEXTS[status] ?? 'Error';
  switch (harm.body) {
    case 'json':
      return signed(errorResponse({ status, code, message, headers }, 'twilio'));
    case 'rfc9457':
      return signed(errorResponse({ status, code, message, headers }, 'rfc9457'));
    case 'html':
      return htmlAnswer(status, `<html><body><h1>${status} ${message}</h1></body></html>`, headers);
    case 'empty':
      return { status, headers, body: '' };
  }
}

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** What a proxy or a portal sends: no request id, no date of the provider. */
function htmlAnswer(
  status: number,
  html: string,
  headers: Readonly<Record<string, string>> = {},
): ProviderResponse {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: html };
}

/** The body with other values in the profile's fields, or in those of each one of a list. */
function withFields(body: string, fields: Readonly<Record<string, unknown>>): string {
  const value: unknown = JSON.parse(body);
  if (typeof value !== 'object' || value === null) return body;
  if (!('esim_profiles' in value) || !Array.isArray(value.esim_profiles))
    return JSON.stringify({ ...value, ...fields });
  const profiles = value.esim_profiles.map((profile: object) => ({ ...profile, ...fields }));
  return JSON.stringify({ ...value, esim_profiles: profiles });
}
