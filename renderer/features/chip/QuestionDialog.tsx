import { Button } from '@mantine/core';
import type { Chip } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import { closeDialog } from '../../app/place.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { type ChipAsk, questionFor } from './chipQuestions.ts';
import { useChipChange } from './useChipChange.ts';

interface QuestionDialogProps {
  readonly device: Device;
  readonly chip: Chip;
  readonly ask: ChipAsk;
}

/** Asks before a change, with the profile's name and ICCID and what is interrupted. What destroys has no key to press it. */
export function QuestionDialog({ device, chip, ask }: QuestionDialogProps) {
  const change = useChipChange(device);
  const question = questionFor(chip, ask);
  if (question === null) return null;

  return (
    <Dialog onClose={closeDialog} title={question.title} size={540}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!question.destroys) void change.submit(question.change);
        }}
      >
        <div className="dialog-sentences">
          {'iccid' in ask ? (
            <p className="dialog-iccid">
              <span className="label">ICCID</span>
              <Digits value={ask.iccid} />
            </p>
          ) : null}
          {question.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        {change.fault === null ? null : <FaultCard fault={change.fault} kept={null} />}
        <div className="dialog-actions">
          <Button
            variant="subtle"
            onClick={closeDialog}
            {...(question.destroys ? { 'data-autofocus': true } : {})}
          >
            Cancel
          </Button>
          {question.destroys ? (
            <Button
              color="red"
              size="md"
              loading={change.pending}
              disabled={change.occupied}
              onClick={() => void change.submit(question.change)}
            >
              {question.button}
            </Button>
          ) : (
            <PrimaryButton focused pending={change.pending} disabled={change.occupied}>
              {question.button}
            </PrimaryButton>
          )}
        </div>
      </form>
    </Dialog>
  );
}
