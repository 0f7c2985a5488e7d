import { type KeyboardEvent, useEffect } from 'react';
import type { Order } from '../../../contract/order.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { fullWhen, shortWhen } from '../../format/time.ts';
import { Digits } from '../../ui/Digits.tsx';
import { stepInList } from '../../ui/listKeys.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useVirtualRows } from '../../ui/useVirtualRows.ts';
import { accountOfOrder } from '../account/accountWords.ts';
import { simStateInList } from '../sims/simWords.ts';
import { orderTitle, orderWord } from './orderWords.ts';

/** px; the same in orders.css. */
const ROW_HEIGHT = 46;

interface OrderTableProps {
  readonly orders: readonly Order[];
  readonly chosenId: string | null;
  readonly onChoose: (orderId: string) => void;
}

/** Orders as a grid; only the rows in sight are drawn, so that a ledger of years scrolls like a short one. */
export function OrderTable({ orders, chosenId, onChoose }: OrderTableProps) {
  const several = useBenchState((state) => state.accounts.length) > 1;
  const rows = useVirtualRows(orders.length, ROW_HEIGHT);
  const at = orders.findIndex((order) => order.id === chosenId);
  const now = Date.now();
  const { scrollTo } = rows;

  useEffect(() => {
    if (at >= 0) scrollTo(at);
  }, [at, scrollTo]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((rows.scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const to = stepInList(event.key, at, orders.length, page);
    const order = to === null ? undefined : orders[to];
    if (order === undefined) return;
    event.preventDefault();
    onChoose(order.id);
  };

  return (
    <div ref={rows.scroller} className="orders" onScroll={rows.onScroll}>
      <table
        className={several ? 'orders-table orders-several' : 'orders-table'}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are walked with the arrow keys
        role="grid"
        aria-label="Orders, newest first"
        aria-rowcount={orders.length + 1}
        aria-activedescendant={at >= rows.start && at < rows.end ? `order-${chosenId}` : undefined}
        tabIndex={0}
        data-list="orders"
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
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
          </tr>
        </thead>
        <tbody>
          <Spacer rows={rows.start} />
          {orders.slice(rows.start, rows.end).map((order, index) => (
            <tr
              key={order.id}
              id={`order-${order.id}`}
              className="order-row"
              aria-rowindex={rows.start + index + 2}
              aria-selected={order.id === chosenId}
              onClick={() => onChoose(order.id)}
            >
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
                {order.iccid === null ? (
                  <span className="dim">–</span>
                ) : (
                  <Digits value={order.iccid} size="sm" />
                )}
              </td>
              <td className="order-col-when" title={fullWhen(order.createdAt, now)}>
                {shortWhen(order.createdAt, now)}
              </td>
            </tr>
          ))}
          <Spacer rows={orders.length - rows.end} />
        </tbody>
      </table>
    </div>
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

/** The height of rows that are not drawn. */
function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without cells takes no focus
  return <tr aria-hidden="true" style={{ height: rows * ROW_HEIGHT }} />;
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
