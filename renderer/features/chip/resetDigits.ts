import { RESET_DIGITS } from '../../../contract/chip.ts';

/** The digits of what was typed, without the blanks and dashes that a label groups them with. */
export function digitsOf(typed: string): string {
  return typed.replace(/[\s-]/g, '');
}

/** Whether they are the last digits of this EID, as many as are asked for. */
export function confirmsReset(typedDigits: string, eid: string): boolean {
  return typedDigits.length === RESET_DIGITS && eid.endsWith(typedDigits);
}
