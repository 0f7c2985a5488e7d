import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { useBenchState, useRequest } from '../bench/BenchContext.tsx';
import { providerLabel } from '../format/words.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { Mark } from '../ui/StateMark.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { palette } from './Palette.tsx';
import { go, usePlace, VIEWS, type View } from './place.ts';
import { reachabilityWord } from './reachabilityWords.ts';

const VIEW_LABELS: Readonly<Record<View, string>> = {
  devices: 'Devices',
  orders: 'Orders',
  account: 'Account',
};

const THEMES = [
  { value: 'system', label: 'As the system', Icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
] as const;

export function Header() {
  const { view } = usePlace();
  const platform = useBenchState((state) => state.app.platform);
  return (
    <header className="header">
      <p className="brand">
        <Logo />
        <span className="brand-name">eSIM Bench</span>
      </p>
      <nav className="views" aria-label="Views">
        {VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            className="view"
            aria-current={name === view ? 'page' : undefined}
            onClick={() => go({ view: name })}
          >
            {VIEW_LABELS[name]}
          </button>
        ))}
      </nav>
      <span className="header-space" />
      <Provider />
      <ThemeMenu />
      <button type="button" className="find" onClick={palette.open}>
        <span className="visually-hidden">Find a device, an order or an action</span>
        <IconSearch size={16} stroke={1.75} aria-hidden="true" />
        <KeyHint>{platform === 'darwin' ? '⌘K' : 'Ctrl K'}</KeyHint>
      </button>
    </header>
  );
}

/** A chip's contacts, drawn plainly. */
function Logo() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <rect x="2" y="3" width="20" height="18" rx="4.5" fill="var(--accent)" />
      <path
        d="M2 9.5h6.5M2 14.5h6.5M15.5 9.5H22M15.5 14.5H22M12 3v4.5M12 16.5V21"
        stroke="var(--on-accent)"
        strokeWidth="1.6"
        fill="none"
      />
      <rect
        x="8.5"
        y="7.5"
        width="7"
        height="9"
        rx="2.2"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.6"
      />
    </svg>
  );
}

function Provider() {
  const account = useBenchState((state) => state.account.account);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const provider = useBenchState((state) => state.provider);
  if (several) {
    const inUse =
      account === null ? ({ word: 'in use', tone: 'idle' } as const) : reachabilityWord(provider.state);
    return <AccountMenu state={inUse} />;
  }
  const state =
    account === null ? ({ word: 'no account', tone: 'idle' } as const) : reachabilityWord(provider.state);
  const name = account === null ? 'Provider' : providerLabel(account.provider);
  return (
    <button type="button" className="provider" onClick={() => go({ view: 'account' })}>
      <Mark tone={state.tone} />
      <span className="provider-name">{name}</span>
      <span className={`state-word tone-${state.tone}`}>{state.word}</span>
      <span className="visually-hidden">, see the account</span>
    </button>
  );
}

function ThemeMenu() {
  const theme = useBenchState((state) => state.settings.theme);
  const save = useRequest('settings.set');
  const [opened, setOpened] = useState(false);
  const chosen = THEMES.find((candidate) => candidate.value === theme) ?? THEMES[0];
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        {/* Open, the menu says the same, and the tooltip would lie over it. */}
        <Tooltip
          disabled={opened}
          label={save.fault === null ? `Theme: ${chosen.label.toLowerCase()}` : save.fault.message}
        >
          <ActionIcon variant="subtle" size={36} aria-label={`Theme: ${chosen.label}`} loading={save.pending}>
            <chosen.Icon size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {THEMES.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={17} stroke={1.75} />}
            rightSection={value === theme ? <IconCheck size={16} stroke={2} aria-label="in use" /> : null}
            onClick={() => void save.run({ theme: value })}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
