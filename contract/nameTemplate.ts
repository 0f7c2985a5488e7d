import { z } from 'zod';
import { ONE_LINE } from './oneLine.ts';

/** What a unique name can be made of. `n` counts up until the name is free. */
export const NAME_PARTS = ['imei', 'eid', 'iccid', 'device', 'order', 'date', 'n'] as const;
export type NamePart = (typeof NAME_PARTS)[number];

/** What the parts stand for; null where it is not known of this order. */
export type NameValues = Readonly<Record<Exclude<NamePart, 'n'>, string | null>>;

/** What of an order a name can be made of. */
export interface NamedOrder {
  readonly id: string;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly eid: string | null;
  readonly iccid: string | null;
  readonly device: { readonly name: string; readonly imei: string | null } | null;
}

/** What the parts of a name stand for in an order. The day is that of the order, so that it is the same at each attempt. */
export function nameValuesOf(order: NamedOrder): NameValues {
  return {
    imei: order.device?.imei ?? null,
    eid: order.eid,
    iccid: order.iccid,
    device: order.device?.name ?? null,
    order: order.id,
    date: dayOf(order.createdAt),
  };
}

/** The parts in words. */
export const PART_WORDS: Readonly<Record<NamePart, string>> = {
  imei: 'the IMEI',
  eid: 'the EID',
  iccid: 'the ICCID',
  device: 'the name of the device',
  order: 'the order',
  date: 'the date',
  n: 'the number',
};

/** A part in braces, whole or its last characters: `{imei}`, `{eid:last8}`. */
const PART = /\{([^{}]*)\}/g;
const INNER = /^([a-z]+)(?::last([1-9]\d?))?$/;
/** The provider's limit is not known; its own names are far shorter. */
const LONGEST = 255;

function partOf(inner: string): { readonly part: NamePart; readonly last: number | null } | null {
  const match = INNER.exec(inner);
  const part = NAME_PARTS.find((name) => name === match?.[1]);
  if (match === null || part === undefined || (part === 'n' && match[2] !== undefined)) return null;
  return { part, last: match[2] === undefined ? null : Number(match[2]) };
}

/** What is wrong with a template, or null. */
export function templateProblem(template: string): string | null {
  if (template.trim() === '') return 'must not be empty';
  if (template.length > LONGEST) return `must not be longer than ${LONGEST} characters`;
  if (!ONE_LINE.test(template)) return 'must be one line';
  if (/\p{Surrogate}/u.test(template)) return 'has half a character';
  const rest = template.replace(PART, (whole, inner: string) => (partOf(inner) === null ? whole : ''));
  const unknown = /\{[^{}]*\}/.exec(rest)?.[0];
  if (unknown !== undefined)
    return `${unknown} is no part. Parts are {${NAME_PARTS.join('}, {')}}, and the end of one, as {eid:last8}`;
  return /[{}]/.test(rest) ? 'has a brace without its other half' : null;
}

/** A unique name, or what one is made of: `{imei}`, `bench-{date}-{n}`. */
export const NameTemplateSchema = z.string().superRefine((template, context) => {
  const problem = templateProblem(template);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

/** Whether the template counts, so that another number makes another name. */
export function counts(template: string): boolean {
  return template.includes('{n}');
}

export type FilledName =
  | { readonly ok: true; readonly name: string }
  /** Parts that are not known of this order. */
  | { readonly ok: false; readonly missing: readonly NamePart[] };

/**
 * The name that a template makes.
 * @param n what `{n}` stands for
 */
export function fillTemplate(template: string, values: NameValues, n: number): FilledName {
  const missing = new Set<NamePart>();
  const name = template.replace(PART, (whole, inner: string) => {
    const found = partOf(inner);
    if (found === null) return whole;
    const value = found.part === 'n' ? String(n) : values[found.part];
    if (value === null) {
      missing.add(found.part);
      return '';
    }
    // By characters, not by halves of them: a half is no text that can be sent.
    return found.last === null ? value : [...value].slice(-found.last).join('');
  });
  // Whether the provider would keep spaces around a name is not known, and then it could not be known again.
  return missing.size === 0 ? { ok: true, name: name.trim() } : { ok: false, missing: [...missing] };
}

/** A day as names have it, by this computer's clock: `2026-11-24`. `at`: ms since 1970. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
