import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Chip, RESET_DIGITS } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import { FAULTS } from '../../../contract/fault.ts';
import { closeDialog } from '../../app/place.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { deviceName } from '../devices/deviceWords.ts';
import { profileTitle } from './chipWords.ts';
import { confirmsReset, digitsOf } from './resetDigits.ts';
import { useChipChange } from './useChipChange.ts';

interface ResetDialogProps {
  readonly device: Device;
  readonly chip: Chip;
  readonly eid: string;
}

/** Everything on the eUICC goes: asked for by typing the end of its EID, compared here and once more by main. No key presses the button. */
export function ResetDialog({ device, chip, eid }: ResetDialogProps) {
  const change = useChipChange(device);
  const [typed, setTyped] = useState('');
  const typedDigits = digitsOf(typed);
  const [wrong, setWrong] = useState(false);

  const submit = () => {
    if (confirmsReset(typedDigits, eid)) void change.submit({ kind: 'reset', typedDigits });
    else setWrong(true);
  };

  return (
    <Dialog onClose={closeDialog} title="Reset the memory of this eUICC?" size={560}>
      <form className="form" onSubmit={(event) => event.preventDefault()}>
        <div className="dialog-sentences">
          <p>{whatGoes(chip)}</p>
          <p>
            {deviceName(device)} loses its connection. Nothing is deleted at the provider. This cannot be
            taken back.
          </p>
          <p className="dialog-iccid">
            <span className="label">EID</span>
            <Digits value={eid} />
          </p>
        </div>
        <TextInput
          data-autofocus
          label={`The last ${RESET_DIGITS} digits of the EID`}
          description="Typed from the label of the device in front of you, so that it is certain which one is meant."
          inputMode="numeric"
          autoComplete="off"
          classNames={{ input: 'mono' }}
          value={typed}
          maxLength={RESET_DIGITS + 4}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
            change.clear();
          }}
          {...(wrong ? { error: FAULTS['chip.notConfirmed'].message } : {})}
        />
        {change.fault === null ? null : <FaultCard fault={change.fault} kept={null} />}
        <div className="dialog-actions">
          <Button variant="subtle" onClick={closeDialog}>
            Cancel
          </Button>
          <Button
            color="red"
            size="md"
            loading={change.pending}
            disabled={typedDigits.length !== RESET_DIGITS || change.occupied}
            onClick={submit}
          >
            Reset memory
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function whatGoes(chip: Chip): string {
  const going = (chip.profiles ?? []).filter((profile) => profile.profileClass !== 'provisioning');
  if (chip.profiles === null) return 'Every profile on it is deleted, and so is its default SM-DP+ address.';
  if (going.length === 0) return 'There is no profile on it. Its default SM-DP+ address is deleted.';
  const names = going.map((profile) => `“${profileTitle(profile)}”`).join(', ');
  return `${names} ${going.length === 1 ? 'is' : 'are'} deleted for good, and so is the default SM-DP+ address.`;
}
