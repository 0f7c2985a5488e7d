import { Button } from '@mantine/core';
import { go, openDialog } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { OrderSides } from './OrderSides.tsx';

/** What orders are and how the first one comes here. */
export function NoOrders() {
  const account = useBenchState((state) => state.account.account);
  return (
    <main className="pane pane-sides" aria-label="Orders">
      <OrderSides />
      <EmptyState
        title="No orders yet"
        whole
        actions={
          account === null ? (
            <>
              <PrimaryButton onClick={() => go({ view: 'account' })}>Set the account</PrimaryButton>
              <Button variant="default" onClick={() => go({ view: 'devices' })}>
                To the devices
              </Button>
            </>
          ) : (
            <>
              <PrimaryButton onClick={() => openDialog({ kind: 'newOrder', way: 'eid', scanned: null })}>
                New order
              </PrimaryButton>
              <Button variant="default" onClick={() => go({ view: 'devices' })}>
                To the devices
              </Button>
            </>
          )
        }
      >
        <p>
          Every profile that is ordered is kept here, with its history and its QR code, also without a
          network. Order from a plugged-in device, or here for an EID that you type, paste or scan.
        </p>
      </EmptyState>
    </main>
  );
}
