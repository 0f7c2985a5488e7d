import { z } from 'zod';
import { FAULTS, type Fault, type FaultCode, type FaultExtras, fault } from '../../contract/fault.ts';
import { safeParse } from '../../contract/safeParse.ts';
import { meaningOfCode } from './errorCodes.ts';
import type { Body, HttpAnswer } from './http.ts';
import { cutText, type Redactor } from './redact.ts';
import type { TransportFailure } from './transportFailures.ts';

/** An error in the provider's own words, whichever shape it came in. Texts are not yet cleaned. */
export interface ProviderError {
  readonly code: string | null;
  readonly text: string | null;
  /** Further lines: what is wrong with which parameter, where to read more. */
  readonly more: readonly string[];
}

const Code = z.union([z.string(), z.number()]).nullish();
const Text = z.string().nullish();

/** Twilio's classic shape: `{status, code, message, more_info, details}`. */
const ClassicShape = z
  .object({ status: z.number(), code: Code, message: Text, more_info: Text, details: z.unknown().optional() })
  .refine((error) => error.message != null || error.code != null)
  .transform(
    (error): ProviderError => ({
      code: codeText(error.code),
      text: error.message ?? null,
      more: [error.details == null ? null : JSON.stringify(error.details), error.more_info].flatMap(present),
    }),
  );

/** RFC 9457: `{type, title, status, code, detail, instance, errors}`, also Twilio's newer one. */
const ProblemShape = z
  .object({
    type: Text,
    title: Text,
    status: z.number().nullish(),
    code: Code,
    detail: Text,
    instance: Text,
    errors: z.array(z.unknown()).nullish(),
  })
  .refine((problem) => problem.title != null || (problem.type != null && problem.status != null))
  .transform(
    (problem): ProviderError => ({
      code: codeText(problem.code),
      // Some say the same in both.
      text: [...new Set([problem.title, problem.detail].flatMap(present))].join(': ') || null,
      more: [
        ...(problem.errors ?? []).slice(0, 5).map((one) => JSON.stringify(one)),
        problem.instance,
      ].flatMap(present),
    }),
  );

/** Every shape in which a provider reports an error; the first that fits is taken. */
const SHAPES = [ProblemShape, ClassicShape] as const;

function codeText(code: z.infer<typeof Code>): string | null {
  return code == null || code === '' ? null : String(code);
}

function present(text: string | null | undefined): string[] {
  return text == null || text === '' ? [] : [text];
}

/** Reads the provider's error, or null where the body has none: whatever answered then need not be the provider. */
export function readProviderError(body: Body): ProviderError | null {
  if (body.kind !== 'json') return null;
  for (const shape of SHAPES) {
    const parsed = safeParse(shape, body.value);
    if (parsed.success) return parsed.data;
  }
  return null;
}

const MESSAGE_LENGTH = 300;
const DETAILS_LENGTH = 1_200;

/** The fault for an answer that is not what was asked for, and whether it was certainly the provider who spoke. */
export function faultOfAnswer(answer: HttpAnswer, redactor: Redactor): { fault: Fault; recognised: boolean } {
  const error = readProviderError(answer.body);
  const recognised = error !== null;
  const meaning = meaningOfCode(error?.code ?? null);
  const byStatus = meaningOfStatus(answer, error);
  const code = meaning?.fault ?? byStatus.code;
  const said = error?.text ?? (answer.body.kind === 'other' ? answer.body.text : null);
  const extras = {
    message: meaning?.message ?? (meaning === null ? byStatus.message : undefined),
    hint: meaning?.hint ?? (meaning === null ? byStatus.hint : undefined),
    details: [
      `HTTP ${answer.status}`,
      answer.contentType,
      error?.code != null ? `code ${error.code}` : '',
      said ?? '',
      ...(error?.more ?? []),
      answer.redirectsTo === null ? '' : `redirects to ${answer.redirectsTo}`,
      bodyNote(answer.body),
    ],
    providerCode: error?.code ?? null,
  };
  return { fault: faultFor(code, extras, answer.requestId, redactor), recognised };
}

interface Meaning {
  readonly code: FaultCode;
  readonly message?: string;
  readonly hint?: string;
}

