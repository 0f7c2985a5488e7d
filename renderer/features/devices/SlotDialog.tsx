import { Button } from '@mantine/core';
import { closeDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { enabledProfile, profileTitle } from '../chip/chipWords.ts';
import { deviceName } from './deviceWords.ts';
import { slotName } from './slotWords.ts';
import { useCloseWhenBegun } from './useCloseWhenBegun.ts';

/** Asks before the modem is turned to another SIM slot, and says what that interrupts. */
export function SlotDialog({ deviceId, slot }: { deviceId: string; slot: number }) {
  const device = useBenchState((state) => state.devices).find((candidate) => candidate.id === deviceId);
  const change = useRequest('devices.switchSlot');
  useCloseWhenBegun(device, 'switchSlot', change.pending);
  if (device === undefined || device.slots === null) return null;
  const { slots } = device;
  const inUse = device.chip === null ? null : enabledProfile(device.chip);
  const to = slotName(slots, slot);

  return (
    <Dialog onClose={closeDialog} title={`Switch to ${to}?`} size={520}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          const result = await change.run({ deviceId, slot });
          if (result.ok) closeDialog();
        }}
      >
        <div className="dialog-sentences">
          <p>
            {deviceName(device)} lets go of {slotName(slots, slots.active)}
            {inUse === null ? '' : ` with “${profileTitle(inUse)}”`}: every connection through it breaks.
          </p>
          <p>
            Some modems restart for this, which may take a minute. The SIM in the other slot is then read
            anew, with its own EID if it is an eUICC.
          </p>
        </div>
        {change.fault === null ? null : <FaultCard fault={change.fault} kept={null} />}
        <div className="dialog-actions">
          <Button variant="subtle" onClick={closeDialog}>
            Cancel
          </Button>
          <PrimaryButton focused pending={change.pending} disabled={device.activity !== null}>
            Switch slot
          </PrimaryButton>
        </div>
      </form>
    </Dialog>
  );
}
