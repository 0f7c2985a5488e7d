import { describe, expect, it } from 'vitest';
import { toHex } from '../../../../main/demo/bytes.ts';
import { iccidBytes, withLuhnDigit } from '../../../../main/demo/digits.ts';
import type { VirtualEuicc } from '../../../../main/demo/euicc/virtualEuicc.ts';
import {
  createMake,
  MAKE_NAMES,
  MAKES,
  type Make,
  type MakeName,
} from '../../../../main/demo/modem/makes.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { ISD_R, onModem, terminalOn } from './terminal.ts';

const euiccs = (name: MakeName, instance = 0) =>
  createMake(name, { clock: createFakeClock(), instance }).slots.filter(
    (card): card is VirtualEuicc => card?.isEuicc ?? false,
  );

describe('the families', () => {
  it.each([
    ['2c7c', 'Quectel'],
    ['2cb7', 'Fibocom'],
    ['0e8d', 'MediaTek'],
    ['1e0e', 'SIMCom'],
    ['1199', 'Sierra'],
    ['1bc7', 'Telit'],
    ['1546', 'u-blox'],
    ['1e2d', 'Thales/Cinterion'],
    ['1915', 'Nordic'],
    ['05c6', 'Foxconn, with the ids of the chip'],
    ['413c', 'Dell'],
    ['12d1', 'Huawei'],
    ['19d2', 'ZTE'],
    ['0403', 'Sequans, behind an adapter'],
    ['1209', 'generic'],
  ])('%s: %s', (vendorId) => {
    expect(MAKE_NAMES.filter((name) => MAKES[name].usb.vendorId === vendorId)).not.toEqual([]);
  });

  it.each<[MakeName, (string | number)[]]>([
    ['quectel-em05-g', ['diag', 0, 'nmea', 1, 'at', 2, 'ppp', 3]],
    ['simcom-a7908e', ['diag', 2, 'at', 4, 'ppp', 5]],
    ['sierra-mc7455', ['diag', 0, 'nmea', 2, 'at', 3]],
    ['sierra-hl7800', ['at', 0, 'ppp', 2, 'nmea', 4]],
    ['telit-le910c1', ['diag', 0, 'nmea', 3, 'at', 4, 'at', 5, 'diag', 6]],
    ['ublox-lara-r6', ['diag', 0, 'at', 1, 'at', 2, 'at', 3]],
    ['thales-pls83', ['at', 0, 'at', 2, 'nmea', 4, 'diag', 6]],
    ['dell-dw5821e', ['at', 2, 'at', 3, 'nmea', 4, 'diag', 5]],
    ['zte-mf636', ['diag', 0, 'at', 1, 'ppp', 3]],
  ])('%s has its ports on the interfaces that are publicly known', (name, ports) => {
    const make: Make = MAKES[name];
    expect(make.ports.flatMap((port) => [port.role, port.interfaceNumber])).toEqual(ports);
  });

  it.each(MAKE_NAMES)('%s has each interface once', (name) => {
    const numbers = MAKES[name].ports.map((port) => port.interfaceNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(MAKE_NAMES)('%s has valid ICCIDs, each once, also on the second of a kind', (name) => {
    for (const instance of [0, 1]) {
      const iccids = euiccs(name, instance).flatMap((card) => card.state.profiles.map(({ iccid }) => iccid));
      expect(new Set(iccids).size).toBe(iccids.length);
      for (const iccid of iccids) expect(withLuhnDigit(iccid.slice(0, -1))).toBe(iccid);
    }
  });

  it.each<[MakeName, ...[command: string, answer: string][]]>([
    ['sierra-hl7800', ['AT+CCID', `+CCID: ${iccidOf('sierra-hl7800')},${eidOf('sierra-hl7800')} | OK`]],
    [
      'sequans-gm02s',
      ['AT+SQNCCID', `+SQNCCID: "${iccidOf('sequans-gm02s')}","${eidOf('sequans-gm02s')}" | OK`],
      ['AT+CCID', 'ERROR'],
    ],
    [
      'nordic-nrf9151',
      ['AT%XICCID', `%XICCID: ${iccidOf('nordic-nrf9151')} | OK`],
      ['AT+CREG?', 'ERROR'],
      ['AT+CEREG?', '+CEREG: 0,2 | OK'],
    ],
    ['telit-le910c1', ['AT#CCID', `#CCID: ${iccidOf('telit-le910c1')} | OK`]],
    [
      'huawei-ms2372h',
      ['AT^CPIN?', '^CPIN: READY,,10,3,0,0 | OK'],
      ['AT+CSIM=10,"0070000001"', '+CSIM: 4,"6881" | OK'],
    ],
    ['zte-mf636', ['AT+CEREG?', 'ERROR'], ['AT+CREG?', '+CREG: 0,2 | OK']],
    [
      'foxconn-t99w175',
      ['AT^SWITCH_SLOT?', 'SIM2 ENABLE | OK'],
      ['AT+CPIN?', '+CPIN: READY | OK'],
      ['AT^SWITCH_SLOT=0', 'OK'],
      ['AT+CPIN?', 'ERROR'],
    ],
    [
      'quectel-rm520n',
      ['AT+QUIMSLOT?', '+QUIMSLOT: 2 | OK'],
      ['AT+QUIMSLOT=?', '+QUIMSLOT: (1,2) | OK'],
      ['AT+QPINC?', '+QPINC: "SC",3,10 | +QPINC: "P2",0,0 | OK'],
    ],
    ['quectel-em05-g', ['AT+C5GREG?', 'ERROR']],
    ['simcom-a7908e', ['AT+SPIC', '+SPIC: 3,10,0,0 | OK']],
    [
      'busy-euicc',
      ['AT+CMEE=1', 'OK'],
      [`AT+CCHO="${ISD_R}"`, '+CME ERROR: 14'],
      [`AT+CCHO="${ISD_R}"`, '+CCHO: 11 | OK'],
      ['AT+CGLA=11,16,"80E2910003BF2200"', '+CGLA: 4,"6A88" | OK'],
      ['AT+CGLA=11,16,"80E2910003BF2800"', '+CGLA: 4,"6A88" | OK'],
      ['AT+CPIN?', '+CPIN: READY | OK'],
      ['AT+CGLA=11,16,"80E2910003BF2000"', '+CME ERROR: 22'],
    ],
  ])('%s answers as it should', (name, ...pairs) => {
    const { ask } = terminalOn(name);
    for (const [command, answer] of pairs) expect([command, ask(command)]).toEqual([command, answer]);
  });

  it('the Sequans is heard at its own speed alone', () => {
    const { modem, send } = terminalOn('sequans-gm02s');
    modem.ports[0]?.setSpeed(9600);
    expect(send('AT')).not.toContain('OK');
    modem.ports[0]?.setSpeed(115_200);
    expect(send('AT')).toContain('OK');
  });
});

describe('what the demo plugs in by itself', () => {
  it('first an empty eUICC', () => {
    expect(euiccs('quectel-em05-g')[0]?.state.profiles).toEqual([]);
  });

  it('then one that has something to show', () => {
    const [card] = euiccs('simcom-a7908e');
    const { profiles, notifications, info, addresses } = card?.state ?? failing();
    expect(profiles.map(({ enabled, profileClass }) => [enabled, profileClass])).toEqual([
      [true, 'operational'],
      [false, 'operational'],
      [false, 'test'],
    ]);
    expect(new Set(profiles.map((profile) => profile.profileName)).size).toBe(3);
    expect(profiles.filter((profile) => profile.icon !== null)).toHaveLength(1);
    expect(profiles[0]?.nickname).toBe('Bench');
    expect(notifications).toMatchObject([
      { sequenceNumber: 1, operation: 'install', iccid: profiles[1]?.iccid },
    ]);
    expect(info.freeNonVolatile).toBe(210_448);
    expect(addresses.defaultSmdp).toMatch(/\.invalid$/);
    expect(profiles.every((profile) => profile.subscription.pin === null)).toBe(true);
  });

  it('whose other profile, once enabled, networks refuse', async () => {
    const { ask, clock, modem } = terminalOn('simcom-a7908e');
    const other = euiccs('simcom-a7908e')[0]?.state.profiles[1]?.iccid ?? failing();
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,5 | OK');
    ask(`AT+CCHO="${ISD_R}"`);
    expect(ask(`AT+CGLA=1,50,"80E2910014BF3111A00C5A0A${toHex(iccidBytes(other))}8101FF"`)).toBe(
      '+CGLA:4,"6106" | OK',
    );
    expect(ask('AT+CGLA=1,10,"80C0000006"')).toContain('+CGLA:16,"BF3103800100910B" | OK');
    expect(ask('AT+CCID')).toBe(`+CCID: ${other} | OK`);
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,3 | OK');
    expect(modem.slots[0]?.openChannels).toEqual([]);
  });
});

describe('a make set otherwise', () => {
  it('with other profiles, in another network, on another kind of card', async () => {
    const clock = createFakeClock();
    const modem = createMake('quectel-em05-g', {
      clock,
      latency: 0,
      profiles: [{ iccid: '89883070000051466066', enabled: true, registration: 'home' }],
      network: { operator: 'Elsewhere', registersMs: 100 },
      card: { firstChannel: 3 },
      es10: { refuses: { BF3E: 0x6985 } },
    });
    const { ask } = onModem(modem, clock);
    await clock.advance(100);
    expect(ask('AT+COPS?')).toBe('+COPS: 0,0,"Elsewhere",7 | OK');
    expect(ask(`AT+CCHO="${ISD_R}"`)).toBe('+CCHO: 3 | OK');
    expect(ask('AT+CGLA=3,22,"80E2910006BF3E035C015A"')).toBe('+CGLA: 4,"6985" | OK');
  });
});

function eidOf(name: MakeName): string {
  return euiccs(name)[0]?.state.eid ?? failing();
}

function iccidOf(name: MakeName): string {
  return euiccs(name)[0]?.state.profiles[0]?.iccid ?? failing();
}

function failing(): never {
  throw new Error('not there');
}
