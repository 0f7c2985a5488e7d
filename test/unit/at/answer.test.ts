import { describe, expect, it } from 'vitest';
import { createLineReader, type LineKind } from '../../../main/at/answer.ts';
import { finalResult } from '../../../main/at/lines.ts';

describe('final results', () => {
  it.each([
    ['OK', { kind: 'ok' }],
    ['ERROR', { kind: 'error' }],
    ['+CME ERROR: 10', { kind: 'cme', code: 10, text: '10' }],
    ['+CME ERROR:10', { kind: 'cme', code: 10, text: '10' }],
    ['+CME ERROR: 0', { kind: 'cme', code: 0, text: '0' }],
    ['+CME ERROR : 13', { kind: 'cme', code: 13, text: '13' }],
    ['+CME ERROR: SIM not inserted', { kind: 'cme', code: null, text: 'SIM not inserted' }],
    ['+CME ERROR: Parameters error', { kind: 'cme', code: null, text: 'Parameters error' }],
    ['+CME ERROR:', { kind: 'cme', code: null, text: '' }],
    ['+CMS ERROR: 500', { kind: 'cms', code: 500, text: '500' }],
    ['COMMAND NOT SUPPORT', { kind: 'other', text: 'COMMAND NOT SUPPORT' }],
    ['OKAY', null],
    ['+CMEE: 1', null],
    ['+CME', null],
    ['NO CARRIER', null],
  ])('%s', (line, expected) => {
    expect(finalResult(line)).toEqual(expected);
  });
});

describe('whose line it is', () => {
  it.each<[string, string, LineKind['kind']]>([
    ['AT+CGMI', 'AT+CGMI', 'echo'],
    ['AT+CGMI', 'at+cgmi', 'echo'],
    ['AT+CGMI', 'noiseAT+CGMI', 'echo'],
    ['AT', 'AT', 'echo'],
    ['AT', 'FORMAT', 'own'],
    ['AT+CGMI', 'Quectel', 'own'],
    ['AT+CGMI', '+CGMI: Quectel', 'own'],
    ['AT+CGMI', 'AT&T', 'own'],
    ['AT+CGLA=1,22,"80"', '+CGLA:46,"BF3E"', 'own'],
    ['AT+CGLA=1,22,"80"', '+cgla: 46,"BF3E"', 'own'],
    ['AT+CGLA=1,22,"80"', '+CGLA : 46,"BF3E"', 'own'],
    ['AT+CGLA=1,22,"80"', '46,"BF3E"', 'own'],
    ['AT+CCHO="A0"', '1', 'own'],
    ['AT+CCHC=1', '+CCHC', 'own'],
    ['AT+CGLA=1,22,"80"', '+CREG: 1', 'unsolicited'],
    ['AT+CGLA=1,22,"80"', '+ESIMS: 1,29', 'unsolicited'],
    ['AT+CGLA=1,22,"80"', '^RSSI: 12', 'unsolicited'],
    ['AT+CGLA=1,22,"80"', '*ATREADY: 1', 'unsolicited'],
    ['AT+CGLA=1,22,"80"', '+PBREADY', 'unsolicited'],
    ['AT+CGLA=1,22,"80"', 'RING', 'unsolicited'],
    ['AT+CGMI', 'RDY', 'unsolicited'],
    ['AT+CGMI', '$GPGGA,092750.000,5321.6802,N*76', 'unsolicited'],
    ['AT+CGMI', 'NO CARRIER', 'maybeFinal'],
    ['AT+CGMI', 'no carrier', 'maybeFinal'],
    ['ATD123;', 'NO CARRIER', 'final'],
    ['ATDT1', 'CONNECT 115200', 'final'],
    ['ATI', '+GCAP: +CGSM', 'own'],
    ['AT', '+CREG: 1', 'unsolicited'],
    ['ATE0', '+CREG: 1', 'unsolicited'],
    ['AT^SWITCH_SLOT?', 'SIM1 ENABLE', 'own'],
    ['AT^SWITCH_SLOT?', '^SWITCH_SLOT: 1', 'own'],
  ])('%s ← %s: %s', (command, line, kind) => {
    expect(createLineReader(command).read(line).kind).toBe(kind);
  });

  it('takes further prefixes where they are named', () => {
    expect(createLineReader('AT+CCID', ['+ICCID']).read('+ICCID: 8949').kind).toBe('own');
    expect(createLineReader('AT+CCID').read('+ICCID: 8949').kind).toBe('unsolicited');
  });

  it('leaves the line after an announced message out, whatever it says', () => {
    const reader = createLineReader('AT+CGMI');
    const kinds = ['+CMT: "+491",,"26/11/24,08:00:00+04"', 'OK', 'Quectel', 'OK'].map(
      (line) => reader.read(line).kind,
    );
    expect(kinds).toEqual(['unsolicited', 'unsolicited', 'own', 'final']);
  });

  it('knows the lines of a late answer by their prefix, unless the command has the same', () => {
    const late = new Set(['+CCHO']);
    expect(createLineReader('AT+CGLA=1', [], late).read('+CCHO: 2').kind).toBe('late');
    expect(createLineReader('AT+CCHO="A0"', [], late).read('+CCHO: 2').kind).toBe('own');
  });
});
