import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';

/** Forgets account and secret, after asking. */
export function ClearAccount() {
  const clear = useRequest('account.clear');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Clear account
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Clear the account?" size={460}>
        <p className="dialog-text">
          Account and secret are forgotten on this computer, also in the keychain. Orders and their QR codes
          stay in the ledger; open orders are not asked about until an account is set again.
        </p>
        {clear.fault === null ? null : <FaultCard fault={clear.fault} />}
        <div className="dialog-actions">
          <Button variant="subtle" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button
            color="red"
            loading={clear.pending}
            onClick={async () => {
              const result = await clear.run({ name: null });
              if (result.ok) setAsking(false);
            }}
          >
            Clear account
          </Button>
        </div>
      </Modal>
    </>
  );
}
