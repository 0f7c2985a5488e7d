import { describe, expect, it } from 'vitest';
import type { ModemIdentity } from '../../../contract/device.ts';
import { eidCommandsFor, FAMILIES, familyOf, hintWhenRefused } from '../../../main/modem/families/index.ts';
import { eidIn } from '../../../main/modem/readVendorEid.ts';
import { EID } from './talkTo.ts';

const by = (manufacturer: string | null, model: string | null = null): ModemIdentity => ({
  manufacturer,
  model,
  revision: null,
  imei: null,
});

describe('the families of modems', () => {
  it('are fourteen makers, Unisoc, and the rest; each name once', () => {
    const names = FAMILIES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.length).toBe(15);
    expect(names.at(-1)).toBe('generic');
  });

  it('name each command for the EID once: the name is kept with what is known of a modem', () => {
    const commands = [...new Set(FAMILIES.flatMap(({ eid }) => eid ?? []))];
    const names = commands.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each<[string | null, string | null, string]>([
    ['Quectel', 'EM05-G', 'quectel'],
    ['Fibocom Wireless Inc.', 'FG132-GL', 'fibocom'],
    ['Fibocom Wireless Inc.', 'FM350-GL', 'mediatek'],
    ['MediaTek Inc.', null, 'mediatek'],
    ['SIMCOM INCORPORATED', 'A7908E', 'simcom'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM7600E-H', 'simcom'],
    ['Sierra Wireless, Incorporated', 'EM9191', 'sierra'],
    ['Semtech', 'HL7812', 'sierra'],
    ['Telit', 'FN990A28', 'telit'],
    ['u-blox', 'SARA-R510S', 'ublox'],
    ['Cinterion', 'PLS8-E', 'thales'],
    ['Thales', 'PLS63-W', 'thales'],
    ['Nordic Semiconductor ASA', 'nRF9160-SICA', 'nordic'],
    ['Dell Inc.', 'DW5821e-eSIM', 'foxconn'],
    ['QUALCOMM INCORPORATED', 'T99W175', 'foxconn'],
    ['huawei', 'ME909s-120', 'huawei'],
    ['ZTE CORPORATION', 'MF823', 'zte'],
    ['SEQUANS Communications', 'GM02S', 'sequans'],
    ['UNISOC', null, 'unisoc'],
    ['Acme', 'X1', 'generic'],
    [null, null, 'generic'],
  ])('%s %s: %s', (manufacturer, model, name) => {
    expect(familyOf(by(manufacturer, model)).name).toBe(name);
  });

  it('have a hint where a modem may keep the eUICC to itself', () => {
    expect(hintWhenRefused(by('Quectel'))).toContain('lpa_enable');
    expect(hintWhenRefused(by('Acme'))).toBeNull();
  });

  it.each<[string, string | null, string]>([
    ['Acme', null, 'quectel fibocom ceid cgeuiccid'],
    ['Acme', 'ceid', 'ceid quectel fibocom cgeuiccid'],
    ['Fibocom', null, 'fibocom quectel ceid cgeuiccid'],
    ['UNISOC', null, 'ceid quectel fibocom cgeuiccid'],
    ['Sierra Wireless', null, 'hl78-ccid quectel fibocom ceid cgeuiccid'],
    ['SEQUANS', null, 'sequans-ccid quectel fibocom ceid cgeuiccid'],
    ['Acme', 'hl78-ccid', 'hl78-ccid quectel fibocom ceid cgeuiccid'],
  ])('commands for the EID, to %s after %s: %s', (manufacturer, before, names) => {
    expect(
      eidCommandsFor(by(manufacturer), before)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(names);
  });
});

describe('the EID in an answer', () => {
  const ICCID = '89494026000021436587';
  it.each<[string, string[]]>([
    ['with a comma', [`+CCID: ${ICCID},${EID}`]],
    ['with blanks', [`+CCID: ${ICCID}  ${EID}`]],
    ['in lines of its own', [`+CCID: ${ICCID}`, EID]],
    ['in quotes', [`+CCID: "${ICCID}";"${EID}"`]],
    ['right behind the ICCID', [`+CCID: ${ICCID}${EID}`]],
    ['right before the ICCID', [`+CCID: ${EID}${ICCID}`]],
    ['right behind one of 19 digits', [`+CCID: ${ICCID.slice(0, 19)}${EID}`]],
  ])('beside an ICCID, %s', (_, lines) => {
    expect(eidIn(lines, { answersOtherNumbers: true })).toEqual({ value: EID, valid: true });
  });

  it('is not made up of an ICCID and another number', () => {
    const lines = [`+CCID: ${ICCID}89049032003451234567890123456789`];
    expect(eidIn(lines, { answersOtherNumbers: true })).toBeNull();
  });
});

describe('slots', () => {
  it.each<[string, string[], number | null]>([
    ['Quectel', ['+QUIMSLOT: 1'], 1],
    ['Quectel', ['+QUIMSLOT:2'], 2],
    ['Quectel', ['+QUIMSLOT: 0'], null],
    ['Quectel', [], null],
    ['Fibocom', ['+GTDUALSIM : 0, "SUB1", "NR"'], 1],
    ['Fibocom', ['+GTDUALSIM: 1, "SUB2", "NO SERVICE"'], 2],
    ['Fibocom', ['+GTDUALSIM: 1'], 2],
    ['Fibocom', ['+GTDUALSIM: 12'], null],
    ['Dell', ['SIM1 ENABLE'], 1],
    ['Dell', ['SIM2 ENABLE'], 2],
    ['Dell', ['SIM1 DISABLE', 'SIM2 ENABLE'], 2],
    ['Dell', ['whatever'], null],
  ])('%s %j: %s', (manufacturer, lines, slot) => {
    expect(familyOf(by(manufacturer)).slots?.parse(lines) ?? null).toBe(slot);
  });

  it.each([
    ['Quectel', 'AT+QUIMSLOT=1', 'AT+QUIMSLOT=2'],
    ['Fibocom', 'AT+GTDUALSIM=0', 'AT+GTDUALSIM=1'],
    ['Dell', 'AT^SWITCH_SLOT=0', 'AT^SWITCH_SLOT=1'],
  ])('%s are set by %s and %s', (manufacturer, first, second) => {
    const { slots } = familyOf(by(manufacturer));
    expect([slots?.set(1), slots?.set(2)]).toEqual([first, second]);
  });
});

describe('tries left', () => {
  it.each<[string, string[], 'pin' | 'puk', { pin: number | null; puk: number | null } | null]>([
    ['Quectel', ['+QPINC: "SC",3,10'], 'pin', { pin: 3, puk: 10 }],
    ['Quectel', ['+QPINC: SC, 0, 9', '+QPINC: "P2",3,10'], 'puk', { pin: 0, puk: 9 }],
    ['Quectel', ['+QPINC: "P2",3,10'], 'pin', null],
    ['SIMCom', ['+SPIC: 2,3,10,10'], 'pin', { pin: 2, puk: 10 }],
    ['SIMCom', ['+SPIC: 2'], 'pin', { pin: 2, puk: null }],
    ['Sierra Wireless', ['+CPINC: 1,3,10,10'], 'pin', { pin: 1, puk: 10 }],
    ['u-blox', ['+UPINCNT: 0,3,5,5'], 'puk', { pin: 0, puk: 5 }],
    ['Telit', ['#PCT: 3'], 'pin', { pin: 3, puk: null }],
    ['Telit', ['#PCT: 9'], 'puk', { pin: null, puk: 9 }],
    ['Cinterion', ['^SPIC: 2'], 'pin', { pin: 2, puk: null }],
    ['huawei', ['^CPIN: SIM PIN,3,10,2,10,3'], 'pin', { pin: 2, puk: 10 }],
    ['huawei', ['^CPIN: READY,,10,3,10,3'], 'pin', { pin: 3, puk: 10 }],
    ['ZTE', ['+ZPINPUK: 3,10'], 'pin', { pin: 3, puk: 10 }],
    ['ZTE', ['+ZPINPUK: 99,10'], 'pin', { pin: null, puk: 10 }],
    ['u-blox', ['+CREG: 1'], 'pin', null],
  ])('%s %j for the %s', (manufacturer, lines, asksFor, tries) => {
    expect(familyOf(by(manufacturer)).pinTries?.parse(lines, asksFor)).toEqual(tries);
  });
});
