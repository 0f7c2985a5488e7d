import type { PortInfo } from '@serialport/bindings-interface';
import type { Port } from '../../contract/port.ts';
import { normaliseUsbId } from './usbVendors.ts';

const MAX_TEXT = 200;

/**
 * A port as the bench knows it, from what a binding lists. USB texts come from the device: control characters are
 * taken out and length is bounded.
 */
export function describePort(info: PortInfo): Port {
  const manufacturer = usbText(info.manufacturer);
  return {
    path: info.path,
    manufacturer,
    product: productOf(info, manufacturer),
    serialNumber: usbText(info.serialNumber),
    locationId: usbText(info.locationId),
    vendorId: normaliseUsbId(info.vendorId),
    productId: normaliseUsbId(info.productId),
    interfaceNumber: interfaceNumberOf(info),
  };
}

/** A USB configuration has 256 interfaces at most (`bNumInterfaces` is one byte). */
const MAX_INTERFACE = 255;

/**
 * As the binding tells it (ours on Linux, linuxUsb.ts); else from udev's by-id link (`…-if02-port0`, hex as in sysfs), or
 * from the device instance id of Windows (`USB\\VID_2C7C&PID_0125&MI_02\\…`).
 */
function interfaceNumberOf(info: PortInfo): number | null {
  if ('interfaceNumber' in info) {
    const told = info.interfaceNumber;
    if (typeof told === 'number' && Number.isInteger(told) && told >= 0 && told <= MAX_INTERFACE) return told;
  }
  const id = usbText(info.pnpId) ?? '';
  const hex =
    /-if([0-9a-f]{2})(?:-port\d+)?$/i.exec(id)?.[1] ?? /&MI_([0-9a-f]{2})(?![0-9a-f])/i.exec(id)?.[1];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

function usbText(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the point
  const clean = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return clean === '' ? null : clean.slice(0, MAX_TEXT);
}

/**
 * Bindings have no field for the product. Ours on Linux adds one (linuxUsb.ts); Windows puts it into `friendlyName`,
 * with the port's name behind it; udev's by-id link has it between maker and serial number.
 */
function productOf(info: PortInfo, manufacturer: string | null): string | null {
  if ('product' in info) {
    const product = usbText(info.product);
    if (product !== null) return product;
  }
  if ('friendlyName' in info) {
    const name = usbText(info.friendlyName)?.replace(/\s*\(COM\d+\)\s*$/i, '');
    if (name !== undefined && name !== '') return name;
  }
  return productInLink(usbText(info.pnpId), manufacturer, usbText(info.serialNumber));
}

/** `usb-Quectel_EM05-G_0123456789-if02-port0` → `EM05-G`. */
function productInLink(
  link: string | null,
  manufacturer: string | null,
  serial: string | null,
): string | null {
  const body = /^usb-(.+?)(?:-if[0-9a-f]{2}(?:-port\d+)?)?$/i.exec(link ?? '')?.[1];
  if (body === undefined || manufacturer === null) return null;
  const maker = `${manufacturer.replace(/ /g, '_')}_`;
  if (!body.startsWith(maker)) return null;
  const rest = body.slice(maker.length);
  const model = serial !== null && rest.endsWith(`_${serial}`) ? rest.slice(0, -serial.length - 1) : rest;
  const product = model.replace(/_/g, ' ').trim();
  return product === '' ? null : product;
}
