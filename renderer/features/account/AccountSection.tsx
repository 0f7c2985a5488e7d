import { useState } from 'react';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { AccountFiles } from './AccountFiles.tsx';
import { AccountFormCard } from './AccountFormCard.tsx';
import { AccountList } from './AccountList.tsx';
import { accountLayout } from './accountLayout.ts';
import { Section } from './Section.tsx';

/** Who orders: the account, or the list of them and the one in use. */
export function AccountSection() {
  const stored = useBenchState((state) => state.account);
  const accounts = useBenchState((state) => state.accounts);
  const [another, setAnother] = useState<'none' | 'adding' | 'cancelled'>('none');
  const adding = another === 'adding';
  const { listed, form, tools } = accountLayout(accounts, stored.name, adding);

  return (
    <Section
      title={listed ? 'Accounts' : 'Account'}
      about={
        <>
          <p>
            {listed
              ? 'What is ordered is ordered with the account in use. Open orders stay with their account, whichever is in use.'
              : 'What is ordered is ordered with this account.'}
          </p>
          <p>The secret goes into this computer’s keychain. The window never sees it again.</p>
        </>
      }
    >
      {listed ? <AccountList /> : null}
      {form === 'another' ? (
        <AccountFormCard
          key="another"
          target={{ kind: 'another', taken: accounts.map(({ name }) => name) }}
          onDone={() => setAnother('none')}
          onCancel={() => setAnother('cancelled')}
        />
      ) : null}
      {form === 'inUse' ? (
        <AccountFormCard
          key={JSON.stringify(stored.account)}
          target={{ kind: 'inUse', stored: stored.account, hasSecret: stored.secret !== 'none' }}
          name={stored.name}
          tools={tools}
        />
      ) : null}
      {adding ? null : <AccountFiles back={another === 'cancelled'} onAdd={() => setAnother('adding')} />}
    </Section>
  );
}
