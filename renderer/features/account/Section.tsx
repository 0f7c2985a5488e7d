import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly children: ReactNode;
}

/** One subject of the settings: what it is on the left, its fields on the right. */
export function Section({ title, about, children }: SectionProps) {
  return (
    <section className="section" aria-label={title}>
      <div className="section-about">
        <h2>{title}</h2>
        <div className="section-text">{about}</div>
      </div>
      <div className="section-fields">{children}</div>
    </section>
  );
}
