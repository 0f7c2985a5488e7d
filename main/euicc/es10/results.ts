import { type Fault, type FaultCode, type FaultExtras, fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { type Es10Options, type Es10Request, sendEs10, unreadable } from './sendEs10.ts';
import { integerIn, objectsIn } from './values.ts';

/** What a result code of an ES10 function means. */
export interface ResultRow {
  /** As the function's ASN.1 calls it. */
  readonly name: string;
  /** `alreadySo`: there was nothing to do, things are as they were wanted. */
  readonly means: FaultCode | 'alreadySo';
  /** Sentences in place of the fault's own. */
  readonly words?: Pick<FaultExtras, 'message' | 'hint'>;
}
export type ResultTable = Readonly<Record<number, ResultRow>>;

/** What came of a change: it was made, or there was nothing to change. */
export type ChangeOutcome = 'changed' | 'alreadySo';

const RESULT = 0x80;
const OK = 0;

/** Sends a change whose answer is one result code (`80 01 xx`). Faults: those of `sendEs10`. */
export async function sendForCode(
  channel: ApduChannel,
  request: Es10Request,
  options: Es10Options,
): Promise<Result<number>> {
  const answer = await sendEs10(channel, { ...request, changes: true }, options);
  if (!answer.ok) return answer;
  const code = integerIn(objectsIn(answer.value)?.get(RESULT)?.value);
  return code === null
    ? fail(unreadable({ ...request, changes: true }, 'the answer has no result.'))
    : ok(code);
}

/** What a result code means, by the function's table. */
export function outcomeOf(
  { name }: Pick<Es10Request, 'name'>,
  code: number,
  table: ResultTable,
): Result<ChangeOutcome> {
  if (code === OK) return ok('changed');
  if (table[code]?.means === 'alreadySo') return ok('alreadySo');
  return fail(refusalOf({ name }, code, table));
}

/**
 * The fault for a result or error code; `chip.refused` for one that is not in the table.
 * @param code null where the card gave an error and no code.
 */
export function refusalOf(
  { name }: Pick<Es10Request, 'name'>,
  code: number | null,
  table: ResultTable,
): Fault {
  const row = code === null ? undefined : table[code];
  const means = row === undefined || row.means === 'alreadySo' ? 'chip.refused' : row.means;
  const details = `${name}: ${row?.name ?? 'unknown result'}(${code ?? 'no code'})`;
  return fault(means, { ...row?.words, details });
}
