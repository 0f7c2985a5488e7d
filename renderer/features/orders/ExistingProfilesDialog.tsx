import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ExistingProfile } from '../../../contract/order.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { ProfileChoice } from './ProfileChoice.tsx';
import type { PlaceOrder } from './usePlaceOrder.ts';

interface ExistingProfilesDialogProps {
  readonly placing: PlaceOrder;
  /** The device that a profile is taken for, or null. */
  readonly deviceId: string | null;
  readonly onDone: (orderId: string) => void;
}

/** Asked before a second profile is ordered for an EID that has a live one: use it, order another, or leave it. */
export function ExistingProfilesDialog({ placing, deviceId, onDone }: ExistingProfilesDialogProps) {
  const adopt = useRequest('orders.adopt');
  const [taking, setTaking] = useState<string | null>(null);
  const profiles = placing.existing ?? [];

  const take = async (profile: ExistingProfile) => {
    setTaking(profile.sid);
    const result = await adopt.run({ sid: profile.sid, deviceId });
    setTaking(null);
    if (result.ok) {
      placing.leave();
      onDone(result.value.orderId);
    }
  };
  const another = async () => {
    const orderId = await placing.orderAnother();
    if (orderId !== null) onDone(orderId);
  };
  const fault = adopt.fault ?? placing.fault;

  return (
    <Modal
      opened={profiles.length > 0}
      onClose={placing.leave}
      title="This EID has a profile already"
      size={640}
    >
      <p className="dialog-text">
        {profiles.length === 1
          ? 'The provider has a live profile for this EID. Nothing was ordered.'
          : `The provider has ${profiles.length} live profiles for this EID. Nothing was ordered.`}
      </p>
      <ProfileChoice profiles={profiles} pendingSid={taking} onUse={(profile) => void take(profile)} />
      {fault === null ? null : <FaultCard fault={fault} />}
      <div className="dialog-actions">
        <Button variant="subtle" onClick={placing.leave}>
          Cancel
        </Button>
        <Button variant="default" loading={placing.pending} onClick={() => void another()}>
          Order another
        </Button>
      </div>
    </Modal>
  );
}
