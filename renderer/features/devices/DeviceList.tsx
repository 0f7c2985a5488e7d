import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { Device } from '../../../contract/device.ts';
import type { Order } from '../../../contract/order.ts';
import { openDialog, showDevice } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { tail } from '../../format/digits.ts';
import { stepInList } from '../../ui/listKeys.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { deviceName, deviceWord, orderOf, portName } from './deviceWords.ts';

interface DeviceListProps {
  readonly devices: readonly Device[];
  readonly chosenId: string | null;
}

/** Every device at the bench with its state; arrows move, what is marked is shown. */
export function DeviceList({ devices, chosenId }: DeviceListProps) {
  const orders = useBenchState((state) => state.orders);
  const list = useRef<HTMLDivElement | null>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = devices.findIndex((device) => device.id === chosenId);
    const to = stepInList(event.key, at, devices.length, 8);
    const device = to === null ? undefined : devices[to];
    if (device === undefined) return;
    event.preventDefault();
    showDevice(device.id);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[to ?? 0]?.focus();
  };

  return (
    <nav className="side" aria-label="Devices">
      <div className="side-head">
        <h2 className="side-title">Devices</h2>
        <span className="count">{devices.length}</span>
      </div>
      <div
        ref={list}
        className="side-list"
        role="listbox"
        aria-label="Devices at the bench"
        tabIndex={-1}
        data-list="devices"
        onKeyDown={onKeyDown}
      >
        {devices.map((device) => (
          <Row
            key={device.id}
            device={device}
            order={orderOf(device, orders)}
            chosen={device.id === chosenId}
            onChoose={() => showDevice(device.id)}
          />
        ))}
      </div>
      <div className="side-foot">
        <Button
          variant="subtle"
          fullWidth
          justify="flex-start"
          leftSection={<IconPlus size={17} stroke={1.75} />}
          onClick={() => openDialog({ kind: 'addPort' })}
        >
          Add a port
        </Button>
      </div>
    </nav>
  );
}

interface RowProps {
  readonly device: Device;
  readonly order: Order | null;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Row({ device, order, chosen, onChoose }: RowProps) {
  const gone = device.phase === 'gone';
  return (
    // The list takes the arrow keys for all its rows.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above; Enter does the next thing, it does not choose
    <div
      role="option"
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      className={gone ? 'device-row device-row-gone' : 'device-row'}
      onClick={onChoose}
    >
      <span className="device-row-name">{deviceName(device)}</span>
      <span className="device-row-port">{portName(device.port.path)}</span>
      <span className="device-row-state">
        <StateMark state={deviceWord(device, order)} />
      </span>
      <span className="device-row-eid mono">{device.eid === null ? '' : tail(device.eid.value)}</span>
    </div>
  );
}
