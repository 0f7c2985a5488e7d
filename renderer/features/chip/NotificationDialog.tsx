import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Device } from '../../../contract/device.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { bytesWord } from './memory.ts';

interface NotificationDialogProps {
  readonly device: Device;
  readonly sequenceNumber: number;
  readonly onClose: () => void;
}

/** A pending notification as the eUICC signs it, to be looked at or given to who asks for it. It is not sent anywhere. */
export function NotificationDialog({ device, sequenceNumber, onClose }: NotificationDialogProps) {
  const { run, fault } = useRequest('chip.retrieveNotification');
  const [hex, setHex] = useState<string | null>(null);
  const deviceId = device.id;
  const notification = device.chip?.notifications?.find(
    (candidate) => candidate.sequenceNumber === sequenceNumber,
  );

  useEffect(() => {
    let here = true;
    void run({ deviceId, sequenceNumber }).then((result) => {
      if (here && result.ok) setHex(result.value.hex);
    });
    return () => {
      here = false;
    };
  }, [run, deviceId, sequenceNumber]);

  return (
    <Dialog onClose={onClose} title={`Notification ${sequenceNumber}`} size={640}>
      <p className="dialog-text">
        As the eUICC signs it
        {notification === undefined ? '' : ` for ${notification.address}`}. The bench does not send it.
      </p>
      {fault === null ? null : <FaultCard fault={fault} kept={null} />}
      <div className="hex">
        {hex === null ? (
          <p className="hex-waiting">
            {fault === null ? (
              <>
                <Mark tone="busy" /> Asking the eUICC
              </>
            ) : null}
          </p>
        ) : (
          <>
            <pre className="mono">{hex}</pre>
            <CopyButton value={hex} what="notification" />
          </>
        )}
      </div>
      <div className="dialog-actions">
        <span className="dialog-foot">{hex === null ? '' : `${bytesWord(hex.length / 2)} in hex`}</span>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
