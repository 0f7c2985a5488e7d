import { FINAL_STATUSES, type Order } from '../../../contract/order.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { accountOfOrder, goneSentence } from '../account/accountWords.ts';

interface OrderAccountLineProps {
  readonly order: Order;
  /** Nothing is said of the account in use. */
  readonly onlyOther?: boolean;
}

/** Whose the order is, where there are several accounts or its account is there no more; else nothing. */
export function OrderAccountLine({ order, onlyOther = false }: OrderAccountLineProps) {
  const accounts = useBenchState((state) => state.accounts);
  const inUse = useBenchState((state) => state.account.name);
  const its = accountOfOrder(order, accounts, inUse);
  switch (its.kind) {
    case 'only':
      return null;
    case 'named':
      return onlyOther && its.inUse ? null : (
        <p className="order-account">
          <span className="label">Account</span>
          <span className="order-account-name">{its.name}</span>
          {its.inUse ? null : <span className="label">not the one in use</span>}
        </p>
      );
    case 'gone':
      return (
        <p className="order-account order-account-gone">
          <Mark tone={FINAL_STATUSES.has(order.status) ? 'gone' : 'waiting'} />
          <span>{goneSentence(order)}</span>
        </p>
      );
  }
}
