import { createPortal } from 'react-dom';
import type { Order } from '../../contract/order.ts';
import { orderTitle } from '../features/orders/orderWords.ts';
import { QrImage } from '../features/orders/QrImage.tsx';
import { groupsOfFour } from '../format/digits.ts';
import { parseLpa } from '../format/lpa.ts';
import { clockTime, day } from '../format/time.ts';

/**
 * The sheet of the order in sight, which is all that this window prints (print.css). It is beside the window, not in it, and
 * not shown on the screen.
 */
export function PrintSheet({ order }: { order: Order }) {
  const parts = order.lpa === null ? null : parseLpa(order.lpa);
  const rows: ReadonlyArray<readonly [name: string, value: string | null]> = [
    ['EID', order.eid === null ? null : groupsOfFour(order.eid).join(' ')],
    ['ICCID', order.iccid === null ? null : groupsOfFour(order.iccid).join(' ')],
    ['SM-DP+ address', parts?.smdpAddress ?? order.smdpAddress],
    ['Matching ID', matchingIdText(parts?.matchingId ?? order.matchingId, order.kind)],
    ['Activation code', order.lpa],
    ['Profile', order.sid],
    ['Order', order.id],
    ['Ordered', `${day(order.createdAt)} ${clockTime(order.createdAt)}`],
  ];
  return createPortal(
    <section className="sheet" aria-hidden="true">
      <h1>{orderTitle(order)}</h1>
      {order.lpa === null ? (
        <p>There is no QR code yet.</p>
      ) : (
        <div className="sheet-qr">
          <QrImage text={order.lpa} label="QR code" />
        </div>
      )}
      <dl>
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {order.confirmationCodeRequired ? <p>The device asks for a confirmation code.</p> : null}
    </section>,
    document.body,
  );
}

function matchingIdText(matchingId: string | null, kind: Order['kind']): string | null {
  if (matchingId !== null && matchingId !== '') return matchingId;
  return kind === 'eid' ? 'none: the SM-DP+ knows the eUICC by its EID' : null;
}
