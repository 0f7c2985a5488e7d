import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Activation } from '../../../contract/activation.ts';
import type { Order } from '../../../contract/order.ts';
import { go, openDialog } from '../../app/place.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { clockTime, elapsed } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FaultDetails } from '../../ui/FaultDetails.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { useNow } from '../../ui/useNow.ts';
import { previewName } from './namePreview.ts';
import { offersWish } from './simStanding.ts';
import {
  activationSentence,
  scheduledSince,
  simState,
  simStatusWords,
  wantsAnotherWish,
  wishInWords,
} from './simWords.ts';

interface ActivationWayProps {
  readonly order: Order;
  /** Whether the QR is shown above. */
  readonly qrShown: boolean;
}

/** What is to become of an order's Sim, and how far that is. Its place is as high before as after. */
export function ActivationWay({ order, qrShown }: ActivationWayProps) {
  const { activation } = order;
  if (activation === null) return <Unwished order={order} qrShown={qrShown} />;
  if (activation.status === 'stopped') return <Stopped order={order} activation={activation} />;
  return <UnderWay order={order} activation={activation} />;
}

function Unwished({ order, qrShown }: ActivationWayProps) {
  const { sim, simSid } = order;
  const sentence =
    simSid === null
      ? 'Nothing is done with it by itself.'
      : sim === null
        ? 'The provider was not asked about it yet.'
        : simStatusWords(sim.status).sentence;
  return (
    <Way text={<p className="sim-sentence">{sentence}</p>}>
      {!offersWish(order, qrShown) ? null : (
        <ActivateButton orderId={order.id}>
          {simSid === null
            ? 'Choose what it becomes …'
            : sim === null || sim.status === 'new'
              ? 'Activate the SIM …'
              : 'Change …'}
        </ActivateButton>
      )}
    </Way>
  );
}

function UnderWay({ order, activation }: { order: Order; activation: Activation }) {
  const drop = useRequest('sims.dropActivation');
  const since = scheduledSince(order);
  const now = useNow(since !== null);
  const provider = providerLabel(order.account.provider);
  const { status, heldFor, fault } = activation;
  const isBefore = order.simSid === null;
  // What passes in a moment offers nothing: it would be gone before it is pressed.
  const waits = status === 'waiting' && heldFor !== null && heldFor !== 'turn';
  return (
    <>
      <Way
        text={
          <>
            <p className="sim-sentence">
              <Mark tone={status === 'done' ? 'done' : simState(order).tone} />
              <strong>
                {isBefore
                  ? `Then: SIM ${wished(order, activation)}`
                  : activationSentence(activation, provider)}
              </strong>
            </p>
            <p className="sim-more">
              {isBefore
                ? heldFor === 'profile'
                  ? 'Done by itself as soon as the profile is available.'
                  : activationSentence(activation, provider)
                : since === null
                  ? `SIM ${wished(order, activation)}`
                  : `since ${clockTime(since)} · ${elapsed(now - since)} · SIM ${wished(order, activation)}`}
            </p>
          </>
        }
      >
        {heldFor === 'account' ? (
          <Button variant="default" size="compact-md" onClick={() => go({ view: 'account' })}>
            Set the account
          </Button>
        ) : null}
        {waits || status === 'done' ? <ActivateButton orderId={order.id}>Change …</ActivateButton> : null}
        {waits ? (
          <Button
            variant="subtle"
            size="compact-md"
            loading={drop.pending}
            onClick={() => void drop.run({ orderId: order.id })}
          >
            Not this time
          </Button>
        ) : null}
      </Way>
      {fault === null ? null : <FaultDetails fault={fault} />}
      {drop.fault === null ? null : <FaultCard fault={drop.fault} kept={null} />}
    </>
  );
}

/** What was wished, with the name that it makes as soon as that is known. */
function wished(order: Order, { wish, uniqueName }: Activation): string {
  if (wish.nameTemplate === null) return wishInWords(wish);
  const preview = previewName(wish.nameTemplate, order, []);
  return wishInWords(
    wish,
    uniqueName ?? (preview.kind === 'made' && !preview.counts ? preview.name : wish.nameTemplate),
  );
}

function Stopped({ order, activation }: { order: Order; activation: Activation }) {
  const again = useRequest('sims.activate');
  const drop = useRequest('sims.dropActivation');
  const { fault, wish } = activation;
  const other = again.fault ?? drop.fault;
  const another = wantsAnotherWish(activation);
  const tryAgain = () => void again.run({ orderId: order.id, wish });
  const change = () => openDialog({ kind: 'activateSim', orderId: order.id });
  const actions = (
    <>
      {another ? (
        <>
          <PrimaryButton onClick={change}>Change …</PrimaryButton>
          <Button variant="default" loading={again.pending} onClick={tryAgain}>
            Try again
          </Button>
        </>
      ) : (
        <>
          <PrimaryButton pending={again.pending} onClick={tryAgain}>
            Try again
          </PrimaryButton>
          <Button variant="default" onClick={change}>
            Change …
          </Button>
        </>
      )}
      <Button variant="subtle" loading={drop.pending} onClick={() => void drop.run({ orderId: order.id })}>
        Leave it
      </Button>
    </>
  );
  return (
    <>
      {fault === null ? (
        <Way text={<p className="sim-sentence">{activationSentence(activation, '')}</p>}>{actions}</Way>
      ) : (
        <FaultCard
          fault={fault}
          kept={`It was to become ${wished(order, activation)}. The profile and its QR code are as they were.`}
          actions={actions}
        />
      )}
      {other === null ? null : <FaultCard fault={other} kept={null} />}
    </>
  );
}

function ActivateButton({ orderId, children }: { orderId: string; children: string }) {
  return (
    <Button variant="default" size="compact-md" onClick={() => openDialog({ kind: 'activateSim', orderId })}>
      {children}
    </Button>
  );
}

function Way({ text, children }: { text: ReactNode; children?: ReactNode }) {
  return (
    <div className="sim-way">
      <div className="sim-text">{text}</div>
      <div className="sim-do">{children}</div>
    </div>
  );
}
