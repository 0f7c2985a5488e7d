import type { ChipChange } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import type { Fault } from '../../../contract/fault.ts';
import { closeDialog } from '../../app/place.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { useCloseWhenBegun } from '../devices/useCloseWhenBegun.ts';

export interface ChipChanging {
  /** Asks for a change; the dialog that asked closes as soon as it is under way. */
  submit(change: ChipChange): Promise<void>;
  readonly pending: boolean;
  /** Something else is under way on the device. */
  readonly occupied: boolean;
  readonly fault: Fault | null;
  clear(): void;
}

/** A change on the eUICC that a dialog asks for. */
export function useChipChange(device: Device): ChipChanging {
  const { run, pending, fault, clear } = useRequest('chip.change');
  useCloseWhenBegun(device, 'changeChip', pending);
  return {
    async submit(change) {
      const result = await run({ deviceId: device.id, change });
      if (result.ok) closeDialog();
    },
    pending,
    occupied: device.activity !== null,
    fault,
    clear,
  };
}
