import { useBenchState } from '../bench/BenchContext.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { closeDialog } from './place.ts';

interface KeyRow {
  readonly keys: readonly string[];
  readonly what: string;
}

/** Mod stands for ⌘ or Ctrl. */
const ROWS: ReadonlyArray<{ readonly title: string; readonly rows: readonly KeyRow[] }> = [
  {
    title: 'At the bench',
    rows: [
      { keys: ['Enter'], what: 'Do the next thing: the filled button' },
      { keys: ['↑', '↓'], what: 'Move in the list' },
      { keys: ['F'], what: 'QR code as large as the window, and back' },
      { keys: ['S'], what: 'Activate the SIM of the order in sight' },
      { keys: ['Esc'], what: 'One step back' },
    ],
  },
  {
    title: 'At a device',
    rows: [
      { keys: ['O'], what: 'Its order' },
      { keys: ['C'], what: 'Its chip: profiles, addresses, memory' },
      { keys: ['N'], what: 'Its network: does it work?' },
      { keys: ['H'], what: 'Its history' },
    ],
  },
  {
    title: 'At the orders',
    rows: [
      { keys: ['L'], what: 'Those in the ledger' },
      { keys: ['P'], what: 'All profiles at the provider' },
    ],
  },
  {
    title: 'Anywhere',
    rows: [
      { keys: ['Mod', 'K'], what: 'Find a device, an order or an action' },
      { keys: ['Mod', '1'], what: 'Devices' },
      { keys: ['Mod', '2'], what: 'Orders' },
      { keys: ['Mod', '3'], what: 'Account' },
      { keys: ['Mod', 'F'], what: 'Search orders, or profiles by EID' },
      { keys: ['Mod', 'N'], what: 'New order without a device' },
      { keys: ['?'], what: 'This list' },
    ],
  },
];

export function KeysDialog() {
  const platform = useBenchState((state) => state.app.platform);
  const mod = platform === 'darwin' ? '⌘' : 'Ctrl';
  return (
    <Dialog onClose={closeDialog} title="Keys" size={520}>
      {ROWS.map((group) => (
        <section key={group.title} className="keys-group" aria-label={group.title}>
          <h3>{group.title}</h3>
          <dl className="keys">
            {group.rows.map((row) => (
              <div key={row.what}>
                <dt>
                  {row.keys.map((key) => (
                    <kbd key={key} className="key">
                      {key === 'Mod' ? mod : key}
                    </kbd>
                  ))}
                </dt>
                <dd>{row.what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="dialog-text">
        A USB scanner can be used at any moment: an EID that is scanned, or pasted, opens a new order for it.
      </p>
    </Dialog>
  );
}
