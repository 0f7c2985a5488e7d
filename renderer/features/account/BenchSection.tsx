import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RequestOutput } from '../../../contract/channels.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { counted } from '../../format/words.ts';
import { announce } from '../../ui/announcer.ts';
import { CopiedFact, Fact, Facts } from '../../ui/Facts.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { SavedNote } from '../../ui/SavedNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { KeptLogins } from '../proxy/KeptLogins.tsx';
import { Section } from './Section.tsx';

const EXPORTS = [
  { format: 'csv', label: 'Export as CSV' },
  { format: 'jsonl', label: 'Export as JSON Lines' },
] as const;

/** The ledger as a whole: written out for other tools, and looked through. */
function LedgerActions() {
  const save = useRequest('ledger.export');
  const check = useRequest('ledger.check');
  const [saved, setSaved] = useState<string | null>(null);
  const [report, setReport] = useState<RequestOutput<'ledger.check'> | null>(null);

  const exportAs = async (format: 'csv' | 'jsonl') => {
    const result = await save.run({ format });
    const path = result.ok ? result.value.path : null;
    setSaved(path);
    if (path !== null) announce(`Orders saved as ${path}`);
  };
  const runCheck = async () => {
    setReport(null);
    const result = await check.run(null);
    if (result.ok) setReport(result.value);
  };

  return (
    <>
      <div className="actions">
        {EXPORTS.map(({ format, label }) => (
          <Button
            key={format}
            variant="default"
            disabled={save.pending}
            onClick={() => void exportAs(format)}
          >
            {label}
          </Button>
        ))}
        <Button variant="default" loading={check.pending} onClick={() => void runCheck()}>
          Check the ledger
        </Button>
      </div>
      <SavedNote path={saved} />
      {report === null ? null : <LedgerReport report={report} />}
      {save.fault === null ? null : <FaultCard fault={save.fault} />}
      {check.fault === null ? null : <FaultCard fault={check.fault} />}
    </>
  );
}

function LedgerReport({ report }: { report: RequestOutput<'ledger.check'> }) {
  const { orders, problems } = report;
  const count = counted(orders, 'order');
  if (problems.length === 0) {
    return <StateMark state={{ word: `${count} looked through, nothing wrong.`, tone: 'done' }} />;
  }
  return (
    <>
      <StateMark
        state={{ word: `${count} looked through, ${counted(problems.length, 'problem')}.`, tone: 'failed' }}
      />
      <ul className="section-text">
        {problems.map(({ orderId, problem }) => (
          <li key={`${orderId} ${problem}`}>{orderId === null ? problem : `Order ${orderId}: ${problem}`}</li>
        ))}
      </ul>
    </>
  );
}

/** What this bench is: version, where its ledger is, and the way to one where nothing is real. */
export function BenchSection() {
  const app = useBenchState((state) => state.app);
  const demo = useRequest('demo.open');
  return (
    <Section
      title="This bench"
      about={
        <p>The ledger is one SQLite file in the data folder. Back the folder up to back the orders up.</p>
      }
    >
      <Facts>
        <Fact name="Version">
          <span className="mono">{app.version}</span>
        </Fact>
        <CopiedFact name="Data folder" value={app.dataDir} what="data folder" />
      </Facts>
      <LedgerActions />
      <KeptLogins />
      {app.mode === 'demo' ? (
        <p className="section-text">
          This is the demo bench: its devices, its provider and its data folder are its own.
        </p>
      ) : (
        <>
          <p className="section-text">
            The demo bench has virtual modems and a virtual provider. Everything can be tried there without
            hardware, account or cost.
          </p>
          <div className="actions">
            <Button variant="default" loading={demo.pending} onClick={() => void demo.run(null)}>
              Try the demo bench
            </Button>
          </div>
        </>
      )}
      {demo.fault === null ? null : <FaultCard fault={demo.fault} />}
    </Section>
  );
}
