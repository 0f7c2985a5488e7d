import { z } from 'zod';
import { safeParse } from '../../contract/safeParse.ts';
import { cleanText, cutText } from './redact.ts';

/**
 * A field for machines: kept exactly as it came. A control character in it, or a length beyond all sense, means that the answer
 * is not what it claims to be.
 */
export const exact = (max: number) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
    .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'has control characters');

/** A field that is there, null, or left out, which mean the same. */
export const nullable = <T extends z.ZodType>(field: T) =>
  field.nullish().transform((value) => value ?? null);

/** A field for people: cleaned and cut rather than refused. */
export const prose = (max: number) => z.string().transform((text) => cutText(cleanText(text), max));

/** A status that this version does not know is kept. Null (one provider's schema allows it) reads as `unknown`: nobody can say. */
export const status = exact(64)
  .min(1)
  .nullable()
  .transform((value) => value ?? 'unknown');

const EXTRA_FIELDS = 32;
const EXTRA_NAME = /^[A-Za-z][\w-]{0,63}$/;
const EXTRA_TEXT = 500;

/** The fields that this version does not know, as text: at most 32 of them, 500 characters each. */
export function extraOf(value: unknown, known: ReadonlySet<string>): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const unknown = Object.entries(value).filter(([name]) => !known.has(name) && EXTRA_NAME.test(name));
  return Object.fromEntries(
    unknown
      .slice(0, EXTRA_FIELDS)
      .map(([name, inner]) => [
        name,
        cutText(cleanText(typeof inner === 'string' ? inner : JSON.stringify(inner)), EXTRA_TEXT),
      ]),
  );
}

/** One resource out of an answer, or which of its fields is wrong in which way; never its value. */
export type EntryReading<T> =
  | { readonly ok: true; readonly entry: T }
  | { readonly ok: false; readonly why: string };

/**
 * Makes the reader of one kind of resource.
 * @param what what it is, with its article, for the reason why something is none
 * @param toEntry takes the fields that the schema names, and the others as text
 */
export function entryReader<Schema extends z.ZodObject, T>(
  what: string,
  schema: Schema,
  toEntry: (fields: z.infer<Schema>, extra: Record<string, string>) => T,
  leftOut: readonly string[] = [],
): (value: unknown) => EntryReading<T> {
  const known: ReadonlySet<string> = new Set([...Object.keys(schema.shape), ...leftOut]);
  return (value) => {
    const parsed = safeParse(schema, value);
    if (!parsed.success) return { ok: false, why: `not ${what}: ${describeIssues(parsed.error)}` };
    return { ok: true, entry: toEntry(parsed.data, extraOf(value, known)) };
  };
}

/** `status: Invalid input: expected string, received number; …`: names of fields and types alone, nothing that was in them. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.length === 0 ? 'the whole' : issue.path.join('.')}: ${issue.message}`)
    .join('; ');
}
