import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { go, showDevice, showOrder } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { masked } from '../../format/digits.ts';
import { shortName } from '../../format/names.ts';
import { clockTime, day, fullWhen } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { CopiedFact, Fact, Facts } from '../../ui/Facts.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Mark, StateMark } from '../../ui/StateMark.tsx';
import { SimPart } from '../sims/SimPart.tsx';
import { OrderAccountLine } from './OrderAccountLine.tsx';
import { OrderPath } from './OrderPath.tsx';
import { OrderStage } from './OrderStage.tsx';
import { orderTitle, orderWord } from './orderWords.ts';
import { pathSteps, waitingFor } from './path.ts';
import { showsQr } from './showsQr.ts';

/** One order: where it stands, its QR, what is known of it, and all that has happened to it. */
export function OrderPane({ order }: { order: Order }) {
  const devices = useBenchState((state) => state.devices);
  const refresh = useRequest('orders.refresh');
  const archive = useRequest('orders.archive');
  const waiting = waitingFor(order, providerLabel(order.account.provider));
  const device = devices.find((candidate) => candidate.id === order.device?.id);
  const fault = refresh.fault ?? archive.fault;

  return (
    <article className="order" aria-label={orderTitle(order)}>
      <header className="order-head">
        <div>
          <h1>{orderTitle(order)}</h1>
          <StateMark state={orderWord(order.status)} strong />
        </div>
        <Menu>
          <Menu.Target>
            <ActionIcon variant="subtle" size={36} aria-label="More for this order">
              <IconDots size={18} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {device === undefined ? null : (
              <Menu.Item onClick={() => showDevice(device.id)}>Show the device</Menu.Item>
            )}
            {order.sid === null ? null : (
              <Menu.Item onClick={() => void refresh.run({ orderId: order.id })}>
                Ask the provider now
              </Menu.Item>
            )}
            <Menu.Item
              onClick={async () => {
                const done = await archive.run({ orderId: order.id, archived: order.archivedAt === null });
                if (done.ok) go({ orderId: null });
              }}
            >
              {order.archivedAt === null ? 'Archive' : 'Take out of the archive'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {order.archivedAt === null ? null : (
        <p className="order-archived">
          Archived {fullWhen(order.archivedAt, Date.now())}. It is kept, out of the way.
        </p>
      )}
      {order.eid === null ? null : (
        <p className="order-eid">
          <span className="label">EID</span>
          <Digits value={order.eid} />
          <CopyButton value={order.eid} what="EID" />
        </p>
      )}
      <OrderAccountLine order={order} />
      <OrderPath steps={pathSteps(null, order)} waiting={waiting} narrow />

      {fault === null ? null : <FaultCard fault={fault} />}
      <OrderStage order={order} onOrdered={showOrder} />
      <SimPart order={order} qrShown={showsQr(order)} />
      <Known order={order} />
      <History order={order} />
    </article>
  );
}

function Known({ order }: { order: Order }) {
  const showIdentifiers = useBenchState((state) => state.settings.showIdentifiers);
  return (
    <section className="order-section" aria-label="What is known">
      <h2>Order</h2>
      <Facts>
        <CopiedFact name="ICCID" value={order.iccid} what="ICCID" digits />
        <CopiedFact name="Profile SID" value={order.sid} what="profile SID" />
        <CopiedFact name="Order" value={order.id} what="order id" />
        <Fact name="Account">
          <span>{providerLabel(order.account.provider)}</span>{' '}
          <span className="mono break">{order.account.accountSid}</span>
        </Fact>
        <Fact name="Device">
          {order.device === null ? null : (
            <>
              {shortName(order.device.name)}
              {order.device.imei === null ? null : (
                <>
                  {' '}
                  · IMEI{' '}
                  <Digits
                    value={showIdentifiers ? order.device.imei : masked(order.device.imei)}
                    size="sm"
                    fromEnd
                  />
                </>
              )}
            </>
          )}
        </Fact>
        <Fact name="Callback">
          {order.callback === null ? null : (
            <span className="mono break">
              {order.callback.method} {order.callback.url}
            </span>
          )}
        </Fact>
        <Fact name="In place of">
          {order.replaces === null ? null : (
            <button
              type="button"
              className="link mono"
              onClick={() => go({ orderSide: 'ledger', orderId: order.replaces })}
            >
              {order.replaces}
            </button>
          )}
        </Fact>
        {Object.entries(order.extra).map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className="mono break">{value}</span>
          </Fact>
        ))}
      </Facts>
    </section>
  );
}

/** Newest first, with a line for each day. */
function History({ order }: { order: Order }) {
  const entries = order.history.map((entry, index) => ({ ...entry, index, day: day(entry.at) })).reverse();
  return (
    <section className="order-section" aria-label="History">
      <h2>History</h2>
      <ol className="history">
        {entries.map((entry, position) => (
          <li key={entry.index} className="history-entry">
            {entries[position - 1]?.day === entry.day ? null : <p className="history-day">{entry.day}</p>}
            <span className="history-time mono">{clockTime(entry.at)}</span>
            <Mark tone={orderWord(entry.status).tone} />
            <span className="history-what">
              {order.history[entry.index - 1]?.status === entry.status ? null : (
                <span className="history-status">{orderWord(entry.status).word} </span>
              )}
              {entry.note}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
