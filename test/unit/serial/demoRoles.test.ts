import { describe, expect, it } from 'vitest';
import { MAKE_NAMES, MAKES, type Make } from '../../../main/demo/modem/makes.ts';
import { portRole } from '../../../main/serial/portRoles.ts';

/** What the table may say of a virtual port that does this. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  at: ['at', 'atSecondary', 'unknown'],
  ppp: ['ppp', 'at', 'atSecondary', 'unknown'],
  nmea: ['nmea', 'unknown'],
  diag: ['diag', 'unknown'],
};

describe('the roles of virtual ports, which were written down apart from the table', () => {
  it.each(MAKE_NAMES.map((name) => [name] as const))('%s fits it', (name) => {
    const { usb, ports }: Make = MAKES[name];
    for (const { interfaceNumber, role } of ports) {
      const told = portRole({ ...usb, interfaceNumber });
      expect({ interfaceNumber, told, fits: FITS[role]?.includes(told) }).toMatchObject({ fits: true });
    }
  });
});
