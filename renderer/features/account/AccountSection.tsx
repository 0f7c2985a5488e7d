import { useState } from 'react';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { AccountFiles } from './AccountFiles.tsx';
import { AccountFormCard } from './AccountFormCard.tsx';
import { AccountList } from './AccountList.tsx';
import { Section } from './Section.tsx';

/** Who orders. One account is a form and no more; a list of them is there with the second. */
export function AccountSection() {
  const stored = useBenchState((state) => state.account);
  const accounts = useBenchState((state) => state.accounts);
  const [adding, setAdding] = useState(false);
  const noneInUse = stored.account === null && accounts.length > 0;
  const listed = accounts.length > 1 || noneInUse || (adding && accounts.length > 0);

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
      {adding ? (
        <AccountFormCard
          key="another"
          target={{ kind: 'another', taken: accounts.map(({ name }) => name) }}
          onDone={() => setAdding(false)}
        />
      ) : noneInUse ? null : (
        <AccountFormCard
          key={JSON.stringify([stored.name, stored.account])}
          target={{ kind: 'inUse', stored: stored.account, hasSecret: stored.secret !== 'none' }}
          heading={listed ? stored.name : null}
        />
      )}
      {adding ? null : <AccountFiles onAdd={() => setAdding(true)} />}
    </Section>
  );
}
