import type { Device } from '../../../contract/device.ts';
import type { Order } from '../../../contract/order.ts';
import { parseLpa } from '../../format/lpa.ts';

/**
 * Whether the eUICC in front of the technician is set to fetch what was ordered for it. An order by EID is found by the device only
 * at its default SM-DP+ address (SGP.22 §3.1.1); `unread` where the chip has not been read yet.
 */
export interface SmdpOffer {
  /** The SM-DP+ address of the provider. */
  readonly address: string;
  readonly standing: 'same' | 'other' | 'none' | 'unread';
  /** What the eUICC has now; null where none or not read. */
  readonly present: string | null;
}

/** Null where there is nothing to offer: no order by EID for this eUICC that waits to be downloaded, or its address is not known. */
export function smdpOffer(device: Device | null, order: Order): SmdpOffer | null {
  if (device === null || device.phase === 'gone' || device.eid === null) return null;
  if (order.kind !== 'eid' || order.eid !== device.eid.value || order.status !== 'available') return null;
  const address = (order.lpa === null ? null : parseLpa(order.lpa))?.smdpAddress ?? order.smdpAddress;
  if (address === null || address === '') return null;
  const { chip } = device;
  if (chip === null || chip.addresses === null) return { address, standing: 'unread', present: null };
  const present = chip.addresses.defaultSmdp || null;
  if (present === null) return { address, standing: 'none', present };
  return { address, standing: sameHost(present, address) ? 'same' : 'other', present };
}

/** Host names know no upper case, and 443 is the port where none is named. */
function sameHost(one: string, other: string): boolean {
  const plain = (host: string) => host.trim().toLowerCase().replace(/:443$/, '');
  return plain(one) === plain(other);
}
