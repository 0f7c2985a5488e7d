import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useBenchState, useBridge } from '../bench/BenchContext.tsx';
import { accountLine } from '../features/account/accountWords.ts';
import type { StateWord } from '../features/orders/orderWords.ts';
import { Mark } from '../ui/StateMark.tsx';
import { go } from './place.ts';
import { switchAccount } from './switchAccount.tsx';

/** Which of several accounts is in use, whether its provider can be reached, and the others to switch to. */
export function AccountMenu({ state }: { state: StateWord }) {
  const accounts = useBenchState((whole) => whole.accounts);
  const inUse = useBenchState((whole) => whole.account.name);
  const bridge = useBridge();
  return (
    <Menu width={300}>
      <Menu.Target>
        <button type="button" className="provider">
          <Mark tone={state.tone} />
          <span className="visually-hidden">Account in use: </span>
          <span className="provider-name">{inUse ?? 'No account'}</span>
          <span className={`state-word tone-${state.tone}`}>{state.word}</span>
          <span className="visually-hidden">, switch the account</span>
          <IconChevronDown size={15} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>New orders are made with</Menu.Label>
        {accounts.map(({ name, account }) => (
          <Menu.Item
            key={name}
            rightSection={name === inUse ? <IconCheck size={16} stroke={2} aria-hidden="true" /> : null}
            onClick={() => {
              if (name !== inUse) void switchAccount(bridge, name);
            }}
          >
            <span className="menu-account">
              {name === inUse ? null : <span className="visually-hidden">Use account </span>}
              {name}
              {name === inUse ? <span className="visually-hidden">, in use</span> : null}
            </span>
            <span className="menu-account-line">{accountLine(account)}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Open orders stay with their account</Menu.Label>
        <Menu.Item onClick={() => go({ view: 'account' })}>See all accounts</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
