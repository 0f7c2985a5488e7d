import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { KeyHint } from './KeyHint.tsx';

interface PrimaryButtonProps {
  readonly children: string;
  /** Left out in a form, which it then submits. */
  readonly onClick?: () => void;
  readonly pending?: boolean;
  readonly disabled?: boolean;
  readonly icon?: ReactNode;
  /** In a dialog without a field: has the focus when it opens, so that Enter presses it there too. */
  readonly focused?: boolean;
}

/** The attribute by which the Enter key finds the one thing to do next. */
export const PRIMARY = 'data-primary';

/** The next thing to do: the one filled button in sight. Enter presses it wherever nothing else takes the key. */
export function PrimaryButton({
  children,
  onClick,
  pending = false,
  disabled = false,
  icon,
  focused = false,
}: PrimaryButtonProps) {
  return (
    <Button
      {...{ [PRIMARY]: '' }}
      {...(focused ? { 'data-autofocus': true } : {})}
      size="md"
      loading={pending}
      disabled={disabled}
      leftSection={icon}
      rightSection={<KeyHint onAccent>⏎</KeyHint>}
      aria-label={children}
      aria-keyshortcuts="Enter"
      {...(onClick === undefined ? { type: 'submit' } : { onClick })}
    >
      {children}
    </Button>
  );
}
