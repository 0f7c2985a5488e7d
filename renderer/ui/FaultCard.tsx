import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Fault } from '../../contract/fault.ts';
import { FaultDetails } from './FaultDetails.tsx';
import { keptFor } from './faultWords.ts';

interface FaultCardProps {
  readonly fault: Fault;
  /** The next step, as buttons. */
  readonly actions?: ReactNode;
  /** What was kept; the sentence that goes with the code where it is left out. */
  readonly kept?: string | null;
  /** `wait`: nothing failed for good, somebody has to do something. */
  readonly tone?: 'failed' | 'wait';
}

/** What happened, what was kept, what to do next; code and details folded, for support. */
export function FaultCard({ fault, actions, kept = keptFor(fault.code), tone = 'failed' }: FaultCardProps) {
  return (
    <section className={`fault fault-${tone}`} aria-label={fault.message}>
      <IconAlertTriangle className="fault-icon" size={20} stroke={1.9} aria-hidden="true" />
      <div className="fault-body">
        <p className="fault-message" role="alert">
          {fault.message}
        </p>
        <p className="fault-hint">{fault.hint}</p>
        {kept === null ? null : <p className="fault-kept">{kept}</p>}
        {actions === undefined ? null : <div className="actions">{actions}</div>}
        <FaultDetails fault={fault} />
      </div>
    </section>
  );
}
