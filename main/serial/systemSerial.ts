import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import type { BindingInterface } from '@serialport/bindings-interface';
import type { Clock } from '../base/clock.ts';
import { withLinuxUsb } from './linuxUsb.ts';
import type { Serial } from './serial.ts';
import { createSerial, type PortSystem } from './serialPorts.ts';

/**
 * The serial ports of this computer. serialport's native part is loaded when it is first needed: where it cannot be
 * loaded, listing and opening say so, and everything else goes on.
 */
export function createSystemSerial(clock: Clock): Serial {
  return createSerial(systemBinding, { clock, ...(process.platform === 'win32' ? {} : { system: unix }) });
}

const systemBinding: BindingInterface = {
  async list() {
    const ports = await (await nativeBinding()).list();
    return process.platform === 'linux' ? Promise.all(ports.map((port) => withLinuxUsb(port))) : ports;
  },
  async open(options) {
    return (await nativeBinding()).open(options);
  },
};

async function nativeBinding(): Promise<BindingInterface> {
  const { SerialPort } = await import('serialport');
  return SerialPort.binding;
}

const unix: PortSystem = {
  async openErrno(path) {
    try {
      // Not waiting for a carrier, and not becoming the process's terminal.
      await (await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)).close();
      return null;
    } catch (error) {
      return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    }
  },
  async exists(path) {
    try {
      await access(path, constants.F_OK);
      return true;
    } catch {
      return false;
    }
  },
};
