import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../../main/demo/modem/commandLine.ts';

const quoted = (text: string) => ({ text, quoted: true });
const plain = (text: string) => ({ text, quoted: false });

describe('an AT command line (V.250 §5)', () => {
  it.each([
    ['AT', []],
    ['at', []],
    ['  AT  ', []],
    ['\u0000\u00ffAT', []],
    ['ATE0', [{ name: 'E', form: 'set', args: [plain('0')] }]],
    ['ATE', [{ name: 'E', form: 'execute', args: [] }]],
    ['AT&F', [{ name: '&F', form: 'execute', args: [] }]],
    ['ATS3=13', [{ name: 'S', form: 'set', args: [] }]],
    ['ATD*99#', [{ name: 'D', form: 'execute', args: [] }]],
    ['AT+CPIN?', [{ name: '+CPIN', form: 'read', args: [] }]],
    ['at+ccho=?', [{ name: '+CCHO', form: 'test', args: [] }]],
    ['AT+CGMI', [{ name: '+CGMI', form: 'execute', args: [] }]],
    ['AT^SWITCH_SLOT?', [{ name: '^SWITCH_SLOT', form: 'read', args: [] }]],
    ['AT+CGLA=1,4,"00A4"', [{ name: '+CGLA', form: 'set', args: [plain('1'), plain('4'), quoted('00A4')] }]],
    ['AT+CGLA= 1, 4 ,00A4', [{ name: '+CGLA', form: 'set', args: [plain('1'), plain('4'), plain('00A4')] }]],
    ['AT+X="a,b;c"', [{ name: '+X', form: 'set', args: [quoted('a,b;c')] }]],
    [
      'ATE0V1+CMEE=1;+CPIN?',
      [
        { name: 'E', form: 'set', args: [plain('0')] },
        { name: 'V', form: 'set', args: [plain('1')] },
        { name: '+CMEE', form: 'set', args: [plain('1')] },
        { name: '+CPIN', form: 'read', args: [] },
      ],
    ],
    ['AT=', [{ name: '', form: 'execute', args: [] }]],
  ])('%j is read', (line, commands) => {
    expect(readCommandLine(line)).toEqual(commands);
  });

  it.each(['', 'hello', '+CPIN?', 'A T'])('%j is not one, and a modem pays no heed to it', (line) => {
    expect(readCommandLine(line)).toBeNull();
  });
});
