import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Device } from '../../../contract/device.ts';
import { eidFault, type Order } from '../../../contract/order.ts';
import { accountIdOf } from '../../../contract/providerTable.ts';
import { go, openDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { shortSid } from '../../format/digits.ts';
import { fullWhen } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { defaultCallback } from '../orders/defaultCallback.ts';
import { ExistingProfilesDialog } from '../orders/ExistingProfilesDialog.tsx';
import { Frame } from '../orders/Frame.tsx';
import { OrderStage } from '../orders/OrderStage.tsx';
import { usePlaceOrder } from '../orders/usePlaceOrder.ts';
import { AfterOrderingLine } from '../sims/AfterOrderingLine.tsx';

/**
 * The place below a device's path: its order where it has one, else what comes before ordering. A SIM that asks for its PIN has a
 * card of its own above, so that its fault is not said twice.
 */
export function DeviceStage({ device, order }: { device: Device; order: Order | null }) {
  if (order !== null) {
    return (
      <>
        {device.phase === 'failed' && device.simLock === null ? <Failed device={device} /> : null}
        <OrderStage order={order} device={device} onOrdered={() => undefined} />
      </>
    );
  }
  switch (device.phase) {
    case 'opening':
    case 'identifying':
    case 'readingEid':
      return <Reading device={device} />;
    case 'failed':
      return device.simLock === null ? <Failed device={device} /> : <Locked />;
    case 'gone':
      return (
        <Frame title="Unplugged">
          <p className="stage-text">
            Since {fullWhen(device.since, Date.now())}. Plug it in again, here or in another socket, and it
            goes on where it was.
          </p>
        </Frame>
      );
    case 'ready':
      return <ReadyToOrder device={device} />;
  }
}

const READING = {
  opening: ['Opening the port', 'The port is opened and the modem asked whether it is there.'],
  identifying: ['Identifying the modem', 'Maker, model, firmware and SIM state are asked for.'],
  readingEid: ['Reading the EID', 'The eUICC is asked for its EID. This takes a few seconds at most.'],
} as const;

function Reading({ device }: { device: Device & { phase: string } }) {
  const cancel = useRequest('devices.cancel');
  const [title, text] =
    READING[device.phase === 'opening' || device.phase === 'identifying' ? device.phase : 'readingEid'];
  return (
    <Frame title={title}>
      <p className="stage-text">{text}</p>
      <div className="actions">
        <Button
          variant="default"
          loading={cancel.pending}
          onClick={() => void cancel.run({ deviceId: device.id })}
        >
          Stop
        </Button>
      </div>
      {cancel.fault === null ? null : <FaultCard fault={cancel.fault} />}
    </Frame>
  );
}

function Locked() {
  return (
    <Frame title="After that it goes on by itself">
      <p className="stage-text">When the SIM is unlocked, the device is read again and can be ordered for.</p>
    </Frame>
  );
}

function Failed({ device }: { device: Device }) {
  const read = useRequest('devices.read');
  const again = (
    <>
      <PrimaryButton pending={read.pending} onClick={() => void read.run({ deviceId: device.id })}>
        Read again
      </PrimaryButton>
      {device.fault?.code === 'modem.noAnswer' || device.fault?.code === 'port.notFound' ? (
        <Button variant="default" onClick={() => openDialog({ kind: 'addPort' })}>
          Add another port
        </Button>
      ) : null}
    </>
  );
  if (device.fault === null) {
    return (
      <Frame title="The device could not be read">
        <div className="actions">{again}</div>
      </Frame>
    );
  }
  return (
    <Frame bare>
      <FaultCard
        fault={device.fault}
        actions={again}
        tone={device.fault.code === 'cancelled' ? 'wait' : 'failed'}
      />
      {read.fault === null ? null : <FaultCard fault={read.fault} />}
    </Frame>
  );
}

function ReadyToOrder({ device }: { device: Device }) {
  const account = useBenchState((state) => state.account);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const settings = useBenchState((state) => state.settings);
  const mode = useBenchState((state) => state.app.mode);
  const demo = useRequest('demo.open');
  const read = useRequest('devices.read');
  const placing = usePlaceOrder();
  const [accepted, setAccepted] = useState(false);

  if (device.eid === null) {
    return (
      <Frame title="No EID was read">
        <p className="stage-text">The modem answers, but no eUICC told its EID.</p>
        <div className="actions">
          <PrimaryButton pending={read.pending} onClick={() => void read.run({ deviceId: device.id })}>
            Read again
          </PrimaryButton>
        </div>
        {read.fault === null ? null : <FaultCard fault={read.fault} />}
      </Frame>
    );
  }

  if (account.account === null) {
    return (
      <Frame title="No account yet">
        <p className="stage-text">
          To order, the bench needs your Twilio Account SID and an API key with access to Super SIM. They are
          entered once; the secret stays in this computer’s keychain.
        </p>
        <div className="actions">
          <PrimaryButton onClick={() => go({ view: 'account' })}>Set the account</PrimaryButton>
          {mode === 'demo' ? null : (
            <Button variant="default" loading={demo.pending} onClick={() => void demo.run(null)}>
              Try the demo bench
            </Button>
          )}
        </div>
        {demo.fault === null ? null : <FaultCard fault={demo.fault} />}
      </Frame>
    );
  }

  if (account.secret === 'none') {
    return (
      <Frame title="The secret is missing">
        <p className="stage-text">
          The account {several ? account.name : shortSid(accountIdOf(account.account))} is set, but its secret
          is not in the keychain of this computer.
        </p>
        <div className="actions">
          <PrimaryButton onClick={() => go({ view: 'account' })}>Enter the secret</PrimaryButton>
        </div>
      </Frame>
    );
  }

  const valid = device.eid.valid;
  const place = () =>
    placing.place({
      target: { kind: 'device', deviceId: device.id },
      callback: defaultCallback(settings),
      acceptInvalidEid: !valid && accepted,
    });

  return (
    <Frame {...(valid ? { title: 'Ready to order' } : { bare: true })}>
      {valid ? (
        <p className="stage-text">
          One eSIM profile for this EID, from {providerLabel(account.account.provider)}, account{' '}
          {several ? (
            <strong>{account.name}</strong>
          ) : (
            <span className="mono nowrap">{shortSid(accountIdOf(account.account))}</span>
          )}
          .
          {settings.callbackUrl === null ? null : (
            <>
              {' '}
              Changes are also sent to <span className="mono break">{settings.callbackUrl}</span>.
            </>
          )}
        </p>
      ) : (
        <FaultCard
          fault={eidFault(device.eid.value)}
          tone="wait"
          kept="Nothing was ordered."
          actions={
            <>
              <Button
                variant="default"
                loading={read.pending}
                onClick={() => void read.run({ deviceId: device.id })}
              >
                Read again
              </Button>
              <Checkbox
                className="accept"
                checked={accepted}
                onChange={(event) => setAccepted(event.currentTarget.checked)}
                label="I have compared this EID with the label. It is right although its check digits do not hold; order for it."
              />
            </>
          }
        />
      )}
      <AfterOrderingLine />
      <div className="actions">
        <PrimaryButton pending={placing.pending} disabled={!valid && !accepted} onClick={() => void place()}>
          Order profile
        </PrimaryButton>
      </div>
      {placing.fault === null || placing.existing !== null ? null : (
        <FaultCard
          fault={placing.fault}
          {...(/^(account|secret|keychain)\./.test(placing.fault.code)
            ? {
                actions: (
                  <Button variant="default" onClick={() => go({ view: 'account' })}>
                    See the account
                  </Button>
                ),
              }
            : {})}
        />
      )}
      <ExistingProfilesDialog placing={placing} deviceId={device.id} onDone={() => undefined} />
    </Frame>
  );
}
