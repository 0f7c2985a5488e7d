import type { ReactNode } from 'react';
import { go, ORDER_SIDES, type OrderSide, usePlace } from '../../app/place.ts';

const LABELS: Readonly<Record<OrderSide, { readonly label: string; readonly key: string }>> = {
  ledger: { label: 'In the ledger', key: 'L' },
  provider: { label: 'At the provider', key: 'P' },
};

/** Orders of this bench, or all that the account has; with what can be done there at the other end. */
export function OrderSides({ children }: { children?: ReactNode }) {
  const { orderSide } = usePlace();
  return (
    <div className="order-sides-row">
      <nav className="order-sides" aria-label="Orders">
        {ORDER_SIDES.map((side) => (
          <button
            key={side}
            type="button"
            className="order-side"
            aria-current={side === orderSide ? 'page' : undefined}
            aria-keyshortcuts={LABELS[side].key}
            onClick={() => go({ orderSide: side })}
          >
            {LABELS[side].label}
          </button>
        ))}
      </nav>
      {children}
    </div>
  );
}
