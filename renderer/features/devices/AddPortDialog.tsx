import { Autocomplete, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { BAUD_RATES, DEFAULT_BAUD_RATE, type Port, PortPathSchema } from '../../../contract/port.ts';
import { closeDialog, showDevice } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

/** A port given by hand: chosen from what this computer has, or by its path. */
export function AddPortDialog() {
  const { list, fault: listFault } = useBenchState((state) => state.ports);
  const platform = useBenchState((state) => state.app.platform);
  const add = useRequest('devices.addPort');
  const [path, setPath] = useState('');
  const [baudRate, setBaudRate] = useState<number>(DEFAULT_BAUD_RATE);
  const parsed = PortPathSchema.safeParse(path);

  const submit = async () => {
    if (!parsed.success) return;
    const result = await add.run({ path: parsed.data, baudRate });
    if (result.ok) showDevice(result.value.deviceId);
  };

  return (
    <FormDialog
      title="Add a port"
      size={520}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      button="Add port"
      pending={add.pending}
      disabled={!parsed.success}
    >
      <Autocomplete
        data-autofocus
        label="Port"
        openOnFocus={false}
        placeholder={platform === 'win32' ? 'COM7' : '/dev/ttyUSB2'}
        description="A modem often has several; only some of them answer AT commands."
        value={path}
        onChange={setPath}
        data={list.map((port) => port.path)}
        renderOption={({ option }) => {
          const port = list.find((candidate) => candidate.path === option.value);
          return (
            <span className="port-option">
              <span className="mono">{option.value}</span>
              <span className="port-option-what">{port === undefined ? '' : portWhat(port)}</span>
            </span>
          );
        }}
        classNames={{ input: 'mono' }}
      />
      <NativeSelect
        label="Speed (baud)"
        description="115200 fits nearly every USB modem."
        value={String(baudRate)}
        onChange={(event) => setBaudRate(Number(event.currentTarget.value))}
        data={BAUD_RATES.map(String)}
      />
      {listFault === null ? null : <FaultCard fault={listFault} tone="wait" kept={null} />}
      {add.fault === null ? null : <FaultCard fault={add.fault} />}
    </FormDialog>
  );
}

function portWhat(port: Port): string {
  const names = [port.manufacturer, port.product].filter((name) => name !== null).join(' ');
  const usb = port.vendorId === null ? '' : `${port.vendorId}:${port.productId ?? '????'}`;
  return [names, usb].filter((text) => text !== '').join(' · ') || 'not on USB';
}
