import { IconQrcode } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Order } from '../../../contract/order.ts';
import { WaitingLine } from './WaitingLine.tsx';

interface FrameProps {
  readonly title?: string;
  /** The order whose waiting is said below the title, or as the title where there is none. */
  readonly order?: Order;
  /** Without a title: what is in it has its own. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** The QR's place while there is none, so that nothing jumps when it comes; beside it, what to do until then. */
export function Frame({ title, order, bare = false, children }: FrameProps) {
  return (
    <div className="stage">
      <div className="qr-box qr-box-empty" aria-hidden="true">
        <IconQrcode size={56} stroke={1} />
        <span>The QR code appears here</span>
      </div>
      <div className={bare ? 'stage-head stage-head-bare' : 'stage-head'}>
        {title === undefined ? null : <h2 className="stage-title">{title}</h2>}
        {order === undefined ? null : <WaitingLine order={order} asTitle={title === undefined} />}
        {children}
      </div>
    </div>
  );
}
