import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { Chip } from '../../../contract/chip.ts';
import type { ActivityKind, Device } from '../../../contract/device.ts';
import { openDialog } from '../../app/place.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { fullWhen } from '../../format/time.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { ActivityFault } from '../devices/ActivityFault.tsx';
import { ActivityRow } from '../devices/ActivityRow.tsx';
import { hasChip, isIdle } from '../devices/deviceReady.ts';
import { NotReady } from '../devices/NotReady.tsx';
import { SimLockCard } from '../devices/SimLockCard.tsx';
import { ChipAddresses } from './ChipAddresses.tsx';
import { ChipFacts } from './ChipFacts.tsx';
import { ChipNotifications } from './ChipNotifications.tsx';
import { ChipProfiles } from './ChipProfiles.tsx';
import { readsByItself } from './readsByItself.ts';

interface ChipPanelProps {
  readonly device: Device;
  /** What was begun last on the device. */
  readonly last: ActivityKind | null;
}

/** Which devices were read by being looked at, and in which of their readinesses, so that a failure is not tried for ever. */
const readOnce = new Map<string, number>();

/** The eUICC of a device: what is on it, what it is, and what can be changed. Read by itself when it is first looked at. */
export function ChipPanel({ device, last }: ChipPanelProps) {
  const read = useRequest('chip.read');
  const { run } = read;
  const byItself = readsByItself(device, readOnce.get(device.id) ?? null);

  useEffect(() => {
    if (!byItself || readOnce.get(device.id) === device.since) return;
    readOnce.set(device.id, device.since);
    void run({ deviceId: device.id });
  }, [byItself, device.id, device.since, run]);

  const { chip } = device;
  const refused = read.fault !== null && device.activityFault === null ? read.fault : null;
  const again = (
    <PrimaryButton
      pending={read.pending}
      disabled={!isIdle(device)}
      onClick={() => void run({ deviceId: device.id })}
    >
      Try again
    </PrimaryButton>
  );

  if (device.phase === 'ready' && !hasChip(device)) {
    return <p className="device-note">No EID was read from this device, so there is no eUICC to look at.</p>;
  }
  if (device.phase !== 'ready' && chip === null) return <NotReady device={device} />;
  return (
    <div className="chip" aria-busy={device.activity !== null}>
      {device.simLock === null ? null : <SimLockCard device={device} lock={device.simLock} />}
      <div className="chip-bar">
        {device.activity === null ? (
          <ReadAt
            chip={chip}
            pending={read.pending}
            idle={isIdle(device)}
            failed={chip === null && (device.activityFault !== null || refused !== null)}
            onRead={() => void run({ deviceId: device.id })}
          />
        ) : (
          <ActivityRow device={device} activity={device.activity} />
        )}
      </div>
      <ActivityFault device={device} last={last} tab="chip" actions={chip === null ? again : undefined} />
      {refused === null ? null : (
        <FaultCard fault={refused} kept={null} actions={chip === null ? again : undefined} />
      )}
      {chip === null ? (
        <Empty waiting={device.activity !== null || read.pending || byItself} />
      ) : (
        <ChipContent device={device} chip={chip} />
      )}
    </div>
  );
}

function ChipContent({ device, chip }: { device: Device; chip: Chip }) {
  const busy = !isIdle(device);
  return (
    <div className="chip-columns">
      <div className="chip-main">
        <ChipProfiles device={device} chip={chip} busy={busy} />
        <ChipNotifications deviceId={device.id} chip={chip} busy={busy} />
      </div>
      <div className="chip-side">
        <ChipAddresses deviceId={device.id} chip={chip} busy={busy} />
        <ChipFacts chip={chip} />
        {device.eid === null ? null : (
          <section className="chip-section" aria-label="Memory reset">
            <div className="chip-section-head">
              <h2>Memory reset</h2>
              <Button
                variant="default"
                className="danger"
                disabled={busy}
                onClick={() => openDialog({ kind: 'chip', deviceId: device.id, ask: { kind: 'reset' } })}
              >
                Reset …
              </Button>
            </div>
            <p className="chip-note">Deletes every profile on this eUICC and its default SM-DP+ address.</p>
          </section>
        )}
      </div>
    </div>
  );
}

interface ReadAtProps {
  readonly chip: Chip | null;
  readonly pending: boolean;
  readonly idle: boolean;
  /** Its fault's card has the button then. */
  readonly failed: boolean;
  readonly onRead: () => void;
}

function ReadAt({ chip, pending, idle, failed, onRead }: ReadAtProps) {
  return (
    <div className="activity-row">
      {chip === null ? (
        <span className="activity-what">Not read yet</span>
      ) : (
        <>
          <Mark tone="done" />
          <span className="activity-what">Read {fullWhen(chip.readAt, Date.now())}</span>
        </>
      )}
      {failed ? null : (
        <Button variant="default" loading={pending} disabled={!idle} onClick={onRead}>
          {chip === null ? 'Read the chip' : 'Read the chip again'}
        </Button>
      )}
    </div>
  );
}

/** The place of the profiles while they are being read. */
function Empty({ waiting }: { waiting: boolean }) {
  return waiting ? (
    <p className="chip-reading">Profiles, addresses, memory and notifications appear here.</p>
  ) : null;
}
