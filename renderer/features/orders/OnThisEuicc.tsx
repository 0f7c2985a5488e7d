import { Button } from '@mantine/core';
import type { Device } from '../../../contract/device.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { isIdle } from '../devices/deviceReady.ts';
import type { SmdpOffer } from './smdpOffer.ts';

/** The default SM-DP+ address of the eUICC in front of the technician, and the button that sets it to the order's. */
export function OnThisEuicc({ device, offer }: { device: Device; offer: SmdpOffer }) {
  const change = useRequest('chip.change');
  return (
    <div className="fact fact-euicc">
      <dt>On this eUICC</dt>
      <dd>
        <span className="fact-value" role="status">
          {standing(offer)}
        </span>
        {offer.standing === 'same' ? null : (
          <Button
            variant="default"
            loading={change.pending}
            disabled={!isIdle(device) && !change.pending}
            onClick={() =>
              void change.run({
                deviceId: device.id,
                change: { kind: 'defaultSmdp', address: offer.address },
              })
            }
          >
            Set the default SM-DP+ address
          </Button>
        )}
        {change.fault === null ? null : <FaultCard fault={change.fault} kept={null} />}
      </dd>
    </div>
  );
}

function standing({ standing, present }: SmdpOffer) {
  switch (standing) {
    case 'same':
      return <StateMark state={{ word: 'this is the default SM-DP+ address', tone: 'done' }} />;
    case 'none':
      return 'no default SM-DP+ address yet';
    case 'other':
      return (
        <>
          the default is <span className="mono">{present}</span>
        </>
      );
    case 'unread':
      return 'the default SM-DP+ address is not read yet';
  }
}
