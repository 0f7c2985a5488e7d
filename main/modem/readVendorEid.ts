import type { ModemIdentity } from '../../contract/device.ts';
import { fault } from '../../contract/fault.ts';
import { eidCheckDigitsHold } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Eid } from '../euicc/getEid.ts';
import { refusalOf, refusedFault } from './errors.ts';
import type { EidCommand } from './families/family.ts';
import { eidCommandsFor } from './families/index.ts';
import { ask, LIMIT, type Talk } from './talk.ts';

export interface VendorAnswer {
  readonly eid: Eid;
  readonly vendor: string;
}

/**
 * Asks for the EID by vendors' own commands, one after the other, until one gives an EID whose check digits hold. An
 * EID whose check digits do not hold is kept for want of a better one.
 * Faults: `euicc.none` where a command was answered without an EID, else what the refusals say; those of the dialogue.
 */
export async function readVendorEid(
  talk: Talk,
  identity: ModemIdentity,
  before: string | null,
): Promise<Result<VendorAnswer>> {
  let doubtful: VendorAnswer | null = null;
  let worst = fault('modem.refused');
  for (const vendor of eidCommandsFor(identity, before)) {
    const { prefixes } = vendor;
    for (const command of vendor.commands) {
      const answer = await ask(talk, command, {
        timeoutMs: LIMIT.sim,
        ...(prefixes === undefined ? {} : { prefixes }),
      });
      if (!answer.ok) return answer;
      const { final, lines } = answer.value;
      if (refusalOf(final) !== null) {
        const refused = refusedFault(command, final, 'euicc.none');
        if (refused.code !== 'modem.refused' && worst.code === 'modem.refused') worst = refused;
        continue;
      }
      const eid = eidIn(lines, vendor);
      if (eid?.valid) return ok({ eid, vendor: vendor.name });
      if (eid !== null) doubtful ??= { eid, vendor: vendor.name };
      else worst = fault('euicc.none', { details: `${command}: no EID` });
      // Answered: its other forms would say the same.
      break;
    }
  }
  return doubtful === null ? fail(worst) : ok(doubtful);
}

/** 32 digits by themselves, wherever the answer has them; the first that is valid, else the first. */
export function eidIn(
  lines: readonly string[],
  { answersOtherNumbers }: Pick<EidCommand, 'answersOtherNumbers'>,
): Eid | null {
  const numbers = lines.flatMap((line) => line.match(/(?<![0-9A-Fa-f])\d{32}(?![0-9A-Fa-f])/g) ?? []);
  const valid = numbers.find(eidCheckDigitsHold) ?? besideIccid(lines);
  if (valid !== undefined) return { value: valid, valid: true };
  const [first] = numbers;
  return first === undefined || answersOtherNumbers ? null : { value: first, valid: false };
}

/** An EID that runs into an ICCID (18 to 20 digits), before or behind it. */
function besideIccid(lines: readonly string[]): string | undefined {
  return lines
    .flatMap((line) => line.match(/(?<!\d)89\d{48,50}(?!\d)/g) ?? [])
    .flatMap((run) => [run.slice(-32), run.slice(0, 32)])
    .find((digits) => digits.startsWith('89') && eidCheckDigitsHold(digits));
}
