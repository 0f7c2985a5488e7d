import { Button } from '@mantine/core';
import type { NamedAccount } from '../../../contract/account.ts';
import { closeDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { providerLabel } from '../../format/words.ts';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { exampleName } from './namePreview.ts';
import { SimWishFields } from './SimWishFields.tsx';
import { fleetKeyOfAccount } from './simStanding.ts';
import { wishInWords } from './simWords.ts';
import { useFleets } from './useFleets.ts';
import { useWishForm } from './useWishForm.ts';

/** What every order of the account in use has done with its Sim by itself. */
export function AfterOrderingDialog() {
  const inUse = useBenchState((state) => state.account.name);
  const account = useBenchState((state) => state.accounts).find(({ name }) => name === inUse);
  return account === undefined ? null : <AfterOrdering key={account.name} named={account} />;
}

function AfterOrdering({ named }: { named: NamedAccount }) {
  const several = useBenchState((state) => state.accounts.length) > 1;
  const save = useRequest('account.setSimDefaults');
  const defaults = named.simDefaults;
  const isOn = defaults?.byItself === true;
  const fleets = useFleets(null, fleetKeyOfAccount(named), true);
  const fields = useWishForm(defaults?.wish ?? null, null, fleets);
  const { form } = fields;
  const preview = exampleName(form.name);

  const submit = async () => {
    const wish = fields.check();
    if (wish === null || save.pending) return;
    const saved = await save.run({ name: named.name, simDefaults: { wish, byItself: true } });
    if (!saved.ok) return;
    announce(`After ordering, the SIM becomes ${wishInWords(wish)}`);
    closeDialog();
  };
  const switchOff = async () => {
    if (defaults === null) return;
    const saved = await save.run({ name: named.name, simDefaults: { ...defaults, byItself: false } });
    if (!saved.ok) return;
    announce('After ordering, nothing is done by itself');
    closeDialog();
  };

  return (
    <FormDialog
      className="form sim-form"
      title="After ordering"
      size={680}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      button={isOn ? 'Save' : 'Do this by itself'}
      pending={save.pending}
      disabled={preview.kind === 'wrong'}
      aside={
        isOn ? (
          <Button
            className="dialog-left"
            variant="default"
            disabled={save.pending}
            onClick={() => void switchOff()}
          >
            Switch off
          </Button>
        ) : null
      }
    >
      <p className="dialog-text">
        Done by itself with the SIM of every order that is made from now on
        {several ? ` with account ${named.name}` : ''}, as soon as its profile is available.
      </p>
      <SimWishFields
        form={form}
        onChange={fields.change}
        errors={fields.errors}
        fleets={fleets}
        provider={providerLabel(named.account.provider)}
        order={null}
        preview={preview}
        begin="fleet"
      />
      {save.fault === null ? null : <FaultCard fault={save.fault} kept={null} />}
    </FormDialog>
  );
}
