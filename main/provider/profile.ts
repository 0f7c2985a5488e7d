import { z } from 'zod';
import { safeParse } from '../../contract/safeParse.ts';
import type { Profile } from './provider.ts';
import { cleanText, cutText } from './redact.ts';

/**
 * A field for machines: kept exactly as it came. A control character in it, or a length beyond all sense, means that the answer
 * is not what it claims to be.
 */
const exact = (max: number) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'has control characters');

/** A field that is there, null, or left out, which mean the same. */
const nullable = <T extends z.ZodType<string>>(field: T) =>
  field.nullish().transform((value) => value ?? null);

const ProfileFields = z.object({
  sid: nullable(exact(64)),
  account_sid: nullable(exact(64)),
  iccid: nullable(exact(40)),
  sim_sid: nullable(exact(64)),
  /** A status that this version does not know is kept. Null (one provider's schema allows it) reads as `unknown`: nobody can say. */
  status: exact(64)
    .min(1)
    .nullable()
    .transform((status) => status ?? 'unknown'),
  eid: nullable(exact(64)),
  smdp_plus_address: nullable(exact(300)),
  matching_id: nullable(exact(255)),
  activation_code: nullable(exact(1_000)),
  /** A string by its schema; other errors of the same provider have numbers. */
  error_code: nullable(z.union([exact(64), z.number().transform(String)])),
  /** For people: cleaned and cut rather than refused. */
  error_message: nullable(z.string().transform((text) => cutText(cleanText(text), 500))),
  date_created: nullable(exact(64)),
  date_updated: nullable(exact(64)),
  url: nullable(exact(1_000)),
});

const KNOWN: ReadonlySet<string> = new Set(Object.keys(ProfileFields.shape));

const EXTRA_FIELDS = 32;
const EXTRA_NAME = /^[A-Za-z][\w-]{0,63}$/;
const EXTRA_TEXT = 500;

export type ProfileReading =
  | { readonly ok: true; readonly profile: Profile }
  /** Which field is wrong in which way; never its value. */
  | { readonly ok: false; readonly why: string };

/**
 * Reads one eSIM profile (`supersim.v1.esim_profile`). Every field but `status` may be null; fields that this version does not
 * know are kept in `extra` as text (at most 32 of them, 500 characters each).
 */
export function readProfile(value: unknown): ProfileReading {
  const parsed = safeParse(ProfileFields, value);
  if (!parsed.success) return { ok: false, why: `not an eSIM profile: ${describeIssues(parsed.error)}` };
  const fields = parsed.data;
  return {
    ok: true,
    profile: {
      sid: fields.sid,
      accountSid: fields.account_sid,
      iccid: fields.iccid,
      simSid: fields.sim_sid,
      status: fields.status,
      eid: fields.eid,
      smdpPlusAddress: fields.smdp_plus_address,
      matchingId: fields.matching_id,
      activationCode: fields.activation_code,
      errorCode: fields.error_code,
      errorMessage: fields.error_message,
      dateCreated: fields.date_created,
      dateUpdated: fields.date_updated,
      url: fields.url,
      extra: extraOf(value),
    },
  };
}

function extraOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const unknown = Object.entries(value).filter(([name]) => !KNOWN.has(name) && EXTRA_NAME.test(name));
  return Object.fromEntries(
    unknown
      .slice(0, EXTRA_FIELDS)
      .map(([name, inner]) => [
        name,
        cutText(cleanText(typeof inner === 'string' ? inner : JSON.stringify(inner)), EXTRA_TEXT),
      ]),
  );
}

/** `status: Invalid input: expected string, received number; …`: names of fields and types alone, nothing that was in them. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.length === 0 ? 'the whole' : issue.path.join('.')}: ${issue.message}`)
    .join('; ');
}
