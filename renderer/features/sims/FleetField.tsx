import { Autocomplete, Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { Mark } from '../../ui/StateMark.tsx';
import { fleetNotice, mayAskAgain } from './fleetWords.ts';
import type { Fleets } from './useFleets.ts';
import { fleetLabels } from './wishForm.ts';

interface FleetFieldProps {
  readonly value: string;
  readonly onChange: (fleet: string) => void;
  readonly fleets: Fleets;
  /** `Twilio` */
  readonly provider: string;
  readonly error: string | undefined;
  readonly focused: boolean;
}

/** A Fleet: chosen from the account's, or by its unique name or SID where they cannot be listed. */
export function FleetField({ value, onChange, fleets, provider, error, focused }: FleetFieldProps) {
  const [opened, setOpened] = useState(false);
  const { list, pending, fault } = fleets;
  const labels = fleetLabels(list);
  const notice = fleetNotice(list, pending, fault, provider, Date.now());
  return (
    <div>
      <Autocomplete
        {...(focused ? { 'data-autofocus': true } : {})}
        label="Fleet"
        placeholder={pending && list === null ? '' : 'Unique name or SID'}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        openOnFocus={false}
        dropdownOpened={opened && labels.length > 0}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        onClick={() => setOpened(true)}
        rightSection={<IconChevronDown size={16} stroke={1.75} aria-hidden="true" />}
        rightSectionPointerEvents="none"
        limit={50}
        // Within the dialog, which is the landmark that it belongs to.
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={220}
        data={labels}
        filter={({ options, search, limit }) => {
          const typed = search.trim().toLowerCase();
          // What is chosen already hides no other.
          if (labels.some((label) => label.toLowerCase() === typed)) return options.slice(0, limit);
          return options
            .filter((option) => 'label' in option && option.label.toLowerCase().includes(typed))
            .slice(0, limit);
        }}
        value={value}
        onChange={onChange}
        error={error}
      />
      <div className="fleet-notice">
        <Mark tone={notice.tone} />
        <p aria-live="polite">{notice.word}</p>
        {mayAskAgain(list, fault) && !pending ? (
          <Button variant="default" size="compact-sm" onClick={() => void fleets.ask()}>
            Ask again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
