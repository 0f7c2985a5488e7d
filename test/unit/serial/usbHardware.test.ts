import { describe, expect, it } from 'vitest';
import type { Port } from '../../../contract/port.ts';
import { isPlaceholderSerial, UsbHardware } from '../../../main/serial/usbHardware.ts';

const port = (path: string, more: Partial<Port> = {}): Port => ({
  path,
  manufacturer: null,
  product: null,
  serialNumber: 'a1b2c3d4',
  locationId: '1-1',
  vendorId: '2c7c',
  productId: '0125',
  interfaceNumber: null,
  ...more,
});

describe('a serial number that is none', () => {
  it.each([
    ['0123456789ABCDEF', true],
    ['0123456789', true],
    ['1234567890ABCDEF', true],
    ['12345678', true],
    ['0000000000000000', true],
    ['FFFFFFFF', true],
    ['1', true],
    ['None', true],
    ['Default string', true],
    ['XXXXXXXX', true],
    [' ', true],
    ['B', false],
    ['B2', false],
    ['a1b2c3d4', false],
    ['867698040000001', false],
    ['0123456789ABCDEG', false],
    ['DEMO000001', false],
  ])('%s: %s', (serial, placeholder) => {
    expect(isPlaceholderSerial(serial)).toBe(placeholder);
  });
});

describe('the hardware behind a port', () => {
  it('is the same for all ports of a modem', () => {
    const hardware = new UsbHardware();
    const ports = [port('/dev/ttyUSB0'), port('/dev/ttyUSB1'), port('/dev/ttyUSB2')];
    expect(new Set(ports.map((each) => hardware.nameOf(each, ports)))).toEqual(
      new Set(['2c7c:0125:a1b2c3d4']),
    );
  });

  it('is the same on another path, and in another socket', () => {
    const hardware = new UsbHardware();
    const before = port('/dev/ttyUSB0');
    const after = port('/dev/ttyUSB7', { locationId: '3-4' });
    expect(hardware.nameOf(after, [after])).toBe(hardware.nameOf(before, [before]));
  });

  it.each([null, '0123456789ABCDEF', '0000'])(
    'is told by its place where its serial number is %s',
    (serialNumber) => {
      const hardware = new UsbHardware();
      const ports = [
        port('/dev/ttyUSB0', { serialNumber }),
        port('/dev/ttyUSB1', { serialNumber }),
        port('/dev/ttyUSB2', { serialNumber, locationId: '1-2' }),
      ];
      const names = ports.map((each) => hardware.nameOf(each, ports));
      expect(names[0]).toBe(names[1]);
      expect(names[2]).not.toBe(names[0]);
    },
  );

  it('is told by its path where it has neither serial number nor place', () => {
    const hardware = new UsbHardware();
    const ports = ['COM3', 'COM4'].map((path) => port(path, { serialNumber: null, locationId: null }));
    expect(ports.map((each) => hardware.nameOf(each, ports))).toEqual(['2c7c:0125:COM3', '2c7c:0125:COM4']);
  });

  it('is not merged with another of the same serial number; the first keeps its name', () => {
    const hardware = new UsbHardware();
    const first = port('/dev/ttyUSB0');
    const second = port('/dev/ttyUSB4', { locationId: '1-2' });
    const name = hardware.nameOf(first, [first]);
    expect(hardware.nameOf(second, [first, second])).toBe('2c7c:0125:a1b2c3d4@1-2');
    expect(hardware.nameOf(first, [first, second])).toBe(name);
    // Also while the first restarts, and when it is back.
    expect(hardware.nameOf(second, [second])).toBe('2c7c:0125:a1b2c3d4@1-2');
    expect(hardware.nameOf(first, [first, second])).toBe(name);
  });

  it('is unknown for what is no modem', () => {
    const hardware = new UsbHardware();
    const ports = [
      port('/dev/ttyS0', { vendorId: null, productId: null }),
      port('/dev/a', { vendorId: '0403' }),
    ];
    expect(ports.map((each) => hardware.nameOf(each, ports))).toEqual([null, null]);
  });

  it('is known for a product that is, though its vendor makes other things', () => {
    const dell = port('/dev/ttyUSB0', { vendorId: '413c', productId: '81d7' });
    const keyboard = port('/dev/ttyUSB1', { vendorId: '413c', productId: '2113' });
    const hardware = new UsbHardware();
    expect(hardware.nameOf(dell, [dell])).toBe('413c:81d7:a1b2c3d4');
    expect(hardware.nameOf(keyboard, [keyboard])).toBeNull();
  });
});
