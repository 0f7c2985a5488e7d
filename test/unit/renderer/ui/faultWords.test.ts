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
/** About the eUICC, the SIM's locks and the network: their own sentences say whether something was changed. */
const SAYS_IT_ITSELF = /^(chip|network|device)\.|^sim\.(pinWrong|pukWrong|notReady)$/;

describe('what a fault says was kept', () => {
  it.each(codes.filter((code) => !NOTHING_AT_STAKE.has(code) && !SAYS_IT_ITSELF.test(code)))(
    '%s says something',
    (code) => {
      expect(keptFor(code)).toMatch(/\.$/);
    },
  );

  it.each(codes.filter((code) => SAYS_IT_ITSELF.test(code)))('%s claims nothing', (code) => {
    expect(keptFor(code)).toBeNull();
  });

  it('takes the row that fits best', () => {
    expect(keptFor('order.unconfirmed')).toContain('not sent again');
    expect(keptFor('order.failed')).toContain('history');
    expect(keptFor('account.rejected')).toBeNull();
    expect(keptFor('eid.invalid')).toBeNull();
  });
});
