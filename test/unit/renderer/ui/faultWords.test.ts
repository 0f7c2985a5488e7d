import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultCode } from '../../../../contract/fault.ts';
import { keptFor } from '../../../../renderer/ui/faultWords.ts';

const codes = Object.keys(FAULTS) as FaultCode[];
/** What is wrong with the request itself, or was stopped by the technician: nothing was at stake. */
const NOTHING_AT_STAKE = new Set<FaultCode>([
  'usage.invalid',
  'eid.invalid',
  'cancelled',
  'account.rejected',
]);

describe('what a fault says was kept', () => {
  it.each(codes.filter((code) => !NOTHING_AT_STAKE.has(code)))('%s says something', (code) => {
    expect(keptFor(code)).toMatch(/\.$/);
  });

  it('takes the row that fits best', () => {
    expect(keptFor('order.unconfirmed')).toContain('not sent again');
    expect(keptFor('order.failed')).toContain('history');
    expect(keptFor('account.rejected')).toBeNull();
    expect(keptFor('eid.invalid')).toBeNull();
  });
});