const REDIRECT: Meaning = {
  code: 'provider.unreadable',
  message: 'The endpoint sends its callers to another address. Credentials are not taken there.',
  hint: 'Check the endpoint of the account. On a guest network, log in to it with a browser first.',
};

const PROXY_LOGIN: Meaning = { code: 'proxy.login' };

const PROXY_SETTING: Meaning = {
  code: 'provider.offline',
  message: 'The proxy that the environment names is no address, so nothing was sent.',
  hint: 'Set HTTPS_PROXY to an address such as http://proxy.example:3128, or take it away.',
};

function meaningOfStatus(answer: HttpAnswer, error: ProviderError | null): Meaning {
  const { status } = answer;
  if (status === 401) return { code: 'account.rejected' };
  if (status === 429) return { code: 'provider.limited' };
  if (status === 407) return PROXY_LOGIN;
  if (status >= 500) return { code: 'provider.broken' };
  if (status >= 300 && status < 400) return REDIRECT;
  if (error === null) return { code: 'provider.unreadable' };
  if (status === 403) return { code: 'account.forbidden' };
  if (status === 404) return { code: 'provider.notFound' };
  return error.text === null
    ? { code: 'provider.refused' }
    : {
        code: 'provider.refused',
        message: `${withoutStop(FAULTS['provider.refused'].message)}: ${error.text}`,
      };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function bodyNote(body: Body): string {
  switch (body.kind) {
    case 'tooLarge':
      return 'the answer is larger than allowed';
    case 'broken':
      return `the answer broke off: ${body.failure.text}`;
    case 'other':
      return body.text === '' ? 'no readable body' : '';
    case 'json':
      return '';
  }
}

/** The fault for an answer that is a good one by its status, and yet not what it should be. `why` says what is wrong with it. */
export function unreadableFault(answer: HttpAnswer, why: string, redactor: Redactor): Fault {
  const said = answer.body.kind === 'other' ? answer.body.text : '';
  const isJson = answer.body.kind === 'json';
  return faultFor(
    'provider.unreadable',
    {
      message: isJson ? 'The provider gave an answer that this version cannot read.' : undefined,
      hint: isJson ? 'Look for a newer version. Support asks for the details.' : undefined,
      details: [`HTTP ${answer.status}`, answer.contentType, why, said, bodyNote(answer.body)],
      providerCode: null,
    },
    answer.requestId,
    redactor,
  );
}

const MEANING_OF_CAUSE: Readonly<Record<TransportFailure['cause'], Meaning>> = {
  network: { code: 'provider.offline' },
  certificate: { code: 'provider.certificate' },
  timeout: { code: 'provider.timeout' },
  cancelled: { code: 'cancelled' },
  redirect: REDIRECT,
  proxyLogin: PROXY_LOGIN,
  proxySetting: PROXY_SETTING,
};

/** The fault for an exchange without a whole answer. */
export function faultOfFailure(failure: TransportFailure, redactor: Redactor): Fault {
  const { code, message, hint } = MEANING_OF_CAUSE[failure.cause];
  return faultFor(code, { message, hint, details: [failure.text], providerCode: null }, null, redactor);
}

interface RawExtras {
  readonly message?: string | undefined;
  readonly hint?: string | undefined;
  readonly details: readonly string[];
  readonly providerCode: string | null;
}

/** The one place where words from outside enter a fault: cleaned, redacted, cut. */
function faultFor(code: FaultCode, raw: RawExtras, requestId: string | null, redactor: Redactor): Fault {
  const details = raw.details
    .map((part) => redactor.text(part, DETAILS_LENGTH))
    .filter((part) => part !== '');
  const extras: FaultExtras = {
    ...(raw.message === undefined ? {} : { message: redactor.text(raw.message, MESSAGE_LENGTH) }),
    ...(raw.hint === undefined ? {} : { hint: raw.hint }),
    ...(details.length === 0 ? {} : { details: cutText(details.join(' · '), DETAILS_LENGTH) }),
    ...(raw.providerCode === null ? {} : { providerCode: redactor.text(raw.providerCode, 40) }),
    ...(requestId === null ? {} : { requestId }),
  };
  return fault(code, extras);
}
