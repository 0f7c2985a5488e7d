import { IconChevronRight } from '@tabler/icons-react';
import type { Fault } from '../../contract/fault.ts';
import { CopyButton } from './CopyButton.tsx';

/** Code and details of a fault, folded: for support, not for the bench. */
export function FaultDetails({ fault }: { fault: Fault }) {
  const text = faultText(fault);
  return (
    <details className="fault-details">
      <summary>
        <IconChevronRight size={14} aria-hidden="true" />
        For support
      </summary>
      <div className="fault-facts">
        <pre className="mono">{text}</pre>
        <CopyButton value={text} what="details" />
      </div>
    </details>
  );
}

function faultText(fault: Fault): string {
  const lines = [`code: ${fault.code}`, fault.message];
  if (fault.providerCode !== undefined) lines.push(`provider code: ${fault.providerCode}`);
  if (fault.requestId !== undefined) lines.push(`request: ${fault.requestId}`);
  if (fault.details !== undefined) lines.push(fault.details);
  return lines.join('\n');
}
