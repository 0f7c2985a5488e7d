import {
  counts,
  fillTemplate,
  type NamePart,
  type NameValues,
  nameValuesOf,
  PART_WORDS,
  templateProblem,
} from '../../../contract/nameTemplate.ts';
import type { Order } from '../../../contract/order.ts';
import { problemSentence } from './wishForm.ts';

/** What comes of a template. */
export type NamePreview =
  | { readonly kind: 'kept' }
  | { readonly kind: 'wrong'; readonly message: string }
  /** Parts that are not known and will not be. */
  | { readonly kind: 'missing'; readonly message: string }
  | {
      readonly kind: 'made';
      readonly name: string;
      /** Whether another number comes in place of this one where the name is taken. */
      readonly counts: boolean;
      /** Another order of the account whose Sim has this name, as far as this bench knows. */
      readonly takenBy: Order | null;
    };

/** Stands for the ICCID while the order has none. */
const ICCID_COMES = '‹ICCID›';

/** How a name of this template would be for an order, among the orders of the same account. */
export function previewName(template: string, order: Order, others: readonly Order[]): NamePreview {
  const comes = order.iccid === null && order.simSid === null;
  const values: NameValues = { ...nameValuesOf(order), ...(comes ? { iccid: ICCID_COMES } : {}) };
  const named = new Map(
    others.flatMap((other) => {
      const name = other.id === order.id ? null : nameOfSim(other);
      return name === null ? [] : [[name, other] as const];
    }),
  );
  return preview(template, values, named);
}

/** An order of nobody, for where a name is made up before there is one. */
const EXAMPLE_VALUES: NameValues = {
  imei: '356938035643809',
  eid: '89049032123451234512345678901235',
  iccid: '8988307000001234567',
  device: 'Quectel EM05-G',
  order: 't3a97vtszqxq',
  date: '2026-11-24',
};

/** How a name of this template looks. */
export function exampleName(template: string): NamePreview {
  return preview(template, EXAMPLE_VALUES, new Map());
}

function preview(template: string, values: NameValues, named: ReadonlyMap<string, Order>): NamePreview {
  const text = template.trim();
  if (text === '') return { kind: 'kept' };
  const problem = templateProblem(text);
  if (problem !== null) return { kind: 'wrong', message: problemSentence(problem) };
  for (let number = 1; ; number += 1) {
    const filled = fillTemplate(text, values, number);
    if (!filled.ok) return { kind: 'missing', message: missingSentence(filled.missing) };
    const takenBy = named.get(filled.name) ?? null;
    if (takenBy !== null && counts(text)) continue;
    return {
      kind: 'made',
      name: filled.name,
      counts: counts(text),
      takenBy,
    };
  }
}

function missingSentence(parts: readonly NamePart[]): string {
  const words = parts.map((part) => PART_WORDS[part]).join(' and ');
  const verb = parts.length === 1 ? 'is' : 'are';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} of this order ${verb} not known.`;
}

/** The name that an order's Sim has, or is to have. */
export function nameOfSim({ activation, sim }: Pick<Order, 'activation' | 'sim'>): string | null {
  return activation?.uniqueName ?? sim?.uniqueName ?? null;
}

/** Placeholders that are offered: what is put in, and what it stands for. */
export const OFFERED_PARTS: readonly {
  readonly text: string;
  readonly part: NamePart;
  readonly what: string;
}[] = [
  { text: '{imei}', part: 'imei', what: 'the IMEI of the device' },
  { text: '{eid:last8}', part: 'eid', what: 'the last 8 digits of the EID' },
  { text: '{iccid}', part: 'iccid', what: 'the ICCID of the profile' },
  { text: '{device}', part: 'device', what: 'the name of the device' },
  { text: '{date}-{n}', part: 'n', what: 'the day of the order and a number that counts up' },
  { text: '{order}', part: 'order', what: 'the id of the order in the ledger' },
];

/** Whether a placeholder can be filled for an order; all can for none in particular. */
export function isKnownPart(part: NamePart, order: Order | null): boolean {
  if (order === null || part === 'n') return true;
  if (part === 'iccid' && order.simSid === null) return true;
  return nameValuesOf(order)[part] !== null;
}
