import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { go, keepChosenOrder, openDialog, usePlace } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { counted } from '../../format/words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { accountNames } from '../account/accountWords.ts';
import { HistoryView } from '../history/HistoryView.tsx';
import { NoOrders } from './NoOrders.tsx';
import { OrderPane } from './OrderPane.tsx';
import { OrderSides } from './OrderSides.tsx';
import { OrderTable } from './OrderTable.tsx';
import { GROUP_LABELS, type OrderGroup } from './orderWords.ts';
import { findOrders, shownGroups } from './search.ts';

/** What was ordered from here, or all that the account has at the provider. */
export function OrdersView() {
  return usePlace().orderSide === 'ledger' ? <Ledger /> : <HistoryView />;
}

/** The ledger: found by anything that is written in it, with the chosen order beside it. Works offline. */
function Ledger() {
  const orders = useBenchState((state) => state.orders);
  const { orderId } = usePlace();
  const [query, setQuery] = useState('');
  const [group, setGroup] = useState<OrderGroup>('all');
  const search = useRef<HTMLInputElement | null>(null);
  const asked = useDeferredValue(query);
  const accounts = useBenchState((state) => state.accounts);
  const nameOf = useMemo(() => accountNames(accounts), [accounts]);
  const found = useMemo(() => findOrders(orders, asked, group, nameOf), [orders, asked, group, nameOf]);

  // An order that was asked for by name (a toast, the palette) is shown whatever is filtered; else the first that was found.
  // An order that was just placed may be named before it is in the state: it is waited for, not replaced by another.
  const first = orderId === null ? found.orders[0] : undefined;
  const chosen = orders.find((order) => order.id === orderId) ?? first ?? null;
  const chosenId = chosen?.id ?? null;
  const archived = chosen !== null && chosen.archivedAt !== null;

  // Where an archived order is gone to, its group is shown; one that is archived while it is looked at takes nothing along.
  const gone = useRef<string | null>(null);
  useEffect(() => {
    if (orderId !== null && orderId !== gone.current && archived) setGroup('archived');
    gone.current = orderId;
  }, [orderId, archived]);
  useEffect(() => {
    if (orderId === null && chosenId !== null) keepChosenOrder(chosenId);
  }, [chosenId, orderId]);

  const ask = (next: string) => {
    setQuery(next);
    go({ orderId: null });
  };

  if (orders.length === 0) return <NoOrders />;

  return (
    <div className="split split-orders">
      <section className="ledger" aria-label="Orders">
        <OrderSides>
          <Button
            variant="default"
            leftSection={<IconPlus size={17} stroke={1.75} />}
            onClick={() => openDialog({ kind: 'newOrder', way: 'eid', scanned: null })}
          >
            New order
          </Button>
        </OrderSides>
        <div className="ledger-head">
          <TextInput
            ref={search}
            className="ledger-search"
            type="search"
            aria-label="Search orders"
            placeholder={
              accounts.length > 1
                ? 'EID, ICCID, SID, device, matching ID, account'
                : 'EID, ICCID, SID, device, matching ID'
            }
            leftSection={<IconSearch size={17} stroke={1.75} />}
            data-search=""
            value={query}
            onChange={(event) => ask(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && query !== '') {
                event.stopPropagation();
                ask('');
              }
            }}
            rightSection={
              query === '' ? null : (
                <ActionIcon
                  variant="subtle"
                  size={28}
                  aria-label="Clear the search"
                  onClick={() => {
                    ask('');
                    search.current?.focus();
                  }}
                >
                  <IconX size={16} stroke={1.75} />
                </ActionIcon>
              )
            }
          />
        </div>
        <fieldset className="groups">
          <legend className="visually-hidden">Show orders</legend>
          {shownGroups(found.counts, group).map((name) => (
            <button
              key={name}
              type="button"
              className="group"
              aria-pressed={name === group}
              onClick={() => {
                setGroup(name);
                go({ orderId: null });
              }}
            >
              {GROUP_LABELS[name]}{' '}
              <span className="group-count">{found.counts[name].toLocaleString('en')}</span>
            </button>
          ))}
        </fieldset>
        {found.orders.length === 0 ? (
          <EmptyState
            title="No order fits"
            actions={
              query === '' ? null : (
                <Button variant="default" onClick={() => ask('')}>
                  Clear the search
                </Button>
              )
            }
          >
            <p>
              {query === ''
                ? `None of ${counted(orders.length, 'order')} is in this group.`
                : 'Digits may be typed with or without blanks. Part of an EID, ICCID or SID is enough.'}
            </p>
          </EmptyState>
        ) : (
          <OrderTable orders={found.orders} chosenId={chosenId} onChoose={(id) => go({ orderId: id })} />
        )}
      </section>
      <main className="pane pane-order" aria-label="Order">
        {chosen === null ? null : <OrderPane key={chosen.id} order={chosen} />}
      </main>
    </div>
  );
}
