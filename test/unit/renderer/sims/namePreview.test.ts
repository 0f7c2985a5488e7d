import { describe, expect, it } from 'vitest';
import {
  exampleName,
  isKnownPart,
  OFFERED_PARTS,
  previewName,
} from '../../../../renderer/features/sims/namePreview.ts';
import { AVAILABLE_EID, AVAILABLE_MATCHING, anActivation, anOrder, aSim } from '../fixtures.ts';

const order = anOrder(AVAILABLE_EID);
const matching = anOrder({ ...AVAILABLE_MATCHING, id: 'm' });
const named = (name: string, id = 'other') =>
  anOrder({ id, activation: anActivation({ status: 'done', uniqueName: name }) });
const seen = (name: string) => anOrder({ id: 'seen', sim: aSim({ uniqueName: name }) });

describe('the name that a template makes', () => {
  it.each([
    ['{imei}', '867929068986654'],
    ['{eid:last8}', '11223321'],
    ['bench {date}-{n}', 'bench 2026-11-24-1'],
    [' Field unit ', 'Field unit'],
    ['{device}/{iccid:last4}', 'Quectel EM05-G/5678'],
  ])('%s', (template, name) => {
    expect(previewName(template, order, [])).toMatchObject({
      kind: 'made',
      name,
      takenBy: null,
    });
  });

  it('is none where there is no template', () => {
    expect(previewName('  ', order, [])).toEqual({ kind: 'kept' });
  });

  it('counts past the names that other SIMs of the bench have', () => {
    const others = [named('unit 1', 'a'), seen('unit 2'), order];
    expect(previewName('unit {n}', order, others)).toMatchObject({
      kind: 'made',
      name: 'unit 3',
      counts: true,
    });
  });

  it('does not count past its own', () => {
    const own = anOrder({ ...AVAILABLE_EID, activation: anActivation({ uniqueName: 'unit 1' }) });
    expect(previewName('unit {n}', own, [own])).toMatchObject({ name: 'unit 1' });
  });

  it('says whose SIM has it, where it does not count', () => {
    const other = named('Field unit');
    expect(previewName('Field unit', order, [order, other])).toMatchObject({ kind: 'made', takenBy: other });
  });

  it.each([
    ['{imei}', 'The IMEI of this order is not known.'],
    ['{eid:last8}-{device}', 'The EID and the name of the device of this order are not known.'],
  ])('is not there where a part is not known: %s', (template, message) => {
    expect(previewName(template, matching, [])).toEqual({ kind: 'missing', message });
  });

  it('leaves room for an ICCID that comes with the profile', () => {
    const before = anOrder();
    expect(previewName('sim-{iccid}', before, [])).toMatchObject({
      kind: 'made',
      name: 'sim-‹ICCID›',
    });
  });

  it('is wrong where the template is', () => {
    expect(previewName('{sn}', order, [])).toMatchObject({ kind: 'wrong' });
    expect(exampleName('a}')).toEqual({
      kind: 'wrong',
      message: 'The name has a brace without its other half.',
    });
  });
});

describe('the parts that are offered', () => {
  it.each(OFFERED_PARTS)('$text makes a name that is right', ({ text }) => {
    expect(exampleName(text)).toMatchObject({ kind: 'made' });
  });

  it('are those that are known of the order, or will be', () => {
    const known = (of: typeof order) =>
      OFFERED_PARTS.filter(({ part }) => isKnownPart(part, of)).map(({ text }) => text);
    expect(known(order)).toHaveLength(OFFERED_PARTS.length);
    expect(known(matching)).toEqual(['{iccid}', '{date}-{n}', '{order}']);
    expect(known(anOrder())).toContain('{iccid}');
    expect(OFFERED_PARTS.every(({ part }) => isKnownPart(part, null))).toBe(true);
  });
});
