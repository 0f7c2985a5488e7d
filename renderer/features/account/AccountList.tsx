import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { NamedAccount } from '../../../contract/account.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { accountLine } from './accountWords.ts';
import { ClearDialog } from './ClearAccount.tsx';
import { RenameDialog } from './RenameAccount.tsx';

/** All accounts by name: which is in use, the others to switch to. */
export function AccountList() {
  const accounts = useBenchState((state) => state.accounts);
  const inUse = useBenchState((state) => state.account.name);
  const use = useRequest('account.use');
  const [clearing, setClearing] = useState<NamedAccount | null>(null);
  const [renaming, setRenaming] = useState<NamedAccount | null>(null);

  const more = useRef(new Map<string, HTMLButtonElement>());

  const switchTo = async (name: string) => {
    const result = await use.run({ name });
    if (!result.ok) return;
    announce(`Account ${name} is in use`);
    // The button that was pressed is gone: what is left of its row has the focus then.
    more.current.get(name)?.focus();
  };

  return (
    <>
      {inUse === null ? (
        <p className="section-text">No account is in use. Nothing can be ordered until you choose one.</p>
      ) : null}
      <ul className="accounts" aria-label="All accounts">
        {accounts.map((each) => (
          <li key={each.name} className="account-row" aria-current={each.name === inUse ? true : undefined}>
            <div className="account-what">
              <span className="account-name">{each.name}</span>
              <span className="account-line">{accountLine(each.account)}</span>
            </div>
            {each.name === inUse ? (
              <StateMark state={{ word: 'in use', tone: 'done' }} />
            ) : (
              <Button
                variant="default"
                size="compact-md"
                disabled={use.pending}
                aria-label={`Use account ${each.name}`}
                onClick={() => void switchTo(each.name)}
              >
                Use
              </Button>
            )}
            <Menu>
              <Menu.Target>
                <ActionIcon
                  ref={(button) => {
                    if (button !== null) more.current.set(each.name, button);
                    return () => void more.current.delete(each.name);
                  }}
                  variant="subtle"
                  size={36}
                  aria-label={`More for account ${each.name}`}
                >
                  <IconDots size={18} stroke={1.75} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setRenaming(each)}>Rename</Menu.Item>
                <Menu.Item onClick={() => setClearing(each)}>Clear account</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ul>
      {use.fault === null ? null : <FaultCard fault={use.fault} />}
      {renaming === null ? null : <RenameDialog wanted={renaming} onClose={() => setRenaming(null)} />}
      {clearing === null ? null : <ClearDialog wanted={clearing} onClose={() => setClearing(null)} />}
    </>
  );
}
