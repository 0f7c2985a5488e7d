import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconMaximize, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Device } from '../../../contract/device.ts';
import type { Order } from '../../../contract/order.ts';
import { openDialog } from '../../app/place.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { parseLpa } from '../../format/lpa.ts';
import { announce } from '../../ui/announcer.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { SavedNote } from '../../ui/SavedNote.tsx';
import { SimFact } from '../sims/SimFact.tsx';
import { isNextToActivate } from '../sims/simStanding.ts';
import { OnThisEuicc } from './OnThisEuicc.tsx';
import { QrImage } from './QrImage.tsx';
import { type SmdpOffer, smdpOffer } from './smdpOffer.ts';
import { WaitingLine } from './WaitingLine.tsx';

interface QrCardProps {
  readonly order: Order;
  readonly lpa: string;
  /** The device that the order is shown at; left out in the ledger. */
  readonly device?: Device;
}

/** The QR with everything that can be typed instead of scanned, or set on the eUICC. */
export function QrCard({ order, lpa, device }: QrCardProps) {
  const save = useRequest('orders.saveQr');
  const print = useRequest('orders.printQr');
  const [saved, setSaved] = useState<string | null>(null);
  const parts = parseLpa(lpa);
  const smdpAddress = parts?.smdpAddress ?? order.smdpAddress;
  const emptyMatchingId = parts !== null && parts.matchingId === '';
  const fault = save.fault ?? print.fault;
  const offer = device === undefined ? null : smdpOffer(device, order);

  const saveAs = async (format: 'png' | 'svg') => {
    const result = await save.run({ orderId: order.id, format });
    setSaved(result.ok ? result.value.path : null);
    if (result.ok && result.value.path !== null) announce(`Saved as ${result.value.path}`);
  };

  return (
    <div className="stage">
      <button
        type="button"
        className="qr-box"
        aria-label="Enlarge the QR code"
        aria-keyshortcuts="F"
        onClick={() => openDialog({ kind: 'qr', orderId: order.id })}
      >
        <QrImage text={lpa} label={`QR code: ${lpa}`} testId="qr" />
      </button>
      <div className="stage-head">
        <h2 className="stage-title">{titleOf(order)}</h2>
        <WaitingLine order={order} />
        <p className="stage-text">{howTo(order, emptyMatchingId, offer)}</p>
        {order.confirmationCodeRequired && order.status === 'available' ? (
          <p className="stage-text stage-text-strong">
            The device asks for a confirmation code. The provider has it.
          </p>
        ) : null}
      </div>
      <div className="stage-tools">
        {isNextToActivate(order) ? (
          <PrimaryButton onClick={() => openDialog({ kind: 'activateSim', orderId: order.id })}>
            Activate the SIM
          </PrimaryButton>
        ) : null}
        <Button
          variant="default"
          leftSection={<IconMaximize size={17} stroke={1.75} />}
          rightSection={<KeyHint>F</KeyHint>}
          aria-keyshortcuts="F"
          onClick={() => openDialog({ kind: 'qr', orderId: order.id })}
        >
          Enlarge
        </Button>
        <Menu>
          <Menu.Target>
            <Button
              variant="default"
              loading={save.pending}
              leftSection={<IconDownload size={17} stroke={1.75} />}
              rightSection={<IconChevronDown size={15} stroke={1.75} />}
            >
              Save
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void saveAs('png')}>Save as PNG</Menu.Item>
            <Menu.Item onClick={() => void saveAs('svg')}>Save as SVG</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button
          variant="default"
          loading={print.pending}
          leftSection={<IconPrinter size={17} stroke={1.75} />}
          onClick={() => void print.run({ orderId: order.id })}
        >
          Print
        </Button>
      </div>
      {fault === null && saved === null ? null : (
        <div className="stage-fault">
          <SavedNote path={saved} />
          {fault === null ? null : <FaultCard fault={fault} />}
        </div>
      )}
      <dl className="facts">
        <Fact name="Activation code" copy={lpa} wide>
          <span className="mono">{lpa}</span>
        </Fact>
        {smdpAddress === null ? null : (
          <Fact name="SM-DP+ address" copy={smdpAddress}>
            <span className="mono">{smdpAddress}</span>
          </Fact>
        )}
        {emptyMatchingId || parts === null ? null : (
          <Fact name="Matching ID" copy={parts.matchingId}>
            <span className="mono">{parts.matchingId}</span>
          </Fact>
        )}
        <SimFact order={order} />
        {offer === null || device === undefined ? null : <OnThisEuicc device={device} offer={offer} />}
      </dl>
    </div>
  );
}

function titleOf(order: Order): string {
  if (order.status === 'installed') return 'The profile is on the device';
  if (order.status === 'downloaded') return 'The device has downloaded the profile';
  return 'Scan with the device';
}

function howTo(order: Order, emptyMatchingId: boolean, offer: SmdpOffer | null): string {
  if (order.status === 'downloaded' || order.status === 'installed') {
    return 'The activation code has been used. It stays here with the order.';
  }
  if (!emptyMatchingId) return 'Or enter the activation code by hand.';
  const tied = 'This profile is tied to the EID, so the matching ID is empty.';
  if (offer === null) {
    return `${tied} If the device refuses the code, set the SM-DP+ address below as its default SM-DP+ and let it look for a profile.`;
  }
  return offer.standing === 'same'
    ? `${tied} The eUICC has the SM-DP+ address below as its default: let the device look for a profile, or scan.`
    : `${tied} If the device refuses the code, set the default SM-DP+ address on its eUICC below and let it look for a profile.`;
}

interface FactProps {
  readonly name: string;
  readonly copy: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, copy, wide = false, children }: FactProps) {
  return (
    <div className={wide ? 'fact fact-wide' : 'fact'}>
      <dt>{name}</dt>
      <dd>
        <span className="fact-value">{children}</span>
        <CopyButton value={copy} what={name} />
      </dd>
    </div>
  );
}
