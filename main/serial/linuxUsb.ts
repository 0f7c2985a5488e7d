import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PortInfo } from '@serialport/bindings-interface';

const MAX_TEXT = 200;

/** What serialport's list on Linux does not have: the product's name, and where on the bus the device is. */
export interface LinuxPortInfo extends PortInfo {
  readonly product: string | undefined;
}

/**
 * Adds product and location from sysfs (Documentation/ABI/testing/sysfs-bus-usb, sysfs-class-tty). The location is the
 * USB device's name (`1-1.2`), which all ports of one modem share, also where it has no serial number.
 * @param sysfs where sysfs is mounted.
 */
export async function withLinuxUsb(info: PortInfo, sysfs = '/sys'): Promise<LinuxPortInfo> {
  const device = await usbDevice(join(sysfs, 'class/tty', basename(info.path), 'device'));
  if (device === null) return { ...info, product: undefined };
  const [product, manufacturer] = await Promise.all([
    text(join(device, 'product')),
    text(join(device, 'manufacturer')),
  ]);
  return {
    ...info,
    product,
    // udev's text has its blanks replaced where the database of hardware gave it.
    manufacturer: manufacturer ?? info.manufacturer,
    locationId: info.locationId ?? basename(device),
  };
}

/** The folder of the USB device above a tty: the first parent of its interface that has a `idVendor`. */
async function usbDevice(tty: string): Promise<string | null> {
  let folder: string;
  try {
    folder = await realpath(tty);
  } catch {
    return null;
  }
  // ttyACM0 hangs on the interface, ttyUSB0 one below it; the device is right above the interface.
  for (let up = 0; up < 3; up += 1) {
    if ((await text(join(folder, 'idVendor'))) !== undefined) return folder;
    folder = dirname(folder);
  }
  return null;
}

async function text(path: string): Promise<string | undefined> {
  try {
    const content = (await readFile(path, 'utf8')).trim();
    return content === '' ? undefined : content.slice(0, MAX_TEXT);
  } catch {
    return undefined;
  }
}
