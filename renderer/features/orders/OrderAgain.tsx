import { Button } from '@mantine/core';
import type { Order } from '../../../contract/order.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';

interface OrderAgainProps {
  readonly order: Order;
  readonly onOrdered: (orderId: string) => void;
  readonly label?: string;
  /** Whether it stands in a row of buttons already. */
  readonly inRow?: boolean;
}

/** Writes a new order in place of this one, linked to it; main looks once more first where this one may still turn up. */
export function OrderAgain({ order, onOrdered, label = 'Order again', inRow = false }: OrderAgainProps) {
  const again = useRequest('orders.orderAgain');
  const button = (
    <Button
      variant="default"
      loading={again.pending}
      onClick={async () => {
        const result = await again.run({ orderId: order.id });
        if (result.ok) onOrdered(result.value.orderId);
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      {inRow ? button : <div className="actions">{button}</div>}
      {again.fault === null ? null : <FaultCard fault={again.fault} />}
    </>
  );
}
