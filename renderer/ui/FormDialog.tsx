import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './Dialog.tsx';
import { PrimaryButton } from './PrimaryButton.tsx';

interface FormDialogProps {
  readonly title: string;
  /** px */
  readonly size: number;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  /** What it does, on the one filled button. */
  readonly button: string;
  readonly pending: boolean;
  readonly disabled?: boolean;
  /** Another way out than these two, at the other end of the row. */
  readonly aside?: ReactNode;
  /** The form's. */
  readonly className?: string;
}

/** Fields to be filled in and one thing to do with them: by its button or with Enter. */
export function FormDialog({
  title,
  size,
  onClose,
  onSubmit,
  children,
  button,
  pending,
  disabled = false,
  aside,
  className = 'form',
}: FormDialogProps) {
  return (
    <Dialog onClose={onClose} title={title} size={size}>
      <form
        className={className}
        onSubmit={(event) => {
          event.preventDefault();
          // Opened from within another form it is a part of that one for React, which would submit that too.
          event.stopPropagation();
          onSubmit();
        }}
      >
        {children}
        <div className="dialog-actions">
          {aside}
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <PrimaryButton pending={pending} disabled={disabled}>
            {button}
          </PrimaryButton>
        </div>
      </form>
    </Dialog>
  );
}
