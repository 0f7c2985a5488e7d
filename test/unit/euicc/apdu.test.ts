import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import { fail, ok } from '../../../contract/result.ts';
import {
  classForChannel,
  closeChannel,
  commandApdu,
  getResponse,
  OPEN_CHANNEL,
  onChannel,
  selectByAid,
  storeData,
} from '../../../main/euicc/apdu.ts';
import { ISD_R_AID } from '../../../main/euicc/apduChannel.ts';
import { exchangeApdu } from '../../../main/euicc/exchangeApdu.ts';
import { fromHex, toHex } from '../../../main/euicc/hex.ts';
import { isDone, swWords } from '../../../main/euicc/statusWord.ts';
import { fc } from '../support/dice.ts';

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
const hexOf = (cla: number | null) => cla?.toString(16).toUpperCase().padStart(2, '0') ?? null;

describe('the class byte of a channel', () => {
  const numbers = Array.from({ length: 20 }, (_, channel) => channel);
  it.each<[number, string, string]>([
    [0, '00', '80'],
    [1, '01', '81'],
    [2, '02', '82'],
    [3, '03', '83'],
    [4, '40', 'C0'],
    [5, '41', 'C1'],
    [6, '42', 'C2'],
    [7, '43', 'C3'],
    [8, '44', 'C4'],
    [9, '45', 'C5'],
    [10, '46', 'C6'],
    [11, '47', 'C7'],
    [12, '48', 'C8'],
    [13, '49', 'C9'],
    [14, '4A', 'CA'],
    [15, '4B', 'CB'],
    [16, '4C', 'CC'],
    [17, '4D', 'CD'],
    [18, '4E', 'CE'],
    [19, '4F', 'CF'],
  ])('%i', (channel, interindustry, proprietary) => {
    expect(hexOf(classForChannel(0x00, channel))).toBe(interindustry);
    expect(hexOf(classForChannel(0x80, channel))).toBe(proprietary);
  });

  it('keeps secure messaging', () => {
    expect(hexOf(classForChannel(0x0c, 2))).toBe('0E');
    expect(hexOf(classForChannel(0x0c, 5))).toBe('61');
    expect(hexOf(classForChannel(0x84, 19))).toBe('EF');
  });

  it('is another for every channel', () => {
    for (const cla of [0x00, 0x80]) {
      expect(new Set(numbers.map((channel) => classForChannel(cla, channel))).size).toBe(20);
    }
  });

  it.each([
    [0x00, -1],
    [0x00, 20],
    [0x00, 1.5],
    [0x00, Number.NaN],
    [0x40, 1],
    [0xc1, 1],
    [0x100, 1],
    [0xff, 1],
  ])('does not exist for class %i and channel %d', (cla, channel) => {
    expect(classForChannel(cla, channel)).toBeNull();
  });

  it('is that of GET RESPONSE, SELECT and STORE DATA alike, for every channel', () => {
    for (const channel of numbers) {
      const coded = (apdu: Uint8Array) => onChannel(apdu, channel) ?? new Uint8Array();
      const own = classForChannel(0x00, channel);
      expect(coded(getResponse(1))[0]).toBe(own);
      expect(coded(selectByAid(bytes(ISD_R_AID)))[0]).toBe(own);
      for (const block of storeData(new Uint8Array(300)))
        expect(coded(block)[0]).toBe(classForChannel(0x80, channel));
      expect(coded(getResponse(1)).subarray(1)).toEqual(getResponse(1).subarray(1));
    }
  });

  it('is put into a command', () => {
    expect(toHex(onChannel(bytes('80E2910006BF3E035C015A'), 5) ?? new Uint8Array())).toBe(
      'C1E2910006BF3E035C015A',
    );
    expect(onChannel(bytes('80E291'), 1)).toBeNull();
  });
});

describe('commands', () => {
  it.each([
    ['GET RESPONSE', getResponse(0x15), '00C0000015'],
    ['GET RESPONSE for 256', getResponse(256), '00C0000000'],
    ['SELECT', selectByAid(bytes(ISD_R_AID)), '00A4040010A0000005591010FFFFFFFF8900000100'],
    ['MANAGE CHANNEL open', OPEN_CHANNEL, '0070000001'],
    ['MANAGE CHANNEL close', closeChannel(2), '0070800200'],
    [
      'data and Le',
      commandApdu({ cla: 0, ins: 0xa4, p1: 4, p2: 0, data: bytes('A0'), le: 256 }),
      '00A4040001A000',
    ],
    ['a header alone', commandApdu({ cla: 0, ins: 0x70, p1: 0, p2: 0 }), '00700000'],
  ])('%s', (_, apdu, expected) => {
    expect(toHex(apdu)).toBe(expected);
  });

  it('STORE DATA is cut into blocks, the last one marked', () => {
    const blocks = storeData(new Uint8Array(600).fill(1));
    expect(blocks.map((block) => toHex(block.subarray(0, 5)))).toEqual([
      '80E21100FF',
      '80E21101FF',
      '80E291025A',
    ]);
    expect(storeData(bytes('BF3E035C015A')).map(toHex)).toEqual(['80E2910006BF3E035C015A']);
    expect(storeData(new Uint8Array(255)).length).toBe(1);
  });

  it('refuse data that does not fit', () => {
    expect(() => commandApdu({ cla: 0, ins: 0, p1: 0, p2: 0, data: new Uint8Array(256) })).toThrow(
      RangeError,
    );
  });
});

/** A card that gives these answers, one by one, and notes the commands. */
function card(...answers: string[]) {
  const commands: string[] = [];
  return {
    commands,
    raw: async (apdu: Uint8Array) => {
      commands.push(toHex(apdu));
      return ok(bytes(answers[commands.length - 1] ?? ''));
    },
  };
}

