import { Button } from '@mantine/core';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Section } from './Section.tsx';

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
      <dl className="known">
        <div>
          <dt>Version</dt>
          <dd className="mono">{app.version}</dd>
        </div>
        <div>
          <dt>Data folder</dt>
          <dd>
            <span className="mono break">{app.dataDir}</span>
            <CopyButton value={app.dataDir} what="data folder" />
          </dd>
        </div>
      </dl>
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
