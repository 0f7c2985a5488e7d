import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import type { Device, SimSlots } from '../../../contract/device.ts';
import { openDialog } from '../../app/place.ts';
import { isIdle } from './deviceReady.ts';
import { slotName, slotNumbers } from './slotWords.ts';

/** Which SIM slot the modem uses, and the others to switch to. Choosing one asks first. */
export function SlotMenu({ device, slots }: { device: Device; slots: SimSlots }) {
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          className="slot-button"
          disabled={!isIdle(device) && !(device.phase === 'failed' && device.activity === null)}
          rightSection={<IconChevronDown size={15} stroke={1.75} />}
          aria-label={`SIM slot in use: ${slotName(slots, slots.active)}. Switch the slot`}
        >
          {slotName(slots, slots.active)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>SIM slot in use</Menu.Label>
        {slotNumbers(slots).map((slot) => (
          <Menu.Item
            key={slot}
            rightSection={
              slot === slots.active ? <IconCheck size={16} stroke={2} aria-label="in use" /> : null
            }
            onClick={() => {
              if (slot !== slots.active) openDialog({ kind: 'slot', deviceId: device.id, slot });
            }}
          >
            {slotName(slots, slot)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
