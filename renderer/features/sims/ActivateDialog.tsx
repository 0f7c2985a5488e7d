import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Order } from '../../../contract/order.ts';
import { closeDialog, openDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { providerLabel } from '../../format/words.ts';
import { announce } from '../../ui/announcer.ts';
import { Digits } from '../../ui/Digits.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { orderTitle } from '../orders/orderWords.ts';
import { previewName } from './namePreview.ts';
import { SimWishFields } from './SimWishFields.tsx';
import { fleetKey, namedAccountOf } from './simStanding.ts';
import { fieldOfFault, wishInWords } from './simWords.ts';
import { useFleets } from './useFleets.ts';
import { useWishForm } from './useWishForm.ts';

/** Has an order's Sim made what is wished, now or as soon as the order has it. */
export function ActivateDialog({ orderId }: { orderId: string }) {
  const order = useBenchState((state) => state.orders).find((candidate) => candidate.id === orderId);
  return order === undefined ? null : <Activate order={order} />;
}

function Activate({ order }: { order: Order }) {
  const orders = useBenchState((state) => state.orders);
  const accounts = useBenchState((state) => state.accounts);
  const inUse = useBenchState((state) => state.account.name);
  const activate = useRequest('sims.activate');
  const keep = useRequest('account.setSimDefaults');
  const account = namedAccountOf(order, accounts, inUse);
  const defaults = account?.simDefaults ?? null;
  const provider = providerLabel(order.account.provider);
  const fleets = useFleets(order.id, fleetKey(order), true);

  // As it was when the dialog was opened: what happens to the order meanwhile takes nothing that was typed.
  const [begun] = useState(order.activation);
  const why = begun?.status === 'stopped' ? begun.fault : null;
  const field = fieldOfFault(why);
  const fields = useWishForm(
    begun?.wish ?? defaults?.wish ?? null,
    order.sim?.status ?? null,
    fleets,
    why === null || field === null ? {} : { [field]: why.message },
  );
  const [always, setAlways] = useState(false);
  const { form } = fields;

  const sameAccount = orders.filter((other) => fleetKey(other) === fleetKey(order));
  const preview = previewName(form.name, order, sameAccount);
  const begin = field === 'name' ? 'name' : 'fleet';

  const submit = async () => {
    const wish = fields.check();
    if (wish === null || preview.kind === 'missing' || activate.pending || keep.pending) return;
    const activated = await activate.run({ orderId: order.id, wish });
    if (!activated.ok) return;
    if (always && account !== null) {
      const kept = await keep.run({ name: account.name, simDefaults: { wish, byItself: true } });
      if (!kept.ok) return;
    }
    announce(`The SIM becomes ${wishInWords(wish)}`);
    closeDialog();
  };

  return (
    <FormDialog
      className="form sim-form"
      title="Activate the SIM"
      size={680}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      button={form.simStatus === 'active' ? 'Make it active' : 'Make it ready'}
      pending={activate.pending || keep.pending}
      disabled={preview.kind === 'missing' || preview.kind === 'wrong'}
    >
      <p className="sim-of">
        <strong>{orderTitle(order)}</strong>
        {order.iccid === null ? (
          <span className="label">The order has no SIM yet. This is done as soon as it has.</span>
        ) : (
          <>
            <span className="label">ICCID</span>
            <Digits value={order.iccid} />
          </>
        )}
      </p>
      <SimWishFields
        form={form}
        onChange={fields.change}
        errors={fields.errors}
        fleets={fleets}
        provider={provider}
        order={order}
        preview={preview}
        begin={begin}
      />
      {account === null ? null : defaults?.byItself === true ? (
        <p className="dialog-text">
          For this SIM alone. Others of this account become {wishInWords(defaults.wish)} by themselves.{' '}
          {account.name === inUse ? (
            <button type="button" className="link" onClick={() => openDialog({ kind: 'afterOrdering' })}>
              Change that
            </button>
          ) : null}
        </p>
      ) : (
        <Checkbox
          checked={always}
          onChange={(event) => setAlways(event.currentTarget.checked)}
          label="Do this by itself after every order of this account"
        />
      )}
      {activate.fault === null ? null : <FaultCard fault={activate.fault} kept={null} />}
      {keep.fault === null ? null : (
        <FaultCard
          fault={keep.fault}
          kept="The SIM is being activated. What happens after other orders was not kept."
        />
      )}
    </FormDialog>
  );
}
