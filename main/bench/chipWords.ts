import type { Chip, ChipChange, InstalledProfile } from '../../contract/chip.ts';

/** A profile as a person calls it: its nickname, else its name, else its provider's name, with the last digits of its ICCID. */
export function profileLabel(
  profile: Pick<InstalledProfile, 'nickname' | 'name' | 'serviceProvider' | 'iccid'>,
): string {
  const name = [profile.nickname, profile.name, profile.serviceProvider].find(
    (text) => text !== null && text.trim() !== '',
  );
  const digits = `ICCID …${profile.iccid.slice(-4)}`;
  return name === undefined || name === null ? digits : `${name} (${digits})`;
}

/** The name of the profile that a change is about; null for those that are about none. */
export function profileName(chip: Chip | null, change: ChipChange): string | null {
  if (!('iccid' in change)) return null;
  const found = chip?.profiles?.find(({ iccid }) => iccid === change.iccid);
  return found === undefined ? `ICCID …${change.iccid.slice(-4)}` : profileLabel(found);
}

/** What a change does, for the history; without the full stop. */
export function changeWords(change: ChipChange, name: string | null): string {
  switch (change.kind) {
    case 'enable':
      return `Enabled ${name}`;
    case 'disable':
      return `Disabled ${name}`;
    case 'delete':
      return `Deleted ${name}`;
    case 'nickname':
      return change.nickname === '' ? `Took the nickname off ${name}` : `Named ${name} “${change.nickname}”`;
    case 'defaultSmdp':
      return change.address === ''
        ? 'Took the default SM-DP+ address off'
        : `Set the default SM-DP+ address to ${change.address}`;
    case 'removeNotification':
      return `Removed notification ${change.sequenceNumber}`;
    case 'reset':
      return 'Reset the eUICC: all operational profiles deleted';
  }
}
