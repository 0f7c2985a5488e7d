import { describe, expect, it } from 'vitest';
import { fault } from '../../../../contract/fault.ts';
import { fail } from '../../../../contract/result.ts';
import { sendEs10 } from '../../../../main/euicc/es10/sendEs10.ts';
import { toHex } from '../../../../main/euicc/hex.ts';
import { brokenCard, bytes, cardOf, shown } from './es10Card.ts';

const READ = { name: 'Get', tag: 0xbf3c, value: new Uint8Array() };
const CHANGE = { name: 'Set', tag: 0xbf3f, value: bytes('800161'), changes: true };
/** 300 bytes and their tag and length: two blocks. */
const LONG = { name: 'Long', tag: 0xbf3f, value: new Uint8Array(300).fill(0x41), changes: true };

const said = async (...args: Parameters<typeof sendEs10>) => {
  const result = await sendEs10(...args);
  return result.ok ? toHex(result.value) : shown(result);
};

describe('a request', () => {
  it('is sent in STORE DATA, and what is inside the answer comes back', async () => {
    const { channel, sent } = cardOf('BF3C0381014A9000');
    expect(await said(channel, READ)).toBe('81014A');
    expect(sent).toEqual(['80E2910003BF3C00']);
  });

  it.each<[string, string[], string]>([
    ['done while the card has something to say', ['BF3C009110'], ''],
    ['done while the card has something else to say', ['BF3C009240'], ''],
    ['by GET RESPONSE', ['6103', 'BF3C009000'], ''],
    ['a GET RESPONSE that is told its length', ['6100', '6C03', 'BF3C009000'], ''],
    ['a length said first', ['6C03', 'BF3C009000'], ''],
    ['a warning with the answer', ['BF3C006200'], ''],
    ['a warning before the answer', ['6200', 'BF3C009000'], ''],
    ['a warning before the answer, its length told', ['6300', '6C03', 'BF3C009000'], ''],
    ['an answer filled up with zeros', ['BF3C0381014A00009000'], '81014A'],
    ['a long form of a short length', ['BF3C8103810100 9000'], '810100'],
    ['a warning alone', ['6200', '9000'], 'chip.refused: Get: 6200 (nothing was changed)'],
    ['a warning, and no more', ['6200', '6D00'], 'chip.refused: Get: 6200 (nothing was changed)'],
    ['a refusal', ['6A80'], 'chip.refused: Get: 6A80 (wrong data)'],
    ['a refusal after a part', ['BF6101', '6F00'], 'chip.refused: Get: 6F00 (technical problem)'],
    ['a busy card', ['9300'], 'chip.busy: Get: 9300 (the card is busy)'],
    ['nothing', ['9000'], 'euicc.unreadable: Get: the answer is empty.'],
    ['half an answer', ['BF3C0381019000'], 'euicc.unreadable: Get: the answer is cut off.'],
    [
      "another function's answer",
      ['BF3E009000'],
      'euicc.unreadable: Get: the answer is that of another function.',
    ],
  ])('%s', async (_, answers, expected) => {
    expect(await said(cardOf(...answers).channel, READ)).toBe(expected);
  });

  it('takes no round more than an answer of any length needs', async () => {
    for (const length of [1, 255, 256, 257, 511, 512, 513, 1_000]) {
      const value = 'AB'.repeat(length);
      const declared = length < 128 ? '' : length < 256 ? '81' : '82';
      const size = length.toString(16).padStart(declared === '82' ? 4 : 2, '0');
      let left = `BF3C${declared}${size}${value}`;
      const bytesInAll = left.length / 2;
      const answers: string[] = [];
      const more = () =>
        `61${Math.min(left.length / 2, 256)
          .toString(16)
          .padStart(2, '0')
          .slice(-2)}`;
      answers.push(more());
      while (left !== '') {
        const part = left.slice(0, 512);
        left = left.slice(512);
        answers.push(part + (left === '' ? '9000' : more()));
      }
      const { channel, sent } = cardOf(...answers);
      expect(await said(channel, READ)).toBe(value.toUpperCase());
      expect(sent.length).toBe(1 + Math.ceil(bytesInAll / 256));
    }
  });
});

describe('a long request', () => {
  it('goes out in blocks, and the last one is answered', async () => {
    const { channel, sent } = cardOf('9000', 'BF3F038001009000');
    expect(await said(channel, LONG)).toBe('800100');
    expect(sent.map((each) => each.slice(0, 10))).toEqual(['80E21100FF', '80E2910132']);
  });

  it.each<[string, string[], string]>([
    ['61xx between the blocks', ['6102', '00009000', 'BF3F038001009000'], '800100'],
    ['a warning between the blocks', ['6200', '6D00', 'BF3F038001009000'], '800100'],
    ['the answer given before the last block', ['BF3F038001009000', '9000'], '800100'],
    ['a refusal of the first block', ['6A84'], 'chip.refused: Long: 6A84 (no memory is free)'],
    ['a broken card at the first block', ['6F00'], 'chip.refused: Long: 6F00 (technical problem)'],
    ['a broken card at the last block', ['9000', '6F00'], 'chip.unconfirmed: Long: 6F00 (technical problem)'],
  ])('%s', async (_, answers, expected) => {
    expect(await said(cardOf(...answers).channel, LONG)).toBe(expected);
  });

  it('tells when its last block goes out, and not before', async () => {
    for (const [answers, expected] of [
      [['9000', 'BF3F038001009000'], [1]],
      [['6A84'], []],
    ] as const) {
      const { channel, sent } = cardOf(...answers);
      const deciding: number[] = [];
      await sendEs10(channel, LONG, { onDeciding: () => deciding.push(sent.length) });
      expect(deciding).toEqual(expected);
    }
  });
});

describe('a change', () => {
  it.each<[string, string[], string]>([
    ['a refusal', ['6985'], 'chip.refused: Set: 6985 (the conditions for this are not met)'],
    ['an error inside the card', ['6F00'], 'chip.unconfirmed: Set: 6F00 (technical problem)'],
    ['an error of its memory', ['6581'], 'chip.unconfirmed: Set: 6581 (the memory has a fault)'],
    [
      'a card that starts anew before its answer is fetched',
      ['6106', '6F00'],
      'chip.unconfirmed: Set: 6F00 (technical problem)',
    ],
    ['no answer', ['9000'], 'chip.unconfirmed: Set: the answer is empty.'],
    ['half an answer', ['BF3F0380019000'], 'chip.unconfirmed: Set: the answer is cut off.'],
    [
      "another function's answer",
      ['BF31038001009000'],
      'chip.unconfirmed: Set: the answer is that of another function.',
    ],
  ])('%s', async (_, answers, expected) => {
    expect(await said(cardOf(...answers).channel, CHANGE)).toBe(expected);
  });

  it('hands on what the channel reports', async () => {
    expect(await said(brokenCard(fail(fault('port.vanished', { details: 'gone' }))), CHANGE)).toBe(
      'port.vanished: gone',
    );
  });
});
