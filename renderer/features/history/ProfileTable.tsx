import type { ReactNode } from 'react';
import type { Order } from '../../../contract/order.ts';
import type { RemoteProfile } from '../../../contract/remoteProfile.ts';
import { fullWhen, shortWhen } from '../../format/time.ts';
import { Digits } from '../../ui/Digits.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { orderWord } from '../orders/orderWords.ts';
import { providerTime } from './historyWords.ts';
import { ledgerWord, shownStatus } from './ours.ts';
import type { ProfileList } from './profileList.ts';

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

/** The provider's profiles as a grid like that of the orders. */
export function ProfileTable({ list, ours, chosenSid, onChoose, onMore, foot }: ProfileTableProps) {
  const goesOn = list.next !== null;
  const now = Date.now();
  const orderOf = ({ sid }: RemoteProfile) => (sid === null ? null : (ours.get(sid) ?? null));

  return (
    <Grid
      of="profiles"
      label="Profiles, as the provider lists them"
      items={list.profiles}
      // One that the provider gives no SID for cannot be chosen.
      idOf={({ sid }) => sid}
      chosenId={chosenSid}
      onChoose={onChoose}
      className="grid history-grid"
      busy={list.asking !== null}
      goesOn={goesOn}
      onMore={goesOn && list.goesOn && list.asking === null ? onMore : null}
      columns={
        <>
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
        </>
      }
      cells={(profile) => (
        <>
          <td>
            <StateMark state={orderWord(shownStatus(profile, orderOf(profile)))} />
          </td>
          <td>
            <MadeFor profile={profile} />
          </td>
          <td className="history-col-ledger">
            <StateMark state={ledgerWord(orderOf(profile))} />
          </td>
          <Created text={profile.dateCreated} now={now} />
        </>
      )}
      foot={<div className="history-foot">{foot}</div>}
    />
  );
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
