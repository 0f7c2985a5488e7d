import { Button } from '@mantine/core';
import { useState } from 'react';
import type { NamedAccount } from '../../../contract/account.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { accountLine, clearSentences } from './accountWords.ts';

/** Forgets the account in use, after asking. */
export function ClearAccount() {
  const inUse = useBenchState((state) => state.account.name);
  const accounts = useBenchState((state) => state.accounts);
  const [asking, setAsking] = useState(false);
  const wanted = accounts.find(({ name }) => name === inUse);
  if (wanted === undefined) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Clear account
      </Button>
      {asking ? <ClearDialog wanted={wanted} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

interface ClearDialogProps {
  readonly wanted: NamedAccount;
  readonly onClose: () => void;
}

/** Asks before an account is forgotten, and names it where there are others. No key presses it. */
export function ClearDialog({ wanted, onClose }: ClearDialogProps) {
  const clear = useRequest('account.clear');
  const accounts = useBenchState((state) => state.accounts);
  const inUse = useBenchState((state) => state.account.name);
  const orders = useBenchState((state) => state.orders);
  const several = accounts.length > 1;

  const submit = async () => {
    const result = await clear.run({ name: wanted.name });
    if (!result.ok) return;
    announce(`Account ${wanted.name} cleared`);
    onClose();
  };

  return (
    <Dialog
      onClose={onClose}
      title={several ? `Clear account ${wanted.name}?` : 'Clear the account?'}
      size={480}
    >
      <div className="dialog-sentences">
        <p className="account-line">{accountLine(wanted.account)}</p>
        {clearSentences(wanted, accounts, inUse, orders).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {clear.fault === null ? null : <FaultCard fault={clear.fault} kept={null} />}
      <div className="dialog-actions">
        <Button variant="subtle" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" loading={clear.pending} onClick={() => void submit()}>
          Clear account
        </Button>
      </div>
    </Dialog>
  );
}
