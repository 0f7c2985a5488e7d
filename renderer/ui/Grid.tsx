import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { stepInList } from './listKeys.ts';
import { useVirtualRows } from './useVirtualRows.ts';

/** px; the same in ui.css. */
const ROW_HEIGHT = 46;
/** So many rows before the end more are asked for. */
const AHEAD = 10;

interface GridProps<T> {
  /** What the list is of; names it for the keys, and its rows. */
  readonly of: 'orders' | 'profiles';
  readonly label: string;
  readonly items: readonly T[];
  /** Null for one that cannot be chosen. */
  readonly idOf: (item: T) => string | null;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
  readonly className?: string;
  /** The cells of the head. */
  readonly columns: ReactNode;
  readonly cells: (item: T) => ReactNode;
  readonly busy?: boolean;
  /** Asked for more when the end is near; null where there is no more, or it is on its way. */
  readonly onMore?: (() => void) | null;
  /** Whether there are more rows than are known yet. */
  readonly goesOn?: boolean;
  /** After the last row. */
  readonly foot?: ReactNode;
}

/** A long list with columns, walked with the arrow keys; only the rows in sight are drawn, so that years scroll like a day. */
export function Grid<T>({
  of,
  label,
  items,
  idOf,
  chosenId,
  onChoose,
  className = 'grid',
  columns,
  cells,
  busy = false,
  onMore = null,
  goesOn = false,
  foot,
}: GridProps<T>) {
  const { scroller, onScroll, start, end, scrollTo } = useVirtualRows(items.length, ROW_HEIGHT);
  const at = chosenId === null ? -1 : items.findIndex((item) => idOf(item) === chosenId);
  const nearEnd = end >= items.length - AHEAD;
  const rowId = (id: string) => `${of}-${id}`;

  useEffect(() => {
    if (at >= 0) scrollTo(at);
  }, [at, scrollTo]);
  useEffect(() => {
    if (nearEnd) onMore?.();
  }, [nearEnd, onMore]);

  const idAt = (index: number) => {
    const item = items[index];
    return item === undefined ? null : idOf(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const to = stepInList(event.key, at, items.length, page, (index) => idAt(index) !== null);
    const id = to === null ? null : idAt(to);
    if (id === null) return;
    event.preventDefault();
    onChoose(id);
  };

  return (
    <div ref={scroller} className="grid-place" onScroll={onScroll}>
      <table
        className={className}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are walked with the arrow keys
        role="grid"
        aria-label={label}
        aria-busy={busy}
        aria-rowcount={goesOn ? -1 : items.length + 1}
        aria-activedescendant={chosenId !== null && at >= start && at < end ? rowId(chosenId) : undefined}
        tabIndex={0}
        data-list={of}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>{columns}</tr>
        </thead>
        <tbody>
          <Spacer rows={start} />
          {items.slice(start, end).map((item, index) => {
            const id = idOf(item);
            const place = start + index;
            return (
              <tr
                key={id ?? `row ${place}`}
                id={id === null ? undefined : rowId(id)}
                className="grid-row"
                aria-rowindex={place + 2}
                aria-selected={id !== null && id === chosenId}
                onClick={() => {
                  if (id !== null) onChoose(id);
                }}
              >
                {cells(item)}
              </tr>
            );
          })}
          <Spacer rows={items.length - end} />
        </tbody>
      </table>
      {foot}
    </div>
  );
}

/** The height of rows that are not drawn. */
function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without cells takes no focus
  return <tr aria-hidden="true" style={{ height: rows * ROW_HEIGHT }} />;
}
