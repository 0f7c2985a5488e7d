import type { Fault } from '../../contract/fault.ts';
import type { Bench } from '../bench/bench.ts';
import { obstacleOf } from '../orders/obstacles.ts';

/** Why nothing goes on with the account in use until a person has seen to its credentials; null where nothing is known against them. */
export function accountTrouble(bench: Bench): Fault | null {
  const { account, provider } = bench.store.state;
  if (provider.state === 'rejected' && provider.fault !== null) return provider.fault;
  return account.fault !== null && obstacleOf(account.fault) === 'account' ? account.fault : null;
}

/** Calls back when there is such trouble, at once where there is already. Returns the function that stops it. */
export function onAccountTrouble(bench: Bench, tell: (why: Fault) => void): () => void {
  const look = () => {
    const why = accountTrouble(bench);
    if (why !== null) tell(why);
  };
  const stop = bench.store.onChange(look);
  look();
  return stop;
}
