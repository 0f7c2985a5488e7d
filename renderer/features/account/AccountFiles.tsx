import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { SavedNote } from '../../ui/SavedNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { importedSentence } from './accountWords.ts';

interface AccountFilesProps {
  /** Whether one comes back here from adding an account: the button that began it has the focus again. */
  readonly back: boolean;
  readonly onAdd: () => void;
}

/** Another account: typed in, or from the file of another bench; and the file for that other bench. */
export function AccountFiles({ back, onAdd }: AccountFilesProps) {
  const some = useBenchState((state) => state.accounts.length) > 0;
  const save = useRequest('accounts.export');
  const load = useRequest('accounts.import');
  const [saved, setSaved] = useState<string | null>(null);
  const [added, setAdded] = useState<number | null>(null);

  const runExport = async () => {
    setAdded(null);
    load.clear();
    const result = await save.run(null);
    const path = result.ok ? result.value.path : null;
    setSaved(path);
    if (path !== null) announce(`Accounts saved as ${path}`);
  };
  const runImport = async () => {
    setSaved(null);
    save.clear();
    const result = await load.run(null);
    const told = result.ok && result.value.path !== null ? result.value.added : null;
    setAdded(told);
    if (told !== null) announce(importedSentence(told));
  };

  return (
    <div className="accounts-foot">
      <div className="accounts-tools">
        {some ? (
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconPlus size={16} stroke={1.75} />}
            autoFocus={back}
            onClick={onAdd}
          >
            Add an account
          </Button>
        ) : null}
        <Button variant="subtle" size="compact-md" loading={load.pending} onClick={() => void runImport()}>
          Import accounts
        </Button>
        {some ? (
          <Button variant="subtle" size="compact-md" loading={save.pending} onClick={() => void runExport()}>
            Export accounts
          </Button>
        ) : null}
      </div>
      <SavedNote path={saved} />
      {saved === null ? null : <p className="accounts-note">No secret is in the file.</p>}
      {added === null ? null : (
        <p className="accounts-note">
          <StateMark state={{ word: importedSentence(added), tone: added === 0 ? 'idle' : 'done' }} />
        </p>
      )}
      {save.fault === null ? null : <FaultCard fault={save.fault} />}
      {load.fault === null ? null : <FaultCard fault={load.fault} />}
    </div>
  );
}
