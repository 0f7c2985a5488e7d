import { FaultSchema } from '../../contract/fault.ts';
import { must } from './door.ts';

/** A fault is one of the contract's, whatever it came of. */
export function mustBeFault(fault: unknown): void {
  const parsed = FaultSchema.safeParse(fault);
  must(
    parsed.success,
    `no fault of the contract: ${JSON.stringify(fault)} ${parsed.success ? '' : parsed.error.message}`,
  );
}
