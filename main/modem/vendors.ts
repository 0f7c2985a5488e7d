import type { ModemIdentity } from '../../contract/device.ts';
import { ceid } from './ceid.ts';
import { fibocom } from './fibocom.ts';
import { quectel } from './quectel.ts';
import type { VendorEid } from './vendor.ts';

/** All that is known of vendors' own commands for the EID. The next vendor is one file and one row. */
export const VENDORS: readonly VendorEid[] = [quectel, fibocom, ceid];

/** In the order in which they are worth trying on this modem: the one that answered before, those made for it, the rest. */
export function vendorsFor(identity: ModemIdentity, before: string | null): VendorEid[] {
  const rank = (vendor: VendorEid) => (vendor.name === before ? 0 : vendor.matches(identity) ? 1 : 2);
  return [...VENDORS].sort((one, other) => rank(one) - rank(other));
}

/** The hint of this modem's vendor for an eUICC that is kept from us, or null. */
export function vendorHint(identity: ModemIdentity): string | null {
  return (
    VENDORS.find((vendor) => vendor.matches(identity) && vendor.hintWhenRefused)?.hintWhenRefused ?? null
  );
}
