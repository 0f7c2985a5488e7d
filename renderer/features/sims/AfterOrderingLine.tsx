import { openDialog } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { wishInWords } from './simWords.ts';

/** Before ordering: what becomes of the Sim afterwards by itself; nothing where nothing does. */
export function AfterOrderingLine() {
  const inUse = useBenchState((state) => state.account.name);
  const account = useBenchState((state) => state.accounts).find(({ name }) => name === inUse);
  const defaults = account?.simDefaults ?? null;
  if (defaults === null || !defaults.byItself) return null;
  return (
    <p className="stage-text">
      Afterwards the SIM becomes {wishInWords(defaults.wish)}.{' '}
      <button type="button" className="link" onClick={() => openDialog({ kind: 'afterOrdering' })}>
        Change
      </button>
    </p>
  );
}
