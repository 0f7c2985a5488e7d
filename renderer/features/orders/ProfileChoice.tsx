import { Button } from '@mantine/core';
import type { ExistingProfile } from '../../../contract/order.ts';
import { shortSid } from '../../format/digits.ts';
import { fullWhen } from '../../format/time.ts';
import { Digits } from '../../ui/Digits.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { orderWord } from './orderWords.ts';

interface ProfileChoiceProps {
  readonly profiles: readonly ExistingProfile[];
  /** SID of the profile that is being taken, or null. */
  readonly pendingSid: string | null;
  readonly onUse: (profile: ExistingProfile) => void;
}

/** Profiles that the provider has already, with what tells them apart. */
export function ProfileChoice({ profiles, pendingSid, onUse }: ProfileChoiceProps) {
  return (
    <ul className="choice" aria-label="Profiles the provider has">
      {profiles.map((profile) => (
        <li key={profile.sid} className="choice-row">
          <div className="choice-what">
            <StateMark state={orderWord(profile.status)} strong />
            <dl className="choice-facts">
              <dt>SID</dt>
              <dd className="mono" title={profile.sid}>
                {shortSid(profile.sid)}
              </dd>
              {profile.iccid === null ? null : (
                <>
                  <dt>ICCID</dt>
                  <dd>
                    <Digits value={profile.iccid} size="sm" />
                  </dd>
                </>
              )}
              {profile.matchingId === null || profile.matchingId === '' ? null : (
                <>
                  <dt>Matching ID</dt>
                  <dd className="mono">{profile.matchingId}</dd>
                </>
              )}
              <dt>Created</dt>
              <dd>{created(profile.dateCreated)}</dd>
              <dt>Ordered</dt>
              <dd>{profile.orderId === null ? 'not from this bench' : 'from this bench'}</dd>
            </dl>
          </div>
          <Button
            variant="default"
            loading={pendingSid === profile.sid}
            disabled={pendingSid !== null && pendingSid !== profile.sid}
            onClick={() => onUse(profile)}
          >
            Use this one
            <span className="visually-hidden">, {shortSid(profile.sid)}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function created(date: string | null): string {
  const at = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? 'not said' : fullWhen(at, Date.now());
}
