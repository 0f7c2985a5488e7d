import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { NamedAccount } from '../../../contract/account.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { wrongName } from './accountForm.ts';
import { accountLine } from './accountWords.ts';

type Wanted = Pick<NamedAccount, 'name' | 'account'>;

/** Renames the one account that there is; several are renamed in their list. */
export function RenameAccount({ wanted }: { wanted: Wanted }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => setAsking(true)}>
        Rename
      </Button>
      {asking ? <RenameDialog wanted={wanted} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

interface RenameDialogProps {
  readonly wanted: Wanted;
  readonly onClose: () => void;
}

/** Another name for an account; nothing else of it changes. */
export function RenameDialog({ wanted, onClose }: RenameDialogProps) {
  const accounts = useBenchState((state) => state.accounts);
  const rename = useRequest('account.rename');
  const [text, setText] = useState(wanted.name);
  const name = text.trim();
  const others = accounts.map((each) => each.name).filter((each) => each !== wanted.name);
  const wrong = wrongName(text, others);

  const submit = async () => {
    if (wrong !== null || name === wanted.name) return;
    const result = await rename.run({ name: wanted.name, newName: name });
    if (!result.ok) return;
    announce(`Account ${wanted.name} is named ${name} now`);
    onClose();
  };

  return (
    <FormDialog
      title={`Rename account ${wanted.name}`}
      size={480}
      onClose={onClose}
      onSubmit={() => void submit()}
      button="Rename"
      pending={rename.pending}
      disabled={wrong !== null || name === wanted.name}
    >
      <p className="account-line">{accountLine(wanted.account)}</p>
      <TextInput
        data-autofocus
        label="Name"
        description="What it is called on this bench. Its secret and its orders stay with it."
        autoComplete="off"
        maxLength={40}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          rename.clear();
        }}
        {...(wrong === null ? {} : { error: wrong })}
      />
      {rename.fault === null ? null : <FaultCard fault={rename.fault} kept={null} />}
    </FormDialog>
  );
}
