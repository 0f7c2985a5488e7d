import { describe, expect, it } from 'vitest';
import { type ChipAsk, questionFor } from '../../../../renderer/features/chip/chipQuestions.ts';
import { confirmsReset, digitsOf } from '../../../../renderer/features/chip/resetDigits.ts';
import { aChip, anInstalledProfile, EIDS } from '../fixtures.ts';

const ENABLED = '89883070000012345678';
const DISABLED = '89461111111111111118';
const asked = (ask: ChipAsk, chip = aChip()) => {
  const question = questionFor(chip, ask);
  if (question === null) throw new Error('nothing was asked');
  return { ...question, text: question.sentences.join(' ') };
};

describe('the question before a profile is enabled', () => {
  it('names it, and the one whose connection breaks', () => {
    const question = asked({ kind: 'enable', iccid: DISABLED });
    expect(question.title).toBe('Enable “Spare for the field”?');
    expect(question.text).toContain(
      '“Super SIM” is disabled by this, and every connection through it breaks.',
    );
    expect(question.change).toEqual({ kind: 'enable', iccid: DISABLED });
  });

  it('says that nothing is interrupted where no other one is enabled', () => {
    const chip = aChip({ profiles: [anInstalledProfile({ iccid: DISABLED, state: 'disabled' })] });
    expect(asked({ kind: 'enable', iccid: DISABLED }, chip).text).toContain('nothing is interrupted');
  });
});

it('disabling says that the modem has no network after it', () => {
  const question = asked({ kind: 'disable', iccid: ENABLED });
  expect(question.title).toContain('Super SIM');
  expect(question.text).toContain('no network until a profile is enabled');
  expect(question.destroys).toBe(false);
});

it('deleting says what is gone, where, and that nothing happens at the provider', () => {
  const question = asked({ kind: 'delete', iccid: DISABLED });
  expect(question.title).toBe('Delete “Spare for the field” from this eUICC?');
  expect(question.text).toMatch(/for good.*Nothing is deleted at the provider/s);
  expect(question.destroys).toBe(true);
  expect(question.change).toEqual({ kind: 'delete', iccid: DISABLED });
});

it('removing a notification says who is then never told', () => {
  const question = asked({ kind: 'removeNotification', sequenceNumber: 8 });
  expect(question.text).toContain('sm-dp-plus.twilio.com is then never told');
  expect(question.text).toContain('was enabled');
  expect(question.change).toEqual({ kind: 'removeNotification', sequenceNumber: 8 });
});

describe('nothing is asked', () => {
  it.each([
    ['about a profile that is gone', { kind: 'delete', iccid: '89000000000000000000' }],
    ['about a notification that is gone', { kind: 'removeNotification', sequenceNumber: 99 }],
    ['where another dialog asks', { kind: 'reset' }],
  ] as ReadonlyArray<readonly [string, ChipAsk]>)('%s', (_, ask) => {
    expect(questionFor(aChip(), ask)).toBeNull();
  });
});

it('digits typed to confirm a reset may be grouped as on the label', () => {
  expect(digitsOf(' 1122 3321')).toBe('11223321');
  expect(digitsOf('1122-3321')).toBe('11223321');
  expect(digitsOf('1122 33x1')).toBe('112233x1');
});

it.each([
  ['11223321', true],
  ['11223320', false],
  ['3321', false],
  ['', false],
  ['4411223321', false],
])('"%s" confirms the reset of 8904…1122 3321: %s', (typed, confirms) => {
  expect(confirmsReset(typed, EIDS.quectel)).toBe(confirms);
});
