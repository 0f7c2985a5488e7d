import { useBenchState } from '../bench/BenchContext.tsx';

/** Always in sight on the demo bench, so that nobody takes it for the real one. */
export function DemoBand() {
  const mode = useBenchState((state) => state.app.mode);
  if (mode !== 'demo') return null;
  return (
    <aside className="demo-band" aria-label="Demo bench">
      <strong>Demo bench</strong>
      <span>Virtual devices, a virtual provider. Nothing here is real or costs anything.</span>
    </aside>
  );
}
