import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { SmdpAddressSchema } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import { closeDialog } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { orderOf } from '../devices/deviceWords.ts';
import { smdpOffer } from '../orders/smdpOffer.ts';
import { useChipChange } from './useChipChange.ts';

/** The address at which the eUICC looks for profiles by itself. The order's own is offered where there is one. */
export function SmdpDialog({ device }: { device: Device }) {
  const change = useChipChange(device);
  const order = orderOf(
    device,
    useBenchState((state) => state.orders),
  );
  const offered = order === null ? null : (smdpOffer(device, order)?.address ?? null);
  const present = device.chip?.addresses?.defaultSmdp ?? '';
  const [typed, setTyped] = useState(present);
  const address = SmdpAddressSchema.safeParse(typed);

  const submit = () => {
    if (!address.success) return;
    void change.submit({ kind: 'defaultSmdp', address: address.data });
  };

  return (
    <FormDialog
      title="Default SM-DP+ address of this eUICC"
      size={540}
      onClose={closeDialog}
      onSubmit={submit}
      button={address.success && address.data === '' ? 'Take it off' : 'Set address'}
      pending={change.pending}
      disabled={!address.success || address.data === present || change.occupied}
    >
      <TextInput
        data-autofocus
        label="SM-DP+ address"
        description="A host name. Empty takes it off: the device then finds nothing that was ordered by its EID."
        placeholder="sm-dp-plus.example"
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        {...(address.success ? {} : { error: 'This is no host name.' })}
      />
      {offered === null || offered === typed ? null : (
        <p className="dialog-text">
          The order for this EID needs <span className="mono break">{offered}</span>.{' '}
          <button type="button" className="link" onClick={() => setTyped(offered)}>
            Use it
          </button>
        </p>
      )}
      {change.fault === null ? null : <FaultCard fault={change.fault} kept={null} />}
    </FormDialog>
  );
}
