import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { Digits } from './Digits.tsx';

/** What is known of a thing, by name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="known">{children}</dl>;
}

/** One of them; nothing where it is not known. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface CopiedFactProps {
  readonly name: string;
  readonly value: string | null;
  /** What the button says that it copies. */
  readonly what: string;
  /** Shown in groups of four. */
  readonly digits?: boolean;
}

/** One that is copied rather than typed. */
export function CopiedFact({ name, value, what, digits = false }: CopiedFactProps) {
  return (
    <Fact name={name}>{value === null ? null : <Copied value={value} what={what} digits={digits} />}</Fact>
  );
}

/** A value with the button that copies it. */
export function Copied({ value, what, digits = false }: { value: string; what: string; digits?: boolean }) {
  return (
    <>
      {digits ? <Digits value={value} /> : <span className="mono break">{value}</span>}
      <CopyButton value={value} what={what} />
    </>
  );
}
