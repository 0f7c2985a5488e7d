import type { ModemIdentity } from '../../../contract/device.ts';
import type { EidCommand, Family } from './family.ts';
import { fibocom } from './fibocom.ts';
import { foxconn } from './foxconn.ts';
import { generic, unisoc } from './generic.ts';
import { huawei } from './huawei.ts';
import { mediatek } from './mediatek.ts';
import { nordic } from './nordic.ts';
import { quectel } from './quectel.ts';
import { sequans } from './sequans.ts';
import { sierra } from './sierra.ts';
import { simcom } from './simcom.ts';
import { telit } from './telit.ts';
import { thales } from './thales.ts';
import { ublox } from './ublox.ts';
import { zte } from './zte.ts';

/** All families; the first that matches is a modem's own, and the last matches every modem. */
export const FAMILIES: readonly Family[] = [
  quectel,
  mediatek,
  fibocom,
  simcom,
  sierra,
  telit,
  ublox,
  thales,
  nordic,
  foxconn,
  huawei,
  zte,
  sequans,
  unisoc,
  generic,
];

export function familyOf(identity: ModemIdentity): Family {
  return FAMILIES.find((family) => family.matches(identity)) ?? generic;
}

/** The hint of this modem's family for an eUICC that is kept from us, or null. */
export function hintWhenRefused(identity: ModemIdentity): string | null {
  return familyOf(identity).hintWhenRefused ?? null;
}

const ORDER = { beforeTheRest: 2, last: 3, never: 4 } as const;

/**
 * Commands for the EID in the order in which they are worth trying on this modem: the one that answered before, those of
 * its family, the rest.
 */
export function eidCommandsFor(identity: ModemIdentity, before: string | null): readonly EidCommand[] {
  const own = new Set(familyOf(identity).eid ?? []);
  const rank = (each: EidCommand) =>
    each.name === before ? 0 : own.has(each) && each.elsewhere !== 'last' ? 1 : ORDER[each.elsewhere];
  const all = new Set(FAMILIES.flatMap((family) => family.eid ?? []));
  return [...all]
    .filter((each) => own.has(each) || each.name === before || each.elsewhere !== 'never')
    .sort((one, other) => rank(one) - rank(other));
}
