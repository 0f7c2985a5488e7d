import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly picture?: ReactNode;
  readonly title: string;
  /** Whether it stands for the whole view, and so carries its heading. */
  readonly whole?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** What to see where there is nothing yet: what belongs here and how it comes here. */
export function EmptyState({ picture, title, whole = false, children, actions }: EmptyStateProps) {
  const Heading = whole ? 'h1' : 'h2';
  return (
    <div className="empty">
      {picture}
      <Heading className="empty-title">{title}</Heading>
      <div className="empty-text">{children}</div>
      {actions === undefined ? null : <div className="actions actions-centred">{actions}</div>}
    </div>
  );
}
