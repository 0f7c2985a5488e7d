import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PortInfo } from '@serialport/bindings-interface';

const MAX_TEXT = 200;

/** What serialport's list on Linux does not have: the product's name, and which interface of its device a port is. */
export interface LinuxPortInfo extends PortInfo {
  readonly product: string | undefined;
  readonly interfaceNumber: number | undefined;
}

/**
 * Adds product, location and interface from sysfs (Documentation/ABI/testing/sysfs-bus-usb, sysfs-class-tty). The location is the
 * USB device's name (`1-1.2`), which all ports of one modem share, also where it has no serial number.
 * @param sysfs where sysfs is mounted.
 */
export async function withLinuxUsb(info: PortInfo, sysfs = '/sys'): Promise<LinuxPortInfo> {
  const usb = await usbFolders(join(sysfs, 'class/tty', basename(info.path), 'device'));
  if (usb === null) return { ...info, product: undefined, interfaceNumber: undefined };
  const { device } = usb;
  const [product, manufacturer, interfaceNumber] = await Promise.all([
    text(join(device, 'product')),
    text(join(device, 'manufacturer')),
    usb.interface === null ? undefined : text(join(usb.interface, 'bInterfaceNumber')),
  ]);
  return {
    ...info,
    product,
    interfaceNumber: /^[0-9a-f]{2}$/i.test(interfaceNumber ?? '')
      ? Number.parseInt(interfaceNumber ?? '', 16)
      : undefined,
    // udev's text has its blanks replaced where the database of hardware gave it.
    manufacturer: manufacturer ?? info.manufacturer,
    locationId: info.locationId ?? basename(device),
  };
}

interface UsbFolders {
  readonly device: string;
  readonly interface: string | null;
}

/** The folders of a tty's USB device, the first parent that has an `idVendor`, and of its interface below that. */
async function usbFolders(tty: string): Promise<UsbFolders | null> {
  let folder: string;
  try {
    folder = await realpath(tty);
  } catch {
    return null;
  }
  let below: string | null = null;
  // ttyACM0 hangs on the interface, ttyUSB0 one below it; the device is right above the interface.
  for (let up = 0; up < 3; up += 1) {
    if ((await text(join(folder, 'idVendor'))) !== undefined) return { device: folder, interface: below };
    below = folder;
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
