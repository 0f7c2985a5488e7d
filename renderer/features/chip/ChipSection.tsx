import type { ReactNode } from 'react';

interface ChipSectionProps {
  readonly title: string;
  /** Beside the title: a count, a button. */
  readonly aside?: ReactNode;
  /** Why there is nothing to show: what the eUICC said in place of it. */
  readonly missing?: string | null;
  readonly children: ReactNode;
}

/** One part of what an eUICC tells of itself. */
export function ChipSection({ title, aside, missing = null, children }: ChipSectionProps) {
  return (
    <section className="chip-section" aria-label={title}>
      <div className="chip-section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {missing === null ? children : <p className="chip-missing">{missing}</p>}
    </section>
  );
}
