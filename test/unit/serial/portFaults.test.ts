import { describe, expect, it } from 'vitest';
import { type PortMoment, portFault } from '../../../main/serial/portFaults.ts';

const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

describe('what a failing port means', () => {
  it.each<[string, PortMoment, Error, string]>([
    [
      'Linux',
      'open',
      new Error('Error: No such file or directory, cannot open /dev/ttyUSB2'),
      'port.notFound',
    ],
    ['Linux', 'open', new Error('Error: No such device or address, cannot open /dev/ttyS9'), 'port.notFound'],
    ['Linux', 'open', new Error('Error: No such device, cannot open /dev/ttyUSB2'), 'port.notFound'],
    ['Linux', 'open', new Error('Error: Permission denied, cannot open /dev/ttyUSB2'), 'port.forbidden'],
    [
      'Linux',
      'open',
      new Error('Error: Operation not permitted, cannot open /dev/ttyUSB2'),
      'port.forbidden',
    ],
    ['Linux', 'open', new Error('Error: Device or resource busy, cannot open /dev/ttyUSB2'), 'port.busy'],
    ['Linux', 'open', new Error('Error Resource temporarily unavailable Cannot lock port'), 'port.busy'],
    [
      'Linux in German',
      'open',
      new Error('Error Die Ressource ist nicht verfügbar Cannot lock port'),
      'port.busy',
    ],
    [
      'Linux',
      'open',
      new Error('Error: Inappropriate ioctl for device setting custom baud rate of 4098'),
      'port.failed',
    ],
    ['Linux', 'open', new Error('Error: Is a directory, cannot open /dev'), 'port.failed'],
    [
      'Linux',
      'open',
      new Error('Error: Invalid argument || while setting custom baud rate of 7'),
      'port.failed',
    ],
    [
      'Linux in German',
      'open',
      new Error('Error: Keine Berechtigung, cannot open /dev/ttyUSB2'),
      'port.failed',
    ],
    ['Linux', 'use', coded('EIO', 'EIO: i/o error, read'), 'port.vanished'],
    ['Linux', 'use', coded('ENXIO', 'ENXIO: no such device or address, write'), 'port.vanished'],
    ['Linux', 'use', coded('ENODEV', 'no device'), 'port.vanished'],
    ['Linux', 'use', new Error('bad file descriptor'), 'port.vanished'],
    ['macOS', 'open', new Error('Error: Resource busy, cannot open /dev/tty.usbmodem1'), 'port.busy'],
    [
      'macOS',
      'open',
      new Error('Error: Device not configured, cannot open /dev/tty.usbmodem1'),
      'port.notFound',
    ],
    ['macOS', 'use', coded('ENXIO', 'ENXIO: device not configured, read'), 'port.vanished'],
    ['macOS', 'open', new Error('Error baud rate of 7 is not supported on your platform'), 'port.failed'],
    ['Windows', 'open', new Error('Opening COM7: File not found'), 'port.notFound'],
    ['Windows', 'open', new Error('Opening COM7: Access denied'), 'port.busy'],
    ['Windows', 'open', new Error('Opening COM7: Unknown error code 32'), 'port.busy'],
    ['Windows', 'open', new Error('Opening COM7: Unknown error code 433'), 'port.notFound'],
    ['Windows', 'open', new Error('Opening COM7: Unknown error code 31'), 'port.failed'],
    ['Windows', 'open', new Error('Opening COM7: Unknown error code 121'), 'port.failed'],
    ['Windows', 'open', new Error('Open (SetCommState): The parameter is incorrect'), 'port.failed'],
    ['Windows', 'use', new Error('Reading from COM port (ReadIOCompletion): Access denied'), 'port.vanished'],
    [
      'Windows',
      'use',
      new Error('Reading from COM port (ReadIOCompletion): Operation aborted'),
      'port.vanished',
    ],
    [
      'Windows',
      'use',
      new Error('Writing to COM port (GetOverlappedResult): Unknown error code 22'),
      'port.vanished',
    ],
    [
      'Windows',
      'use',
      new Error('Writing to COM port (GetOverlappedResult): Unknown error code 31'),
      'port.vanished',
    ],
    ['anywhere', 'use', new Error('something else'), 'port.failed'],
    ['anywhere', 'open', new Error(''), 'port.failed'],
  ])('%s, %s: %s', (_, moment, error, code) => {
    const fault = portFault(moment, error);
    expect(fault.code).toBe(code);
    expect(fault.details).toContain(error.message);
  });

  it.each<[string, string, RegExp]>([
    ['busy', 'Device or resource busy', /ModemManager/],
    ['forbidden', 'Permission denied', /dialout/],
    ['no serial port', 'Inappropriate ioctl for device', /path/],
    ['no such speed', 'Invalid argument', /speed/],
  ])('%s comes with its remedy', (_, text, hint) => {
    expect(portFault('open', new Error(text)).hint).toMatch(hint);
  });

  it.each([['text'], [null], [undefined], [{ odd: true }]])(
    '%j thrown in place of an error is no trouble',
    (thrown) => {
      expect(portFault('open', thrown).code).toBe('port.failed');
    },
  );
});
