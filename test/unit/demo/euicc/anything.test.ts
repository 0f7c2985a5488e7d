import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../../../main/demo/bytes.ts';
import { ES10_FUNCTIONS } from '../../../../main/demo/euicc/es10.ts';
import { tlv } from '../../../../main/demo/euicc/tlv.ts';
import { fc } from '../../support/dice.ts';
import { isdR, storeData } from './isdR.ts';

const PROFILES = [
  {
    iccid: '89883070000051466066',
    enabled: true,
    notifications: [{ operations: ['enable', 'disable', 'delete'], address: 'a.b' }] as const,
  },
  { iccid: '98760000000000543210', ppr2: true },
  { iccid: '89000123456789012341', profileClass: 'test' },
] as const;

/** Fields that mean something to some function, with values that may or may not. */
const field = fc
  .tuple(
    fc.constantFrom('80', '81', '82', '90', '4F', '5A', '5C', '95', 'A0', '30'),
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .constantFrom('FF', '00', '0480', '05E0', '5A', '9F70', '5A0A98880307000015640666', '80012B')
        .map(fromHex),
      fc.constantFrom('98880307000015640666', '89670000000000452301', '98001032547698103214').map(fromHex),
    ),
  )
  .map(([tag, value]) => tlv(tag, value));

const request = fc
  .tuple(fc.constantFrom(...Object.keys(ES10_FUNCTIONS)), fc.array(field, { maxLength: 3 }))
  .map(([tag, fields]) => toHex(tlv(tag, concat(...fields))));

describe('whatever is asked of the ISD-R', () => {
  it('it answers or refuses, one profile at most is enabled, and the numbers of notifications rise', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 12 }), (requests) => {
        const { card, send } = isdR({ profiles: PROFILES });
        const memory = card.state.info.freeNonVolatile;
        const sizes = card.state.profiles.reduce((sum, profile) => sum + profile.bytes, 0);
        for (const one of requests) {
          expect(send(storeData(one))).toMatch(/^(BF....*(9000|91..|61..)|6...|9000)$/);
          const { profiles, notifications, info } = card.state;
          expect(profiles.filter((profile) => profile.enabled).length).toBeLessThanOrEqual(1);
          const numbers = notifications.map(({ sequenceNumber }) => sequenceNumber);
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
          // What is free and what is taken make the same whole.
          const taken = profiles.reduce((sum, profile) => sum + profile.bytes, 0);
          expect(info.freeNonVolatile + taken).toBe(memory + sizes);
        }
      }),
      { numRuns: 300 },
    );
  });
});
