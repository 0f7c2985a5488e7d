import { Button } from '@mantine/core';
import type { Chip } from '../../../contract/chip.ts';
import { openDialog } from '../../app/place.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ChipSection } from './ChipSection.tsx';
import { missingSentence } from './chipWords.ts';

interface ChipAddressesProps {
  readonly deviceId: string;
  readonly chip: Chip;
  readonly busy: boolean;
}

/** Where the eUICC asks for profiles by itself: its default SM-DP+ and its root SM-DS. */
export function ChipAddresses({ deviceId, chip, busy }: ChipAddressesProps) {
  const missing = missingSentence(chip, 'addresses');
  return (
    <ChipSection
      title="Default SM-DP+ address"
      aside={
        <Button
          variant="default"
          disabled={busy}
          onClick={() => openDialog({ kind: 'chip', deviceId, ask: { kind: 'defaultSmdp' } })}
        >
          {chip.addresses?.defaultSmdp ? 'Change' : 'Set'}
        </Button>
      }
      missing={missing}
    >
      <Address value={chip.addresses?.defaultSmdp ?? null} what="default SM-DP+ address" />
      <p className="chip-note">Here the device looks for what was ordered by its EID.</p>
      {chip.addresses?.rootSmds ? (
        <dl className="chip-facts">
          <div>
            <dt>Root SM-DS</dt>
            <dd>
              <span className="mono break">{chip.addresses.rootSmds}</span>
            </dd>
          </div>
        </dl>
      ) : null}
    </ChipSection>
  );
}

function Address({ value, what }: { value: string | null; what: string }) {
  if (value === null || value === '') return <p className="chip-none">not set</p>;
  return (
    <p className="chip-address">
      <span className="mono break">{value}</span>
      <CopyButton value={value} what={what} />
    </p>
  );
}
