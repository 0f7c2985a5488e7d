import type { Fault, FaultCode } from '../../contract/fault.ts';

/**
 * What a fault of a request means for the requests after it.
 * `network`: the provider cannot be reached properly; `limit`: it takes no more for now; `account`: it does not take these
 * credentials; `stopped`: we ended it ourselves; `refusal`: it is about this one request, the others may go on.
 */
export type Obstacle = 'network' | 'limit' | 'account' | 'stopped' | 'refusal';

const OBSTACLES: Partial<Record<FaultCode, Obstacle>> = {
  'provider.offline': 'network',
  'provider.timeout': 'network',
  'provider.broken': 'network',
  'provider.unreadable': 'network',
  'provider.certificate': 'network',
  'proxy.login': 'network',
  internal: 'network',
  'provider.limited': 'limit',
  'account.none': 'account',
  'account.rejected': 'account',
  'account.forbidden': 'account',
  'secret.missing': 'account',
  'keychain.unavailable': 'account',
  'keychain.locked': 'account',
  cancelled: 'stopped',
};

export function obstacleOf(fault: Pick<Fault, 'code'>): Obstacle {
  return OBSTACLES[fault.code] ?? 'refusal';
}

/** Whether it is the ledger itself that is in trouble, and not that it refuses what it was told. */
export function isLedgerFault(fault: Pick<Fault, 'code'>): boolean {
  return fault.code.startsWith('ledger.');
}
