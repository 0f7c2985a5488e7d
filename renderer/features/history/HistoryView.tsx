import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { showProfile, usePlace } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OrderPane } from '../orders/OrderPane.tsx';
import { OrderSides } from '../orders/OrderSides.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import { HistoryList } from './HistoryList.tsx';
import { countSentence } from './historyWords.ts';
import { NoAccountYet } from './NoAccountYet.tsx';
import { OursBar } from './OursBar.tsx';
import { ordersBySid } from './ours.ts';
import { ProfilePane } from './ProfilePane.tsx';
import { useProfileList } from './useProfileList.ts';

/** All profiles of the account in use, whoever ordered them, with the chosen one beside them: ours as the order that it is. */
export function HistoryView() {
  const account = useBenchState((state) => state.account.account);
  const orders = useBenchState((state) => state.orders);
  const { profileSid } = usePlace();
  const { list, lists } = useProfileList();
  const ours = useMemo(() => ordersBySid(orders, account), [orders, account]);
  const answeredAt = list?.answeredAt ?? null;

  useEffect(() => {
    const now = lists.store.get();
    if (answeredAt !== null && now !== null) announce(countSentence(now));
  }, [answeredAt, lists]);

  if (account === null) return <NoAccountYet />;

  const profile = list?.profiles.find(({ sid }) => sid !== null && sid === profileSid) ?? null;
  const order = profileSid === null ? null : (ours.get(profileSid) ?? null);

  return (
    <div className="split split-orders">
      <section className="ledger" aria-label="Profiles at the provider" data-list-side="">
        {order === null && profile === null ? (
          <h1 className="visually-hidden">Profiles at the provider</h1>
        ) : null}
        <OrderSides>
          <Button
            variant="default"
            leftSection={<IconRefresh size={17} stroke={1.75} />}
            loading={list?.asking === 'first'}
            onClick={() => lists.again()}
          >
            Ask again
          </Button>
        </OrderSides>
        <HistoryFilters list={list} ours={ours} />
        <HistoryList
          list={list}
          lists={lists}
          ours={ours}
          chosenSid={profileSid}
          onChoose={(sid) => showProfile(sid, ours.get(sid)?.id ?? null)}
        />
      </section>
      <main className="pane pane-order" aria-label="Profile">
        {order !== null ? (
          <>
            <OursBar order={order} />
            <OrderPane key={order.id} order={order} />
          </>
        ) : profile !== null ? (
          <ProfilePane key={profile.sid} profile={profile} />
        ) : list !== null && list.profiles.length > 0 ? (
          <NothingChosen />
        ) : null}
      </main>
    </div>
  );
}

function NothingChosen() {
  return (
    <EmptyState title="No profile chosen">
      <p>
        Here are all profiles of the account, also those that were ordered elsewhere, as in the web console.
        Choose one to see it. What is not in the ledger can be taken into it: it is then followed like any
        order, and its QR code is kept.
      </p>
    </EmptyState>
  );
}
