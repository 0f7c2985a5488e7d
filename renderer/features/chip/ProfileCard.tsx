import { Button } from '@mantine/core';
import type { InstalledProfile } from '../../../contract/chip.ts';
import type { Order } from '../../../contract/order.ts';
import { openDialog, showOrder } from '../../app/place.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { orderWord } from '../orders/orderWords.ts';
import type { ChipAsk } from './chipQuestions.ts';
import { classWord, PROFILE_STATES, profileSubtitle, profileTitle } from './chipWords.ts';
import { ProfileIcon } from './ProfileIcon.tsx';

interface ProfileCardProps {
  readonly profile: InstalledProfile;
  readonly deviceId: string;
  /** The order that this profile came from, where the ledger has it. */
  readonly order: Order | null;
  /** While something is under way nothing else can be begun. */
  readonly busy: boolean;
}

/** One profile on the eUICC, and what can be done with it. */
export function ProfileCard({ profile, deviceId, order, busy }: ProfileCardProps) {
  const title = profileTitle(profile);
  const subtitle = profileSubtitle(profile);
  const ofClass = classWord(profile);
  const enabled = profile.state === 'enabled';
  const ask = (kind: Extract<ChipAsk, { iccid: string }>['kind']) =>
    openDialog({ kind: 'chip', deviceId, ask: { kind, iccid: profile.iccid } });
  return (
    <li className={enabled ? 'profile profile-enabled' : 'profile'} aria-label={title}>
      <ProfileIcon icon={profile.icon} />
      <div className="profile-body">
        <div className="profile-head">
          <h3>{title}</h3>
          <StateMark state={PROFILE_STATES[profile.state]} strong={enabled} />
        </div>
        {subtitle === '' && ofClass === null ? null : (
          <p className="profile-what">
            {subtitle === '' ? null : <span>{subtitle}</span>}
            {ofClass === null ? null : <span className="profile-class">{ofClass}</span>}
          </p>
        )}
        <p className="profile-iccid">
          <span className="label">ICCID</span>
          <Digits value={profile.iccid} />
          <CopyButton value={profile.iccid} what={`ICCID of ${title}`} />
        </p>
        {order === null ? null : (
          <p className="profile-order">
            At the provider: {orderWord(order.status).word}.{' '}
            <button type="button" className="link" onClick={() => showOrder(order.id)}>
              Show its order
            </button>
          </p>
        )}
        <div className="profile-actions">
          {enabled ? (
            <Button variant="default" disabled={busy} onClick={() => ask('disable')}>
              Disable
            </Button>
          ) : (
            <Button variant="default" disabled={busy} onClick={() => ask('enable')}>
              Enable
            </Button>
          )}
          <Button variant="default" disabled={busy} onClick={() => ask('nickname')}>
            Rename
          </Button>
          {enabled ? (
            <span className="profile-why">To delete it, disable it first.</span>
          ) : (
            <Button variant="default" disabled={busy} onClick={() => ask('delete')}>
              Delete
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
