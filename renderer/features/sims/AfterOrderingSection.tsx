import { Button } from '@mantine/core';
import { openDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { Section } from '../account/Section.tsx';
import { wishInWords } from './simWords.ts';

/** What the account in use has done with the Sim of each order; nothing where no account is in use. */
export function AfterOrderingSection() {
  const inUse = useBenchState((state) => state.account.name);
  const account = useBenchState((state) => state.accounts).find(({ name }) => name === inUse);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const save = useRequest('account.setSimDefaults');
  if (account === undefined) return null;
  const { name, simDefaults } = account;
  const isOn = simDefaults?.byItself === true;

  const switchOff = async () => {
    if (simDefaults === null) return;
    const saved = await save.run({ name, simDefaults: { ...simDefaults, byItself: false } });
    if (saved.ok) announce('After ordering, nothing is done by itself');
  };

  return (
    <Section
      title="After ordering"
      about={
        <p>
          What is done with the SIM of an order as soon as its profile is available
          {several ? `, with account ${name}` : ''}. It holds for orders made from then on.
        </p>
      }
    >
      <p className="after-ordering">
        <Mark tone={isOn ? 'done' : 'idle'} />
        <span>
          {isOn ? (
            <>The SIM becomes {wishInWords(simDefaults.wish)}.</>
          ) : (
            'Nothing by itself. A SIM stays new until somebody activates it.'
          )}
        </span>
      </p>
      <div className="actions">
        <Button variant="default" onClick={() => openDialog({ kind: 'afterOrdering' })}>
          {isOn ? 'Change …' : 'Set up …'}
        </Button>
        {isOn ? (
          <Button variant="subtle" loading={save.pending} onClick={() => void switchOff()}>
            Switch off
          </Button>
        ) : null}
      </div>
      {save.fault === null ? null : <FaultCard fault={save.fault} kept={null} />}
    </Section>
  );
}
