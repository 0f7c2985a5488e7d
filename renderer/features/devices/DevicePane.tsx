import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconEye, IconEyeOff, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import type { Device } from '../../../contract/device.ts';
import { ChipPanel, DeviceHistory, NetworkPanel } from '../../app/later.ts';
import { openDialog, showOrder, usePlace } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { masked } from '../../format/digits.ts';
import { duration } from '../../format/time.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { DeviceTabs } from './DeviceTabs.tsx';
import { isIdle } from './deviceReady.ts';
import { deviceName, deviceWord, orderOf, portName } from './deviceWords.ts';
import { OrderPanel } from './OrderPanel.tsx';
import { SlotMenu } from './SlotMenu.tsx';
import { useLastActivity } from './useLastActivity.ts';

const EID_VIA = { cgla: 'AT+CGLA', csim: 'AT+CSIM', vendor: 'vendor’s command' } as const;

/** One device: who it is, and of its order, chip, network and history the one that is looked at. */
export function DevicePane({ device }: { device: Device }) {
  const orders = useBenchState((state) => state.orders);
  const order = orderOf(device, orders);
  const { deviceTab } = usePlace();
  const last = useLastActivity(device);
  const read = useRequest('devices.read');
  const remove = useRequest('devices.remove');
  const fault = read.fault ?? remove.fault;
  const busy = device.phase === 'opening' || device.phase === 'identifying' || device.phase === 'readingEid';

  return (
    <article className="device" aria-label={deviceName(device)}>
      <header className="device-head">
        <div className="device-title">
          <h1>{deviceName(device)}</h1>
          <StateMark state={deviceWord(device, order)} strong />
        </div>
        <div className="device-tools">
          <span className="device-port mono">
            {portName(device.port.path)} · {device.port.baudRate}
          </span>
          <Tooltip label="Read again">
            <ActionIcon
              variant="subtle"
              size={36}
              aria-label="Read again"
              disabled={busy || device.phase === 'gone' || device.activity !== null}
              loading={read.pending}
              onClick={() => void read.run({ deviceId: device.id })}
            >
              <IconRefresh size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <Menu>
            <Menu.Target>
              <ActionIcon variant="subtle" size={36} aria-label="More for this device">
                <IconDots size={18} stroke={1.75} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {order === null ? null : (
                <Menu.Item onClick={() => showOrder(order.id)}>Show its order</Menu.Item>
              )}
              <Menu.Item
                disabled={!isIdle(device)}
                onClick={() => openDialog({ kind: 'report', deviceId: device.id })}
              >
                Save compatibility report
              </Menu.Item>
              <Menu.Item onClick={() => void remove.run({ deviceId: device.id })}>
                {device.phase === 'gone' ? 'Take out of the list' : 'Close the port and take out of the list'}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>

      <Identity device={device} iccid={order?.iccid ?? device.iccid} />
      {fault === null ? null : <FaultCard fault={fault} />}
      <DeviceTabs
        tab={deviceTab}
        aside={device.slots === null ? null : <SlotMenu device={device} slots={device.slots} />}
      >
        {deviceTab === 'order' ? <OrderPanel device={device} order={order} last={last} /> : null}
        <Suspense>
          {deviceTab === 'chip' ? <ChipPanel device={device} last={last} /> : null}
          {deviceTab === 'network' ? <NetworkPanel device={device} last={last} /> : null}
          {deviceTab === 'history' ? <DeviceHistory device={device} /> : null}
        </Suspense>
      </DeviceTabs>
    </article>
  );
}

function Identity({ device, iccid }: { device: Device; iccid: string | null }) {
  return (
    <dl className="identity">
      <div className="identity-eid">
        <dt>EID</dt>
        <dd>
          {device.eid === null ? (
            <span className="identity-none">{device.phase === 'failed' ? 'not read' : 'being read'}</span>
          ) : (
            <>
              <Digits value={device.eid.value} size="lg" />
              <CopyButton value={device.eid.value} what="EID" />
              <span className="identity-check">
                <StateMark
                  state={
                    device.eid.valid
                      ? { word: 'checked', tone: 'done' }
                      : { word: 'check digits fail', tone: 'failed' }
                  }
                />
                <span className="identity-via">
                  in {duration(device.eid.elapsedMs)}, {EID_VIA[device.eid.via]}
                </span>
              </span>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>IMEI</dt>
        <dd>{device.modem?.imei ? <Imei value={device.modem.imei} /> : <None />}</dd>
      </div>
      <div>
        <dt>ICCID</dt>
        <dd>
          {iccid === null ? (
            <None />
          ) : (
            <>
              <Digits value={iccid} />
              <CopyButton value={iccid} what="ICCID" />
            </>
          )}
        </dd>
      </div>
      <Row name="Firmware" value={device.modem?.revision ?? null} />
      <Row name="SIM" value={device.simState} />
    </dl>
  );
}

function Row({ name, value }: { name: string; value: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === null ? <None /> : <Text>{value}</Text>}</dd>
    </div>
  );
}

function Text({ children }: { children: ReactNode }) {
  return <span className="mono identity-text">{children}</span>;
}

function None() {
  return <span className="identity-none">–</span>;
}

/** Masked until asked: it names a device, and who stands behind can read along. */
function Imei({ value }: { value: string }) {
  const always = useBenchState((state) => state.settings.showIdentifiers);
  const [asked, setAsked] = useState(false);
  const shown = always || asked;
  return (
    <>
      <Digits value={shown ? value : masked(value)} fromEnd />
      {always ? null : (
        <ActionIcon
          variant="subtle"
          size={30}
          aria-label={shown ? 'Hide the IMEI' : 'Show the IMEI'}
          onClick={() => setAsked(!shown)}
        >
          {shown ? <IconEyeOff size={17} stroke={1.75} /> : <IconEye size={17} stroke={1.75} />}
        </ActionIcon>
      )}
      {shown ? <CopyButton value={value} what="IMEI" /> : null}
    </>
  );
}
