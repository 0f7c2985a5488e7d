import { Button } from '@mantine/core';
import { go } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { OrderSides } from '../orders/OrderSides.tsx';

/** Without an account in use there is nobody to ask. */
export function NoAccountYet() {
  const some = useBenchState((state) => state.accounts.length) > 0;
  return (
    <main className="pane pane-sides" aria-label="Profiles at the provider">
      <OrderSides />
      <EmptyState
        title={some ? 'No account in use' : 'No account yet'}
        whole
        actions={
          <>
            <PrimaryButton onClick={() => go({ view: 'account' })}>
              {some ? 'Choose an account' : 'Set the account'}
            </PrimaryButton>
            <Button variant="default" onClick={() => go({ orderSide: 'ledger' })}>
              To the ledger
            </Button>
          </>
        }
      >
        <p>
          With an account this shows every profile that the provider has for it, also those that were ordered
          elsewhere.
        </p>
      </EmptyState>
    </main>
  );
}
