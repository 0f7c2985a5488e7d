import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Fault } from '../../../contract/fault.ts';
import type { Order } from '../../../contract/order.ts';
import { go } from '../../app/place.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { isFiltered, NO_FILTER } from './historyFilter.ts';
import { asOf } from './historyWords.ts';
import { ProfileTable } from './ProfileTable.tsx';
import { incompleteFault, type ProfileList, type ProfileLists } from './profileList.ts';
import { changeHistoryFilter } from './useProfileList.ts';

interface HistoryListProps {
  readonly list: ProfileList | null;
  readonly lists: ProfileLists;
  readonly ours: ReadonlyMap<string, Order>;
  readonly chosenSid: string | null;
  readonly onChoose: (sid: string) => void;
}

/** The place of the list: the profiles, that they are on their way, that there are none, or why they cannot be had. */
export function HistoryList({ list, lists, ours, chosenSid, onChoose }: HistoryListProps) {
  if (list === null || (list.asking === 'first' && list.profiles.length === 0)) {
    return (
      <div className="grid-place history-waiting">
        <StateMark state={{ word: 'Asking the provider', tone: 'busy' }} />
      </div>
    );
  }
  if (list.fault !== null && list.profiles.length === 0) {
    return (
      <div className="grid-place history-fault">
        <FaultCard
          fault={list.fault}
          actions={<NextStep fault={list.fault} onRetry={() => lists.retry()} />}
        />
      </div>
    );
  }
  if (list.profiles.length === 0 && list.next === null && list.incomplete === null) {
    return (
      <div className="grid-place">
        <NoProfiles filtered={isFiltered(list.asked.filter)} />
      </div>
    );
  }
  return (
    <>
      {list.staleFault === null ? null : (
        <div className="history-notice">
          <FaultCard
            fault={list.staleFault}
            tone="wait"
            kept={`What is shown is ${asOf(list.answeredAt)}.`}
            {...(isOfAccount(list.staleFault)
              ? {
                  actions: (
                    <Button variant="default" onClick={() => go({ view: 'account' })}>
                      See the account
                    </Button>
                  ),
                }
              : {})}
          />
        </div>
      )}
      {list.incomplete === null ? null : (
        <div className="history-notice">
          <FaultCard fault={incompleteFault(list.incomplete)} tone="wait" kept={null} />
        </div>
      )}
      <ProfileTable
        key={JSON.stringify(list.asked)}
        list={list}
        ours={ours}
        chosenSid={chosenSid}
        onChoose={onChoose}
        onMore={() => lists.more()}
        foot={<Foot list={list} lists={lists} />}
      />
    </>
  );
}

function isOfAccount({ code }: Fault): boolean {
  return /^(account|secret|keychain)\./.test(code);
}

/** Where the credentials are what is wrong, asking again does not help. */
function NextStep({ fault, onRetry }: { fault: Fault; onRetry: () => void }) {
  if (!isOfAccount(fault)) return <PrimaryButton onClick={onRetry}>Ask again</PrimaryButton>;
  return (
    <>
      <PrimaryButton onClick={() => go({ view: 'account' })}>See the account</PrimaryButton>
      <Button variant="default" onClick={onRetry}>
        Ask again
      </Button>
    </>
  );
}

function NoProfiles({ filtered }: { filtered: boolean }): ReactNode {
  return filtered ? (
    <EmptyState
      title="No profile fits"
      actions={
        <Button variant="default" onClick={() => changeHistoryFilter(() => NO_FILTER)}>
          Clear the filter
        </Button>
      }
    >
      <p>The provider has no profile of this account that fits the whole filter.</p>
    </EmptyState>
  ) : (
    <EmptyState title="No profiles yet">
      <p>
        The provider has no profiles for this account. What is ordered with it appears here, from any bench.
      </p>
    </EmptyState>
  );
}

/** After the last row: how it goes on, in a place that is always as high. */
function Foot({ list, lists }: { list: ProfileList; lists: ProfileLists }) {
  if (list.fault !== null) {
    return (
      <FaultCard
        fault={list.fault}
        actions={
          <Button variant="default" onClick={() => lists.retry()}>
            Ask again
          </Button>
        }
      />
    );
  }
  if (list.asking === 'next') return <StateMark state={{ word: 'Asking for more', tone: 'busy' }} />;
  if (list.next !== null) {
    return (
      <Button variant="default" disabled={list.asking !== null} onClick={() => lists.more()}>
        Load more
      </Button>
    );
  }
  return <span className="label">{list.asking === null ? 'No more profiles.' : ''}</span>;
}
