import type { Port } from '../../contract/port.ts';
import { hasKnownLayout } from './portRoles.ts';
import { isModemVendor } from './usbVendors.ts';

/** One character again and again: `0000`, `1`, `FFFF`. */
const SAME = /^(?:(\d)\1*|(.)\2{3,})$/;
const SEQUENCES = ['0123456789abcdef', '1234567890abcdef', '123456789abcdef'];
const WORDS = /^(none|null|n\/?a|unknown|undefined|default( string)?|serial(number)?|to be filled.*)$/i;

/**
 * Whether this is no serial number of its own but what a maker left in: `0123456789ABCDEF`, `12345678`, zeros. All modems
 * of a model have the same.
 */
export function isPlaceholderSerial(serial: string): boolean {
  const text = serial.trim().toLowerCase();
  if (text === '' || WORDS.test(text) || SAME.test(text)) return true;
  return SEQUENCES.some((sequence) => sequence.startsWith(text));
}

/**
 * Tells one piece of USB hardware from another, so that all ports of a modem are one device, and stay it when it comes back
 * on another path. A name is made of vendor, product and serial number; of the place on the bus where there is no serial
 * number of its own. Modems of a model may share a serial number without looking like a placeholder: once the same is seen
 * at two places at once, the one that came later, and any after it, is named by its place, too.
 */
export class UsbHardware {
  /** The place that had a shared serial number first, by name; and whether another was seen beside it. */
  readonly #places = new Map<string, { place: string; shared: boolean }>();

  /**
   * @param present all ports that are there now, with this one or without.
   * @returns null for a port that is not known to be a modem's.
   */
  nameOf(port: Port, present: readonly Port[]): string | null {
    if (!isModemVendor(port.vendorId) && !hasKnownLayout(port)) return null;
    const { serialNumber, locationId } = port;
    const model = `${port.vendorId}:${port.productId}`;
    if (serialNumber === null || isPlaceholderSerial(serialNumber)) {
      return `${model}:${locationId ?? port.path}`;
    }
    const name = `${model}:${serialNumber}`;
    if (locationId === null) return name;
    const first = this.#places.get(name);
    if (first === undefined) {
      this.#places.set(name, { place: locationId, shared: false });
      return name;
    }
    if (first.place === locationId) return name;
    if (!first.shared && !present.some((other) => isAt(other, port, first.place))) {
      // The same one, plugged in elsewhere.
      first.place = locationId;
      return name;
    }
    first.shared = true;
    return `${name}@${locationId}`;
  }
}

function isAt(other: Port, like: Port, place: string): boolean {
  return (
    other.vendorId === like.vendorId &&
    other.productId === like.productId &&
    other.serialNumber === like.serialNumber &&
    other.locationId === place
  );
}
