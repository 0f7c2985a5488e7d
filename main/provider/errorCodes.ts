import type { FaultCode } from '../../contract/fault.ts';

interface CodeRow {
  readonly fault: FaultCode;
  /** Replaces the fault's own sentence and next step where the code says more. */
  readonly message?: string;
  readonly hint?: string;
}

/** What the provider's own codes mean. Sources: the Super SIM error dictionary; facts of the operations on eSIM profiles and Sims. */
const CODES: Readonly<Record<string, CodeRow>> = {
  '20003': { fault: 'account.rejected' },
  '20404': { fault: 'provider.notFound' },
  '20429': { fault: 'provider.limited' },
  '70051': { fault: 'account.forbidden' },
  '83004': { fault: 'provider.broken', message: 'The provider had an error of its own.' },
  '83005': {
    fault: 'provider.notFound',
    message: 'The provider does not know this SIM.',
    hint: 'Check that the account is the one that the SIM belongs to.',
  },
  '83006': {
    fault: 'provider.notFound',
    message: 'The provider does not know this Fleet.',
    hint: 'Choose another Fleet of this account.',
  },
  '83007': {
    fault: 'provider.refused',
    message: 'The SIM has no Fleet, and needs one before it can be used.',
    hint: 'Choose a Fleet, then try again.',
  },
  '83008': {
    fault: 'provider.refused',
    message: 'The SIM cannot be taken out of its Fleet.',
    hint: 'Choose another Fleet instead of none.',
  },
  '83009': {
    fault: 'provider.refused',
    message: 'A change of this SIM is under way already.',
    hint: 'Wait until it is done, then look at the SIM again.',
  },
  '83010': {
    fault: 'provider.refused',
    message: 'The SIM cannot go from its present status to this one.',
    hint: 'Look at its status. "ready" can only be reached from "new".',
  },
  '83011': {
    fault: 'provider.refused',
    message: 'This unique name is taken by another SIM of the account.',
    hint: 'Choose another name.',
  },
  '83500': { fault: 'provider.outOfStock' },
};

/** What a code means, or null for one that is not in the table. */
export function meaningOfCode(code: string | null): CodeRow | null {
  return code !== null && Object.hasOwn(CODES, code) ? (CODES[code] ?? null) : null;
}
