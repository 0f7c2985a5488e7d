import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describePort } from '../../../main/serial/describePort.ts';
import { withLinuxUsb } from '../../../main/serial/linuxUsb.ts';
import { isModemVendor, modemMaker, normaliseUsbId } from '../../../main/serial/usbVendors.ts';
import { portInfo } from './fakeBinding.ts';

describe('USB ids', () => {
  it.each([
    ['2c7c', '2c7c'],
    ['2C7C', '2c7c'],
    ['0x2C7C', '2c7c'],
    ['e8d', '0e8d'],
    [' 1bc7 ', '1bc7'],
    ['', null],
    ['0x', null],
    ['12345', null],
    ['zzzz', null],
    [null, null],
    [undefined, null],
  ])('%j', (text, expected) => {
    expect(normaliseUsbId(text)).toBe(expected);
  });

  it.each([
    ['2c7c', 'Quectel'],
    ['2CB7', 'Fibocom'],
    ['0e8d', 'MediaTek'],
    ['1e0e', 'SIMCom'],
    ['1199', 'Sierra Wireless'],
    ['1bc7', 'Telit'],
    ['1546', 'u-blox'],
    ['1e2d', 'Thales'],
    ['105b', 'Foxconn'],
    ['12d1', 'Huawei'],
    ['19d2', 'ZTE'],
    ['1915', 'Nordic Semiconductor'],
    ['0403', null],
    [null, null],
  ])('of modem makers: %s is %s', (id, maker) => {
    expect(modemMaker(id)).toBe(maker);
    expect(isModemVendor(id)).toBe(maker !== null);
  });
});

describe('the product', () => {
  const linux = {
    manufacturer: 'Quectel Wireless',
    serialNumber: 'abc',
    pnpId: 'usb-Quectel_Wireless_EM05-G_abc-if02-port0',
  };
  it.each<[string, Parameters<typeof portInfo>[1] & Record<string, unknown>, string | null]>([
    ['as it is given', { ...linux, product: 'EM05-G LTE' }, 'EM05-G LTE'],
    ["from Windows' friendly name", { friendlyName: 'Quectel USB AT Port (COM7)' }, 'Quectel USB AT Port'],
    ["from udev's link", linux, 'EM05-G'],
    [
      "from udev's link without a serial number",
      { ...linux, serialNumber: undefined, pnpId: 'usb-Quectel_Wireless_EM05_G-if00' },
      'EM05 G',
    ],
    ['not where the link has another maker', { ...linux, manufacturer: 'Acme' }, null],
    ['not where there is nothing', {}, null],
  ])('%s', (_, info, expected) => {
    expect(describePort({ ...portInfo('/dev/ttyUSB2'), ...info }).product).toBe(expected);
  });

  it('and the maker are bounded and free of control characters', () => {
    const { manufacturer, serialNumber } = describePort(
      portInfo('/dev/a', { manufacturer: `A\u0000\u001b[31mB${'x'.repeat(500)}`, serialNumber: ' \n ' }),
    );
    expect(manufacturer?.length).toBe(200);
    expect(manufacturer?.startsWith('A [31mB')).toBe(true);
    expect(serialNumber).toBeNull();
  });
});

describe('the interface', () => {
  it.each<[string, Record<string, unknown>, number | null]>([
    ['as it is given', { interfaceNumber: 3, pnpId: 'usb-Quectel_EM05-G_abc-if02-port0' }, 3],
    ['zero', { interfaceNumber: 0 }, 0],
    ["from udev's link", { pnpId: 'usb-Quectel_EM05-G_abc-if02-port0' }, 2],
    ["from udev's link, in hex", { pnpId: 'usb-u-blox_TOBY_R2-if0a' }, 10],
    ["from Windows' instance id", { pnpId: 'USB\\VID_2C7C&PID_0125&MI_02\\6&1A2B3C4D&0&0002' }, 2],
    ["from Windows' instance id, in hex", { pnpId: 'USB\\VID_1546&PID_1107&MI_0A\\7&2' }, 10],
    ['not of a device with one', { pnpId: 'USB\\VID_0403&PID_6001\\A50285BI' }, null],
    ['not where it is no number', { interfaceNumber: '2' }, null],
    ['not where no device has so many', { interfaceNumber: 256 }, null],
    ['not where it is not told', { interfaceNumber: undefined }, null],
    ['not where there is nothing', {}, null],
  ])('%s', (_, info, expected) => {
    expect(describePort({ ...portInfo('/dev/ttyUSB2'), ...info }).interfaceNumber).toBe(expected);
  });
});

describe('what sysfs knows of a port', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  /** A sysfs with one USB device, `1-1.2`, and a tty under its interface 2. */
  async function sysfs(below: string): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), 'sysfs-'));
    folders.push(root);
    const device = join(root, 'devices/pci/usb1/1-1/1-1.2');
    await mkdir(join(device, '1-1.2:1.2', below), { recursive: true });
    await writeFile(join(device, '1-1.2:1.2', 'bInterfaceNumber'), '0a\n');
    await writeFile(join(device, 'idVendor'), '2c7c\n');
    await writeFile(join(device, 'product'), 'EM05-G\n');
    await writeFile(join(device, 'manufacturer'), 'Quectel\n');
    await mkdir(join(root, 'class/tty/ttyX0'), { recursive: true });
    await symlink(join(device, '1-1.2:1.2', below), join(root, 'class/tty/ttyX0/device'));
    return root;
  }

  it.each([
    ['a USB serial port', 'ttyX0'],
    ['a modem of class CDC', ''],
  ])('%s: product, maker, place on the bus and interface', async (_, below) => {
    const info = await withLinuxUsb(portInfo('/dev/ttyX0', { manufacturer: 'Quectel_' }), await sysfs(below));
    expect(describePort(info)).toMatchObject({
      product: 'EM05-G',
      manufacturer: 'Quectel',
      locationId: '1-1.2',
      interfaceNumber: 10,
    });
  });

  it('a port that is not on USB stays as it is', async () => {
    const info = await withLinuxUsb(portInfo('/dev/ttyS0'), await sysfs('ttyX0'));
    expect(describePort(info)).toMatchObject({ product: null, manufacturer: null, locationId: null });
  });
});
