import type { RemoteProfile } from '../../../contract/remoteProfile.ts';
import { keepChosenOrder } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { shortName } from '../../format/names.ts';
import { fullWhen } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { announce } from '../../ui/announcer.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { CopiedFact, Fact, Facts } from '../../ui/Facts.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { deviceName } from '../devices/deviceWords.ts';
import { orderWord } from '../orders/orderWords.ts';
import { deviceOf, profileTitle, providerTime } from './historyWords.ts';
import { ledgerWord } from './ours.ts';

/** A profile that was not ordered from here: what the provider says of it, and the way into the ledger. */
export function ProfilePane({ profile }: { profile: RemoteProfile }) {
  const devices = useBenchState((state) => state.devices);
  const account = useBenchState((state) => state.account);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const adopt = useRequest('orders.adopt');
  const device = deviceOf(devices, profile);
  const title = device === null ? profileTitle(profile) : shortName(deviceName(device));
  const { sid } = profile;

  const take = async () => {
    if (sid === null) return;
    const result = await adopt.run({ sid, deviceId: device?.id ?? null });
    if (!result.ok) return;
    keepChosenOrder(result.value.orderId);
    announce('Taken into the ledger');
    // The button is gone with what it was for; the list takes the keys again.
    document.querySelector<HTMLElement>('[data-list]')?.focus();
  };

  return (
    <article className="order remote" aria-label={title}>
      <header className="order-head">
        <div>
          <h1>{title}</h1>
          <StateMark state={orderWord(profile.status)} strong />
        </div>
      </header>
      {profile.eid === null ? null : (
        <p className="order-eid">
          <span className="label">EID</span>
          <Digits value={profile.eid} />
          <CopyButton value={profile.eid} what="EID" />
        </p>
      )}
      <section className="take" aria-label="Not in the ledger">
        <StateMark state={{ ...ledgerWord(null), word: 'Not in the ledger' }} strong />
        <p>
          It was ordered elsewhere. Taken into the ledger it is followed like any order, and its QR code is
          kept, also for when there is no network.
        </p>
        {device === null ? null : <p>Its device is on this bench; the order will name it.</p>}
        {sid === null ? (
          <p>The provider gives no SID for it, so it cannot be taken.</p>
        ) : (
          <div className="actions">
            <PrimaryButton pending={adopt.pending} onClick={() => void take()}>
              Take into the ledger
            </PrimaryButton>
          </div>
        )}
      </section>
      {adopt.fault === null ? null : <FaultCard fault={adopt.fault} />}
      <section className="order-section" aria-label="What the provider says">
        <h2>At the provider</h2>
        <Facts>
          <CopiedFact name="ICCID" value={profile.iccid} what="ICCID" digits />
          <CopiedFact name="Profile SID" value={sid} what="profile SID" />
          <CopiedFact name="SIM SID" value={profile.simSid} what="SIM SID" />
          <CopiedFact name="SM-DP+" value={profile.smdpAddress} what="SM-DP+ address" />
          <CopiedFact name="Matching ID" value={profile.matchingId || null} what="matching ID" />
          <Fact name="Error">
            {profile.errorCode === null && profile.errorMessage === null
              ? null
              : [profile.errorCode, profile.errorMessage].filter((part) => part !== null).join(': ')}
          </Fact>
          <Fact name="Created">{when(profile.dateCreated)}</Fact>
          <Fact name="Updated">{when(profile.dateUpdated)}</Fact>
          <Fact name="Account">
            {account.account === null
              ? null
              : [several ? account.name : null, providerLabel(account.account.provider)]
                  .filter((part) => part !== null)
                  .join(' · ')}
          </Fact>
        </Facts>
      </section>
    </article>
  );
}

function when(text: string | null): string | null {
  const at = providerTime(text);
  return at === null ? text : fullWhen(at, Date.now());
}
