import { describe, expect, it } from 'vitest';
import { PORT_LAYOUTS } from '../../../main/serial/portLayouts.ts';
import { hasKnownLayout, portRole } from '../../../main/serial/portRoles.ts';
import { speedMatters } from '../../../main/serial/usbVendors.ts';

describe('the role of a port', () => {
  it.each<[string, string, string, number | null, string]>([
    ['Quectel EG25', '2c7c', '0125', 0, 'diag'],
    ['Quectel EG25', '2c7c', '0125', 1, 'nmea'],
    ['Quectel EG25', '2c7c', '0125', 2, 'at'],
    ['Quectel EG25', '2c7c', '0125', 3, 'atSecondary'],
    ['Fibocom FM101-GL', '2cb7', '01a2', 2, 'at'],
    ['Fibocom L610', '1782', '4d10', 0, 'at'],
    ['SIMCom SIM7600', '1e0e', '9001', 2, 'at'],
    ['SIMCom A7600E', '1e0e', '9011', 5, 'ppp'],
    ['Sierra EM7455', '1199', '9079', 3, 'at'],
    ['Sierra HL7812', '1199', 'c001', 2, 'ppp'],
    ['Telit FN990', '1bc7', '1070', 4, 'at'],
    ['u-blox TOBY-R2', '1546', '1107', 10, 'diag'],
    ['a u-blox receiver', '1546', '01a8', 0, 'nmea'],
    ['a u-blox receiver', '1546', '01a8', null, 'nmea'],
    ['Cinterion PLS8', '1e2d', '0061', 2, 'at'],
    ['Dell DW5821e', '413c', '81d7', 5, 'diag'],
    ['ZTE', '19d2', '0117', 2, 'at'],
    ['an interface nobody knows', '2c7c', '0125', 7, 'unknown'],
    ['an interface that is not told', '2c7c', '0125', null, 'unknown'],
    ['a product nobody knows', '2c7c', 'ffff', 2, 'unknown'],
    ['another vendor', '0403', '6001', 0, 'unknown'],
  ])('%s %s:%s interface %s: %s', (_, vendorId, productId, interfaceNumber, role) => {
    expect(portRole({ vendorId, productId, interfaceNumber })).toBe(role);
    expect(hasKnownLayout({ vendorId, productId })).toBe(productId !== 'ffff' && vendorId !== '0403');
  });

  it('is unknown without USB ids', () => {
    expect(portRole({ vendorId: null, productId: null, interfaceNumber: null })).toBe('unknown');
  });
});

describe('the table of layouts', () => {
  const products = PORT_LAYOUTS.flatMap(({ vendorId, productIds }) =>
    productIds.map((productId) => `${vendorId}:${productId}`),
  );

  it.each(
    PORT_LAYOUTS.map((layout) => [`${layout.vendorId} ${layout.productIds.join(' ')}`, layout] as const),
  )('%s is well-formed', (_, { vendorId, productIds, roles, others }) => {
    for (const id of [vendorId, ...productIds]) expect(id).toMatch(/^[0-9a-f]{4}$/);
    for (const number of Object.keys(roles).map(Number)) {
      expect(Number.isInteger(number) && number >= 0 && number <= 31).toBe(true);
    }
    expect(Object.values(roles).filter((role) => role === 'at').length).toBeLessThanOrEqual(1);
    expect(Object.keys(roles).length > 0 || others !== undefined).toBe(true);
  });

  it('has each product once', () => {
    expect([...products].sort()).toEqual([...new Set(products)].sort());
  });
});

describe('whether the speed matters', () => {
  it.each([
    ['0403', true],
    ['10C4', true],
    ['1a86', true],
    ['067b', true],
    [null, true],
    ['2c7c', false],
    ['1209', false],
  ])('%s: %s', (vendorId, matters) => {
    expect(speedMatters(vendorId)).toBe(matters);
  });
});
