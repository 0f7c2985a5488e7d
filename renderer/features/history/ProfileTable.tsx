import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import type { Order } from '../../../contract/order.ts';
import type { RemoteProfile } from '../../../contract/remoteProfile.ts';
import { fullWhen, shortWhen } from '../../format/time.ts';
import { Digits } from '../../ui/Digits.tsx';
import { stepInList } from '../../ui/listKeys.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useVirtualRows } from '../../ui/useVirtualRows.ts';
import { orderWord } from '../orders/orderWords.ts';
import { providerTime } from './historyWords.ts';
import { ledgerWord, shownStatus } from './ours.ts';
import type { ProfileList } from './profileList.ts';

/** px; the same in orders.css. */
const ROW_HEIGHT = 46;
/** So many rows before the end the next page is asked for. */
const AHEAD = 10;

interface ProfileTableProps {
  readonly list: ProfileList;
  readonly ours: ReadonlyMap<string, Order>;
  readonly chosenSid: string | null;
  readonly onChoose: (sid: string) => void;
  /** The end is near. */
  readonly onMore: () => void;
  /** After the last row. */
  readonly foot: ReactNode;
}

/** The provider's profiles as a grid like that of the orders; only the rows in sight are drawn. */
export function ProfileTable({ list, ours, chosenSid, onChoose, onMore, foot }: ProfileTableProps) {
  const { profiles } = list;
  const rows = useVirtualRows(profiles.length, ROW_HEIGHT);
  const at = chosenSid === null ? -1 : profiles.findIndex(({ sid }) => sid === chosenSid);
  const { scrollTo } = rows;
  const nearEnd = rows.end >= profiles.length - AHEAD;
  const goesOn = list.goesOn && list.asking === null && list.next !== null;
  const now = Date.now();

  useEffect(() => {
    if (at >= 0) scrollTo(at);
  }, [at, scrollTo]);
  useEffect(() => {
    if (nearEnd && goesOn) onMore();
  }, [nearEnd, goesOn, onMore]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((rows.scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const step = (from: number) => stepInList(event.key, from, profiles.length, page);
    let to = step(at);
    // One that the provider gives no SID for cannot be chosen: it is stepped over.
    while (to !== null && profiles[to]?.sid === null && step(to) !== to) to = step(to);
    const sid = to === null ? null : profiles[to]?.sid;
    if (sid === null || sid === undefined) return;
    event.preventDefault();
    onChoose(sid);
  };

  return (
    <div ref={rows.scroller} className="orders" onScroll={rows.onScroll}>
      <table
        className="orders-table history-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are walked with the arrow keys
        role="grid"
        aria-label="Profiles, as the provider lists them"
        aria-busy={list.asking !== null}
        aria-rowcount={list.next === null ? profiles.length + 1 : -1}
        aria-activedescendant={at >= rows.start && at < rows.end ? `profile-${chosenSid}` : undefined}
        tabIndex={0}
        data-list="profiles"
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="order-col-state">
              State
            </th>
            <th scope="col">Profile for</th>
            <th scope="col" className="history-col-ledger">
              Ledger
            </th>
            <th scope="col" className="order-col-when history-col-when">
              Created
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer rows={rows.start} />
          {profiles.slice(rows.start, rows.end).map((profile, index) => {
            const { sid } = profile;
            const order = sid === null ? undefined : ours.get(sid);
            const place = rows.start + index;
            return (
              <tr
                key={sid ?? `row-${place}`}
                id={`profile-${sid ?? `row-${place}`}`}
                className="order-row"
                aria-rowindex={place + 2}
                aria-selected={sid !== null && sid === chosenSid}
                onClick={() => {
                  if (sid !== null) onChoose(sid);
                }}
              >
                <td>
                  <StateMark state={orderWord(shownStatus(profile, order ?? null))} />
                </td>
                <td>
                  <MadeFor profile={profile} />
                </td>
                <td className="history-col-ledger">
                  <StateMark state={ledgerWord(order ?? null)} />
                </td>
                <Created text={profile.dateCreated} now={now} />
              </tr>
            );
          })}
          <Spacer rows={profiles.length - rows.end} />
        </tbody>
      </table>
      <div className="history-foot">{foot}</div>
    </div>
  );
}

/** The height of rows that are not drawn. */
function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without cells takes no focus
  return <tr aria-hidden="true" style={{ height: rows * ROW_HEIGHT }} />;
}

/** The EID or the matching ID that it is for, then its ICCID: what is on a label and what is on a chip. */
function MadeFor({ profile: { eid, iccid, matchingId } }: { profile: RemoteProfile }) {
  return (
    <>
      <span className="history-eid-line">
        {eid !== null ? (
          <Digits value={eid} size="sm" />
        ) : matchingId ? (
          <span className="mono">{matchingId}</span>
        ) : (
          'Any device, by matching ID'
        )}
      </span>
      <span className="order-digits">
        {iccid === null ? (
          'no ICCID yet'
        ) : (
          <>
            <span className="history-iccid">ICCID</span>
            <Digits value={iccid} size="sm" />
          </>
        )}
      </span>
    </>
  );
}

function Created({ text, now }: { text: string | null; now: number }) {
  const at = providerTime(text);
  return (
    <td className="order-col-when history-col-when" title={at === null ? undefined : fullWhen(at, now)}>
      {at === null ? '–' : shortWhen(at, now)}
    </td>
  );
}
