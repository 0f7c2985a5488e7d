import { Button } from '@mantine/core';
import type { Chip } from '../../../contract/chip.ts';
import { openDialog } from '../../app/place.ts';
import { tail } from '../../format/digits.ts';
import { ChipSection } from './ChipSection.tsx';
import { missingSentence, notificationProfile, OPERATION_WORDS } from './chipWords.ts';

interface ChipNotificationsProps {
  readonly deviceId: string;
  readonly chip: Chip;
  readonly busy: boolean;
}

/** What the eUICC still has to tell servers. The bench sends nothing for it; it shows, and removes when asked. */
export function ChipNotifications({ deviceId, chip, busy }: ChipNotificationsProps) {
  const notifications = chip.notifications ?? [];
  return (
    <ChipSection
      title="Pending notifications"
      aside={chip.notifications === null ? null : <span className="count">{notifications.length}</span>}
      missing={missingSentence(chip, 'notifications')}
    >
      {notifications.length === 0 ? (
        <p className="chip-none">none: the eUICC has nothing left to tell a server</p>
      ) : (
        <ul className="notifications">
          {notifications.map((notification) => {
            const name = notificationProfile(notification, chip);
            const { sequenceNumber } = notification;
            const ask = (kind: 'showNotification' | 'removeNotification') =>
              openDialog({ kind: 'chip', deviceId, ask: { kind, sequenceNumber } });
            return (
              <li key={sequenceNumber} className="notification">
                <span className="notification-number mono">{sequenceNumber}</span>
                <span className="notification-what">
                  <span>
                    {OPERATION_WORDS[notification.operation]}
                    {name === null ? '' : `: ${name}`}
                    {name === null && notification.iccid !== null ? (
                      <>
                        : ICCID <span className="mono">{tail(notification.iccid)}</span>
                      </>
                    ) : null}
                  </span>
                  <span className="notification-to">
                    for <span className="mono break">{notification.address}</span>
                  </span>
                </span>
                <span className="notification-actions">
                  <Button
                    variant="subtle"
                    disabled={busy}
                    aria-label={`Show notification ${sequenceNumber}`}
                    onClick={() => ask('showNotification')}
                  >
                    Show
                  </Button>
                  <Button
                    variant="subtle"
                    disabled={busy}
                    aria-label={`Remove notification ${sequenceNumber}`}
                    onClick={() => ask('removeNotification')}
                  >
                    Remove
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </ChipSection>
  );
}
