import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { fullWhen } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Copied, Fact, Facts } from '../../ui/Facts.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { ActivationWay } from './ActivationWay.tsx';
import { fleetNameOf } from './fleetWords.ts';
import { nameOfSim } from './namePreview.ts';
import { fleetKey, hasSimPart } from './simStanding.ts';
import { simStatus } from './simWords.ts';
import { useFleets, useKnownFleets } from './useFleets.ts';
import { type SimReading, useSimReading } from './useSimReading.ts';

interface SimPartProps {
  readonly order: Order;
  /** Whether the QR is shown above. */
  readonly qrShown: boolean;
}

/** The Sim of an order: how it stands, what it is called, what is done with it. Nothing for an order that gets none. */
export function SimPart({ order, qrShown }: SimPartProps) {
  return hasSimPart(order) ? <Sim order={order} qrShown={qrShown} /> : null;
}

function Sim({ order, qrShown }: SimPartProps) {
  const reading = useSimReading(order);
  const { sim, simSid, activation } = order;
  const name = nameOfSim(order);
  return (
    <section className="order-section sim" aria-label="SIM">
      <div className="sim-head">
        <h2>SIM</h2>
        <StateMark state={simStatus(order)} strong />
        {simSid === null ? null : <Told order={order} reading={reading} />}
      </div>
      <ActivationWay order={order} qrShown={qrShown} />
      {reading.fault === null ? null : (
        <FaultCard fault={reading.fault} tone="wait" kept="What was known of the SIM before is shown." />
      )}
      <Facts>
        <Fact name="Unique name">
          {name === null ? (
            <None />
          ) : (
            <>
              <span className="mono break">{name}</span>
              {sim?.uniqueName === name ? <CopyButton value={name} what="unique name" /> : <Wished />}
            </>
          )}
        </Fact>
        <Fact name="Fleet">
          {sim?.fleetSid == null ? (
            activation === null ? (
              <None />
            ) : (
              <>
                <span className="break">{activation.wish.fleetName ?? activation.wish.fleet}</span>
                <Wished />
              </>
            )
          ) : (
            <Fleet order={order} sid={sim.fleetSid} />
          )}
        </Fact>
        <Fact name="SIM SID">{simSid === null ? <None /> : <Copied value={simSid} what="SIM SID" />}</Fact>
      </Facts>
    </section>
  );
}

/** What the Sim is to have, but has not yet as far as the provider told. */
function Wished() {
  return <span className="label">wished</span>;
}

/** Its place is kept, so that nothing jumps when it is told. */
function None() {
  return <span className="dim">–</span>;
}

/** When the provider said so, and asking it again. */
function Told({ order, reading }: { order: Order; reading: SimReading }) {
  const provider = providerLabel(order.account.provider);
  const { at, pending } = reading;
  return (
    <span className="sim-told">
      {at === null
        ? pending
          ? `Asking ${provider}`
          : ''
        : `as ${provider} said at ${fullWhen(at, Date.now())}`}
      <Tooltip label="Ask the provider now">
        <ActionIcon
          variant="subtle"
          size={32}
          aria-label="Refresh the SIM"
          loading={pending}
          onClick={() => void reading.read()}
        >
          <IconRefresh size={17} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}

/** A Fleet by what it is called, where that is known; the list is asked for once where it is not. */
function Fleet({ order, sid }: { order: Order; sid: string }) {
  const wish = order.activation?.wish ?? null;
  const name = fleetNameOf(sid, useKnownFleets(fleetKey(order)), wish);
  useFleets(order.id, fleetKey(order), name === null);
  return name === null ? (
    <Copied value={sid} what="Fleet SID" />
  ) : (
    <span className="break" title={sid}>
      {name}
    </span>
  );
}
