import type { Chip, ChipNotification, InstalledProfile } from '../../../contract/chip.ts';
import { EXIT } from '../../../contract/fault.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { PortSession } from '../../bench/openSession.ts';
import type { Command } from '../context.ts';
import { onDevice, type PortChoice } from '../onDevice.ts';

/** The EID, read first: it is needed to name the chip, and shows the way to it. */
export interface ReadOut {
  readonly eid: string;
  readonly chip: Chip;
}

export async function readOut(session: PortSession): Promise<Result<ReadOut>> {
  session.step('Reading the eUICC');
  const eid = await session.readEid();
  if (!eid.ok) return eid;
  const { dialogue, identified, signal, tools } = session;
  const chip = await tools.readChip(dialogue, identified, { signal, memory: identified.memory });
  return chip.ok ? ok({ eid: eid.value.value, chip: chip.value }) : chip;
}

/** `chip --port P`: all that the eUICC says of itself. */
export const chip: Command<PortChoice> = (context, options) =>
  onDevice(context, options, readOut, ({ eid, chip: read }) => {
    context.output.result({ eid, ...read }, chipText(eid, read));
    return EXIT.done;
  });

/** `profiles --port P`: one object a profile on the eUICC. */
export const profiles: Command<PortChoice> = (context, options) =>
  onDevice(context, options, readOut, ({ chip: read }) => {
    const { output } = context;
    for (const profile of read.profiles ?? []) output.result({ ...profile }, profileLine(profile));
    if (read.profiles === null) output.progress('This eUICC does not list its profiles.');
    else if (read.profiles.length === 0) output.progress('No profiles on this eUICC.');
    return EXIT.done;
  });

/** `notifications --port P`: one object a notification that is pending. */
export const notifications: Command<PortChoice> = (context, options) =>
  onDevice(context, options, readOut, ({ chip: read }) => {
    const { output } = context;
    for (const each of read.notifications ?? []) output.result({ ...each }, notificationLine(each));
    if (read.notifications === null) output.progress('This eUICC does not list its notifications.');
    else if (read.notifications.length === 0) output.progress('No notifications are pending.');
    return EXIT.done;
  });

function chipText(
  eid: string,
  { info, addresses, profiles: list, notifications: pending, missing }: Chip,
): string {
  const rows: (readonly [string, string | null | undefined])[] = [
    ['EID', eid],
    ['SGP.22', info?.svn],
    ['Firmware', info?.firmwareVersion],
    ['Free memory', bytes(info?.freeNonVolatileBytes ?? null)],
    ['Category', info?.category],
    ['CI keys', info?.ciKeysForVerification.join(', ')],
    ['Default SM-DP+', addresses === null ? null : (addresses.defaultSmdp ?? 'none')],
    ['Root SM-DS', addresses?.rootSmds],
    ...(list ?? []).map((profile): readonly [string, string] => ['Profile', profileLine(profile)]),
    ...(pending ?? []).map((each): readonly [string, string] => ['Notification', notificationLine(each)]),
    ...missing.map(({ part, details }): readonly [string, string] => ['Not given', `${part}: ${details}`]),
  ];
  return rows
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name.padEnd(15)} ${value}`)
    .join('\n');
}

function bytes(count: number | null): string | null {
  return count === null ? null : `${(count / 1_024).toFixed(0)} KiB (${count} bytes)`;
}

export function profileLine(profile: InstalledProfile): string {
  const { iccid, state, profileClass, nickname, name, serviceProvider } = profile;
  return [iccid, state.padEnd(8), profileClass, nickname ?? name, serviceProvider]
    .filter((part) => part !== null && part !== '')
    .join('  ');
}

function notificationLine({ sequenceNumber, operation, iccid, address }: ChipNotification): string {
  return [String(sequenceNumber), operation.padEnd(7), iccid, address]
    .filter((part) => part !== null)
    .join('  ');
}
