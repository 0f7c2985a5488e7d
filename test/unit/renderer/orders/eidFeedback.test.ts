import { describe, expect, it } from 'vitest';
import { eidFeedback } from '../../../../renderer/features/orders/eidFeedback.ts';
import { EIDS } from '../fixtures.ts';

describe('an EID as it is typed', () => {
  it.each([
    ['', { kind: 'empty' }],
    ['   ', { kind: 'empty' }],
    ['EID:', { kind: 'empty' }],
    ['8', { kind: 'typing', digits: 1, missing: 31 }],
    ['8904 4011 ', { kind: 'typing', digits: 8, missing: 24 }],
    [EIDS.quectel.slice(0, 31), { kind: 'typing', digits: 31, missing: 1 }],
    [EIDS.quectel, { kind: 'valid', eid: EIDS.quectel }],
    ['8904 4011 1122 3344 1122 3344 1122 3321', { kind: 'valid', eid: EIDS.quectel }],
    [`EID: ${EIDS.quectel}`, { kind: 'valid', eid: EIDS.quectel }],
    [EIDS.wrong, { kind: 'checkFails', eid: EIDS.wrong }],
    [`${EIDS.quectel}1`, { kind: 'noEid' }],
    ['89049032005008882600033489aaaaaa', { kind: 'noEid' }],
    ['no digits', { kind: 'noEid' }],
  ])('%j', (text, expected) => {
    expect(eidFeedback(text)).toMatchObject(expected);
  });

  it('says which part is wrong', () => {
    expect(eidFeedback(EIDS.wrong)).toMatchObject({ message: expect.stringContaining('check digits') });
    expect(eidFeedback(`${EIDS.quectel}1`)).toMatchObject({ message: expect.stringContaining('33 digits') });
    expect(eidFeedback(`12${EIDS.quectel.slice(2)}`)).toMatchObject({
      message: expect.stringContaining('89'),
    });
  });
});
