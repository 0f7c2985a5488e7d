import { describe, expect, it } from 'vitest';
import {
  counts,
  dayOf,
  fillTemplate,
  NAME_PARTS,
  NameTemplateSchema,
  type NameValues,
  templateProblem,
} from '../../../contract/nameTemplate.ts';
import { fc } from '../support/dice.ts';

const VALUES: NameValues = {
  imei: '867929068986654',
  eid: '89049032123451234512345678901235',
  iccid: '8988307000000000001',
  device: 'EM05-G',
  order: '0123456789ab',
  date: '2026-11-24',
};
const NOTHING: NameValues = { imei: null, eid: null, iccid: null, device: null, order: null, date: null };

describe('a template', () => {
  it.each([
    ['pump 7'],
    ['{imei}'],
    ['{eid:last8}'],
    ['bench-{date}-{n}'],
    ['{device} {iccid:last1} {order:last99}'],
    ['Pumpe №7 – Süd 💧'],
    ['$& $1 \\ %00'],
    ['a'.repeat(255)],
  ])('%s is taken', (template) => {
    expect(templateProblem(template)).toBeNull();
    expect(NameTemplateSchema.safeParse(template).success).toBe(true);
  });

  it.each([
    ['', 'must not be empty'],
    [' \t', 'must not be empty'],
    ['a'.repeat(256), 'must not be longer than 255 characters'],
    ['a\nb', 'must be one line'],
    ['a\u0000b', 'must be one line'],
    ['a\u007fb', 'must be one line'],
    ['{IMEI}', '{IMEI} is no part'],
    ['{msisdn}', '{msisdn} is no part'],
    ['{}', '{} is no part'],
    ['{ imei }', '{ imei } is no part'],
    ['{eid:last}', '{eid:last} is no part'],
    ['{eid:last0}', '{eid:last0} is no part'],
    ['{eid:last08}', '{eid:last08} is no part'],
    ['{eid:last100}', '{eid:last100} is no part'],
    ['{eid:first8}', '{eid:first8} is no part'],
    ['{n:last2}', '{n:last2} is no part'],
    ['{constructor}', '{constructor} is no part'],
    ['{{n}}', '{} is no part'],
    ['{imei', 'has a brace without its other half'],
    ['imei}', 'has a brace without its other half'],
    ['}{', 'has a brace without its other half'],
    ['a\ud83d', 'has half a character'],
  ])('%j is refused: %s', (template, why) => {
    expect(templateProblem(template)).toContain(why);
    const parsed = NameTemplateSchema.safeParse(template);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toBe(templateProblem(template));
  });
});

describe('the name that a template makes', () => {
  it.each([
    ['pump 7', 'pump 7'],
    ['{imei}', '867929068986654'],
    ['{imei:last4}', '6654'],
    ['{eid:last8}', '78901235'],
    ['{eid:last99}', '89049032123451234512345678901235'],
    ['{device} {date}-{n}', 'EM05-G 2026-11-24-3'],
    ['{n}{n}', '33'],
    ['{order}/{iccid:last2}', '0123456789ab/01'],
    [' pump {n} ', 'pump 3'],
  ])('%s: %s', (template, name) => expect(fillTemplate(template, VALUES, 3)).toEqual({ ok: true, name }));

  it('has what a value says as it is, braces and signs too', () => {
    expect(fillTemplate('{device}', { ...VALUES, device: '{imei} $& $1' }, 1)).toEqual({
      ok: true,
      name: '{imei} $& $1',
    });
  });

  it('ends with whole characters, whatever they are', () => {
    expect(fillTemplate('{device:last2}', { ...VALUES, device: 'pump 💧💦' }, 1)).toEqual({
      ok: true,
      name: '💧💦',
    });
  });

  it('is not made where a part is not known, which is named once', () => {
    expect(fillTemplate('{imei}-{eid}-{imei:last4}-{n}', NOTHING, 1)).toEqual({
      ok: false,
      missing: ['imei', 'eid'],
    });
    expect(fillTemplate('{n}', NOTHING, 1)).toEqual({ ok: true, name: '1' });
  });
});

/** Templates with parts in any number and place, and what else somebody may type. */
const piece = fc.oneof(
  fc.constantFrom(...NAME_PARTS).map((part) => `{${part}}`),
  fc
    .tuple(fc.constantFrom(...NAME_PARTS.filter((part) => part !== 'n')), fc.integer({ min: 1, max: 99 }))
    .map(([part, last]) => `{${part}:last${last}}`),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/[{}\p{Cc}]/gu, '')),
);
const good = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''))
  .filter((template) => templateProblem(template) === null);
const anything = fc.oneof(
  good,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('{', '}', 'n', 'imei', ':last', '4', ' '), { maxLength: 12 })
    .map((all) => all.join('')),
);

describe('whatever somebody types', () => {
  it('is taken or refused with a reason, and what is taken can be filled', () => {
    fc.assert(
      fc.property(anything, (template) => {
        const problem = templateProblem(template);
        expect(NameTemplateSchema.safeParse(template).success).toBe(problem === null);
        if (problem !== null) {
          expect(problem).toMatch(/\S/);
          return;
        }
        const filled = fillTemplate(template, VALUES, 1);
        expect(filled.ok).toBe(true);
        // No part is left in it.
        if (filled.ok) expect(filled.name).not.toMatch(/[{}]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts just where another number makes another name', () => {
    fc.assert(
      fc.property(
        good,
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (template, one, other) => {
          fc.pre(one !== other);
          const names = [one, other].map((n) => fillTemplate(template, VALUES, n));
          expect(JSON.stringify(names[0]) !== JSON.stringify(names[1])).toBe(counts(template));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('makes text that can be sent and looked for, of any values', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const values = fc.record({ imei: text, eid: text, iccid: text, device: text, order: text, date: text });
    fc.assert(
      fc.property(good, values, (template, known) => {
        const filled = fillTemplate(template, known, 7);
        if (!filled.ok) throw new Error('everything is known');
        expect(new URLSearchParams({ name: filled.name }).get('name')).toBe(filled.name);
        expect(filled.name).toBe(filled.name.trim());
        // The same again makes the same.
        expect(fillTemplate(template, known, 7)).toEqual(filled);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a day', () => {
  it.each([
    [new Date(2026, 10, 24, 23, 59, 59), '2026-11-24'],
    [new Date(2026, 0, 1), '2026-01-01'],
  ])('by this computer’s clock: %s', (date, day) => expect(dayOf(date.getTime())).toBe(day));
});
