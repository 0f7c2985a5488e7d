import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../../main/demo/bytes.ts';
import { classForChannel, readClass, readCommand, SW } from '../../../../main/demo/euicc/apdu.ts';

describe('the class byte (TS 102 221 §10.1.1)', () => {
  it.each([
    [0x00, 0, 'interindustry'],
    [0x03, 3, 'interindustry'],
    [0x40, 4, 'interindustry'],
    [0x4f, 19, 'interindustry'],
    [0x80, 0, 'uicc'],
    [0x81, 1, 'uicc'],
    [0x83, 3, 'uicc'],
    [0xc0, 4, 'uicc'],
    [0xcf, 19, 'uicc'],
  ])('%i names channel %i of the %s commands', (cla, channel, space) => {
    expect(readClass(cla)).toEqual({ channel, space });
    expect(classForChannel(cla, channel)).toBe(cla);
  });

  it.each([
    [0x04, SW.secureMessagingNotSupported],
    [0x6f, SW.secureMessagingNotSupported],
    [0x10, SW.chainingNotSupported],
    [0x50, SW.chainingNotSupported],
    [0xa0, SW.claNotSupported],
    [0xff, SW.claNotSupported],
  ])('%i is refused', (cla, sw) => {
    expect(readClass(cla)).toBe(sw);
  });

  it.each(Array.from({ length: 20 }, (_, channel) => channel))(
    'is written and read alike for channel %i',
    (channel) => {
      expect(readClass(classForChannel(0x80, channel))).toEqual({ channel, space: 'uicc' });
      expect(readClass(classForChannel(0x00, channel))).toEqual({ channel, space: 'interindustry' });
    },
  );
});

describe('a command APDU', () => {
  it.each([
    ['case 1', '00A40400', '', null],
    ['case 2', '00700000 01', '', 1],
    ['case 2, Le 00 means 256', '00C0000000', '', 256],
    ['case 3', '80E2910006BF3E035C015A', 'BF3E035C015A', null],
    ['case 4', '00A4040002A00000', 'A000', 256],
  ])('is taken apart: %s', (_case, hex, data, le) => {
    expect(readCommand(fromHex(hex.replaceAll(' ', '')))).toMatchObject({ data: fromHex(data), le });
  });

  it.each([
    ['too short', '00A404'],
    ['less data than Lc says', '80E2910006BF3E03'],
    ['more data than Lc and Le', '80E2910001BF0000'],
  ])('is refused with 6700: %s', (_what, hex) => {
    expect(readCommand(fromHex(hex))).toBe(SW.wrongLength);
  });
});
