import type { Order } from '../../../contract/order.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { fullWhen, shortWhen } from '../../format/time.ts';
import { Digits } from '../../ui/Digits.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { accountOfOrder } from '../account/accountWords.ts';
import { simStateInList } from '../sims/simWords.ts';
import { orderTitle, orderWord } from './orderWords.ts';

interface OrderTableProps {
  readonly orders: readonly Order[];
  readonly chosenId: string | null;
  readonly onChoose: (orderId: string) => void;
}

/** Orders as a grid, newest first. */
export function OrderTable({ orders, chosenId, onChoose }: OrderTableProps) {
  const several = useBenchState((state) => state.accounts.length) > 1;
  const now = Date.now();

  return (
    <Grid
      of="orders"
      label="Orders, newest first"
      items={orders}
      idOf={(order) => order.id}
      chosenId={chosenId}
      onChoose={onChoose}
      className={several ? 'grid orders-several' : 'grid'}
      columns={
        <>
          <th scope="col" className="order-col-state">
            State
          </th>
          <th scope="col">Ordered for</th>
          {several ? (
            <th scope="col" className="order-col-account">
              Account
            </th>
          ) : null}
          <th scope="col" className="order-col-iccid">
            ICCID
          </th>
          <th scope="col" className="order-col-when">
            Ordered
          </th>
        </>
      }
      cells={(order) => (
        <>
          <td className="order-col-state">
            <StateMark state={orderWord(order.status)} />
            <SimState order={order} />
          </td>
          <td>
            <span className="order-name">{orderTitle(order)}</span>
            <OrderedFor order={order} />
          </td>
          {several ? (
            <td className="order-col-account">
              <AccountName order={order} />
            </td>
          ) : null}
          <td className="order-col-iccid">
            {order.iccid === null ? <span className="dim">–</span> : <Digits value={order.iccid} size="sm" />}
          </td>
          <td className="order-col-when" title={fullWhen(order.createdAt, now)}>
            {shortWhen(order.createdAt, now)}
          </td>
        </>
      )}
    />
  );
}

/** The Sim below the profile, where anything is known or wished of it. */
function SimState({ order }: { order: Order }) {
  const state = simStateInList(order);
  return state === null ? null : (
    <div className="order-sim">
      <StateMark state={{ ...state, word: `SIM ${state.word}` }} />
    </div>
  );
}

function AccountName({ order }: { order: Order }) {
  const accounts = useBenchState((state) => state.accounts);
  const inUse = useBenchState((state) => state.account.name);
  const its = accountOfOrder(order, accounts, inUse);
  return its.kind === 'named' ? (
    <span className="order-name" title={its.name}>
      {its.name}
    </span>
  ) : (
    <span className="order-name order-gone">not in the list</span>
  );
}

function OrderedFor({ order }: { order: Order }) {
  if (order.eid !== null)
    return (
      <span className="order-digits">
        <Digits value={order.eid} size="sm" />
      </span>
    );
  if (order.matchingId) return <span className="order-digits mono">{order.matchingId}</span>;
  return <span className="order-digits dim">matching ID not known yet</span>;
}
