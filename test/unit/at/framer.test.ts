import { describe, expect, it } from 'vitest';
import { createFramer, type Framed } from '../../../main/at/framer.ts';
import { fc } from '../support/dice.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const frame = (...chunks: string[]) => {
  const framer = createFramer();
  return chunks.flatMap((chunk) => framer.push(bytes(chunk)));
};
const lines = (framed: Framed[]) => framed.map((each) => (each.kind === 'line' ? each.text : each.kind));

describe('cutting bytes into lines', () => {
  it.each<[string, string[], string[]]>([
    ['CR LF before and after', ['\r\nQuectel\r\n\r\nOK\r\n'], ['Quectel', 'OK']],
    ['LF alone', ['Quectel\nOK\n'], ['Quectel', 'OK']],
    ['CR alone', ['Quectel\rOK\r'], ['Quectel', 'OK']],
    ['CR CR LF', ['AT+CGMI\r\r\nQuectel\r\r\n'], ['AT+CGMI', 'Quectel']],
    ['a line in pieces', ['\r\nQue', 'ct', 'el\r', '\nOK\r\n'], ['Quectel', 'OK']],
    ['NUL among the letters', ['\0\r\nO\0K\r\n\0'], ['OK']],
    ['bytes above ASCII', ['\xff\xfeOK\r\n', '\x80'], ['OK']],
    ['control characters', ['\x11\x13\x7f\bOK\r\n'], ['OK']],
    ['tabs and blanks around', ['\t OK \t\r\n'], ['OK']],
    ['a tab within', ['+A:\t1\r\n'], ['+A: 1']],
    ['an unfinished line', ['OK'], []],
    ['nothing but line ends', ['\r\n\r\n\n\r'], []],
    ['a prompt', ['\r\n> '], ['prompt']],
    ['a prompt in pieces', ['\r\n>', ' '], ['prompt']],
    ['a prompt and then an error', ['\r\n> \r\nERROR\r\n'], ['prompt', 'ERROR']],
    ['an arrow within a line', ['a > b\r\n'], ['a > b']],
  ])('%s', (_, chunks, expected) => {
    expect(lines(frame(...chunks))).toEqual(expected);
  });

  it('drops a line that is too long, says so once, and reads on after it', () => {
    const framer = createFramer(10);
    expect(lines(framer.push(bytes('\r\n1234567890')))).toEqual([]);
    expect(lines(framer.push(bytes('12345678901234567890\r\nOK\r\n')))).toEqual(['overflow', 'OK']);
    expect(lines(framer.push(bytes('1234567890\r\n')))).toEqual(['1234567890']);
  });

  it('makes the same of any bytes, wherever they are split', () => {
    const noisy = fc.array(
      fc.oneof(
        fc.constantFrom('\r', '\n', '\r\n', '> ', 'OK', 'AT+CGLA=1', '\0', '\xff', ' '),
        fc.string({ maxLength: 20 }),
      ),
    );
    fc.assert(
      fc.property(noisy, fc.array(fc.nat(200)), (pieces, cuts) => {
        const whole = bytes(pieces.join(''));
        const framer = createFramer(30);
        const split: Framed[] = [];
        let from = 0;
        for (const cut of [...cuts, whole.length].sort((a, b) => a - b)) {
          split.push(...framer.push(whole.subarray(from, Math.min(cut, whole.length))));
          from = Math.min(cut, whole.length);
        }
        expect(split).toEqual(createFramer(30).push(whole));
        for (const each of split) {
          if (each.kind === 'line') expect(each.text).toMatch(/^[!-~]([ -~]{0,28}[!-~])?$/);
        }
      }),
    );
  });
});