describe('following the card to the end of its answer', () => {
  it.each<[string, string, string[], string[], string | null]>([
    ['whole at once', '80E2910001AA', ['BF3E009000'], ['80E2910001AA'], 'BF3E00 9000'],
    ['61xx', '80E2910001AA', ['6103', 'BF3E009000'], ['80E2910001AA', '00C0000003'], 'BF3E00 9000'],
    ['6100 is 256', '80E2910001AA', ['6100', '019000'], ['80E2910001AA', '00C0000000'], '01 9000'],
    ['9Fxx', '80E2910001AA', ['9F01', '019000'], ['80E2910001AA', '00C0000001'], '01 9000'],
    [
      'several rounds, with data before 61xx',
      '80E2910001AA',
      ['016102', '026101', '039000'],
      ['80E2910001AA', '00C0000002', '00C0000001'],
      '010203 9000',
    ],
    ['6Cxx', '00B0000000', ['6C0A', '019000'], ['00B0000000', '00B000000A'], '01 9000'],
    [
      '6Cxx to a command with data',
      '80E2910001AA',
      ['6C0A', '019000'],
      ['80E2910001AA', '80E2910001AA0A'],
      '01 9000',
    ],
    [
      '6Cxx to a command with data and Le',
      '80E2910001AA00',
      ['6C0A', '9000'],
      ['80E2910001AA00', '80E2910001AA0A'],
      ' 9000',
    ],
    ['6Cxx to a header alone', '00700000', ['6C01', '019000'], ['00700000', '0070000001'], '01 9000'],
    [
      '6Cxx to GET RESPONSE',
      '80E2910001AA',
      ['6100', '6C02', '01029000'],
      ['80E2910001AA', '00C0000000', '00C0000002'],
      '0102 9000',
    ],
    ['6Cxx twice in a row ends there', '00B0000000', ['6C0A', '6C0B'], ['00B0000000', '00B000000A'], ' 6C0B'],
    ['an error after data', '80E2910001AA', ['016102', '6F00'], ['80E2910001AA', '00C0000002'], '01 6F00'],
    [
      'data beside 6Cxx is no answer',
      '80E2910001AA',
      ['016C02', '01029000'],
      ['80E2910001AA', '80E2910001AA02'],
      '0102 9000',
    ],
    [
      'a warning, its data behind it',
      '80E2910001AA',
      ['6200', '019000'],
      ['80E2910001AA', '00C0000000'],
      '01 9000',
    ],
    [
      'a warning, the length of its data, its data',
      '80E2910001AA',
      ['6300', '6C01', '019000'],
      ['80E2910001AA', '00C0000000', '00C0000001'],
      '01 9000',
    ],
    [
      'a warning, its data in several rounds',
      '80E2910001AA',
      ['6282', '016101', '029000'],
      ['80E2910001AA', '00C0000000', '00C0000001'],
      '0102 9000',
    ],
    ['a warning with data', '80E2910001AA', ['016282'], ['80E2910001AA'], '01 6282'],
    [
      'a warning behind which nothing is',
      '80E2910001AA',
      ['6200', '6D00'],
      ['80E2910001AA', '00C0000000'],
      ' 6200',
    ],
    ['a warning twice', '80E2910001AA', ['6200', '6200'], ['80E2910001AA', '00C0000000'], ' 6200'],
    ['a warning to a command without data', '0070000001', ['6200'], ['0070000001'], ' 6200'],
    ['tries that are left are no warning', '80E2910001AA', ['63C2'], ['80E2910001AA'], ' 63C2'],
    ['no status word', '80E2910001AA', ['90'], ['80E2910001AA'], null],
    ['nothing at all', '80E2910001AA', [''], ['80E2910001AA'], null],
  ])('%s', async (_, command, answers, sent, expected) => {
    const { raw, commands } = card(...answers);
    const result = await exchangeApdu(bytes(command), raw);
    expect(commands).toEqual(sent);
    expect(
      result.ok ? `${toHex(result.value.data)} ${result.value.sw.toString(16).toUpperCase()}` : null,
    ).toBe(expected);
  });

  it('ends where the card always has more', async () => {
    let rounds = 0;
    const result = await exchangeApdu(bytes('80E2910001AA'), async () => {
      rounds += 1;
      return ok(bytes(`${'00'.repeat(200)}6101`));
    });
    expect(result.ok ? null : result.fault.code).toBe('euicc.unreadable');
    expect(rounds).toBe(256);
  });

  it('hands on what went wrong below', async () => {
    const result = await exchangeApdu(bytes('80E2910001AA'), async () => fail(fault('port.vanished')));
    expect(result.ok ? null : result.fault.code).toBe('port.vanished');
  });

  it('takes any answers without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 6 }), { minLength: 1 }), async (answers) => {
        let turn = 0;
        const result = await exchangeApdu(bytes('80E2910001AA'), async () =>
          ok(answers[turn++ % answers.length] ?? bytes('')),
        );
        if (result.ok) expect([0x61, 0x9f]).not.toContain(result.value.sw >> 8);
      }),
    );
  });
});

describe('status words', () => {
  it.each([
    [0x9000, '9000 (done)', true],
    [0x910b, '910B (done, the card has something to say)', true],
    [0x9240, '9240 (done, the card has something to say)', true],
    [0x6a82, '6A82 (not found)', false],
    [0x6985, '6985 (the conditions for this are not met)', false],
    [0x63c2, '63C2 (wrong PIN)', false],
    [0x6f12, '6F12 (technical problem)', false],
    [0x0001, '0001 (unknown)', false],
  ])('%i', (sw, words, done) => {
    expect(swWords(sw)).toBe(words);
    expect(isDone(sw)).toBe(done);
  });
});
