import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../main/demo/bytes.ts';
import { pin, type VirtualCard } from '../../../../main/demo/euicc/card.ts';
import { createPlainSim, createVirtualEuicc } from '../../../../main/demo/euicc/virtualEuicc.ts';

const EID = '89044011112233441122334411223321';
const ISD_R = 'A0000005591010FFFFFFFF8900000100';
const FCI = '6F1F8410A0000005591010FFFFFFFF8900000100A5049F6501FFE0058203020202';

/** Sends each command and expects the response behind it; blanks are for the eye. */
function dialogue(card: VirtualCard, ...pairs: readonly [command: string, response: string][]): void {
  for (const [command, response] of pairs)
    expect([command, toHex(card.transmit(fromHex(command.replaceAll(' ', ''))))]).toEqual([
      command,
      response.replaceAll(' ', ''),
    ]);
}

const sim = () => createPlainSim({ iccid: '89494026000021436587', imsi: '001010123456789', pin: null });

describe('logical channels', () => {
  it('are opened with the lowest free number, used, and closed', () => {
    const card = createVirtualEuicc({ eid: EID });
    dialogue(
      card,
      ['00 70 00 00 01', '01 9000'],
      ['00 70 00 00 01', '02 9000'],
      ['00 70 80 01 00', '9000'],
      ['00 70 00 00 01', '01 9000'],
    );
    expect(card.openChannels).toEqual([1, 2]);
  });

  it('are opened by number where the command names one', () => {
    dialogue(createVirtualEuicc({ eid: EID }), ['00 70 00 02 00', '6C01'], ['00 70 00 02 01', '9000']);
  });

  it('run out after three on a usual card', () => {
    dialogue(
      createVirtualEuicc({ eid: EID }),
      ['00 70 00 00 01', '01 9000'],
      ['00 70 00 00 01', '02 9000'],
      ['00 70 00 00 01', '03 9000'],
      ['00 70 00 00 01', '6A81'],
    );
  });

  it('go up to 19, addressed by the extended class bytes', () => {
    const card = createVirtualEuicc({ eid: EID, card: { lastChannel: 19 } });
    for (let number = 1; number <= 19; number += 1) card.transmit(fromHex('0070000001'));
    dialogue(
      card,
      [`4F A4 04 00 10 ${ISD_R}`, '6121'],
      ['4F C0 00 00 21', `${FCI} 9000`],
      ['CF E2 91 00 06 BF3E035C015A', '6115'],
      ['4F C0 00 00 15', `BF3E125A10${EID} 9000`],
    );
  });

  it.each([
    ['a command on a channel that is not open', '01 A4 04 00 00', '6881'],
    ['closing a channel that is not open', '00 70 80 01 00', '6881'],
    ['closing the basic channel', '00 70 80 00 00', '6A86'],
    ['opening with Le 00, as T=0 cards do', '00 70 00 00 00', '6C01'],
    ['an unknown instruction', '00 EE 00 00 00', '6D00'],
    ['the class byte of 2G', 'A0 A4 00 00 02 3F00', '6E00'],
    ['an AID that is not there', '00 A4 04 00 07 A0000000031010', '6A82'],
  ])('refuse %s', (_what, command, sw) => {
    dialogue(createVirtualEuicc({ eid: EID }), [command, sw]);
  });

  it('are all closed by a reset, and what was selected is forgotten', () => {
    const card = createVirtualEuicc({ eid: EID });
    dialogue(card, ['00 70 00 00 01', '01 9000'], [`01 A4 04 00 10 ${ISD_R}`, '6121']);
    card.reset();
    dialogue(card, ['81 E2 91 00 06 BF3E035C015A', '6881'], ['00 70 00 00 01', '01 9000']);
    dialogue(card, ['81 E2 91 00 06 BF3E035C015A', '6D00']);
  });
});

describe('SELECT', () => {
  it('of the ISD-R answers with the FCI that public recordings show', () => {
    const card = createVirtualEuicc({ eid: EID, card: { handsOut: 'direct' } });
    dialogue(card, [`00A4040010${ISD_R}`, `${FCI}9000`]);
  });

  it('takes the beginning of an identifier', () => {
    dialogue(createVirtualEuicc({ eid: EID }), ['00 A4 04 00 05 A000000559', '6121']);
  });

  it.each([
    ['a card that gives no FCI', { fci: false }, `00 A4 04 00 10 ${ISD_R}`],
    ['a command that asks for none', {}, `00 A4 04 0C 10 ${ISD_R}`],
  ])('answers 9000 alone: %s', (_what, card, command) => {
    dialogue(createVirtualEuicc({ eid: EID, card }), [command, '9000']);
  });

  it('finds no ISD-R on a plain SIM', () => {
    dialogue(sim(), [`00 A4 04 00 10 ${ISD_R}`, '6A82']);
  });
});

describe('how a card hands out data', () => {
  const GET_EID = '80 E2 91 00 06 BF3E035C015A';
  const ANSWER = `BF3E125A10${EID}`;

  it('by default: 61xx, then GET RESPONSE', () => {
    const card = createVirtualEuicc({ eid: EID, card: { fci: false } });
    dialogue(
      card,
      [`00 A4 04 00 10 ${ISD_R}`, '9000'],
      [GET_EID, '6115'],
      ['00 C0 00 00 15', `${ANSWER} 9000`],
      ['00 C0 00 00 15', '6985'],
    );
  });

  it('with the status word, where it can', () => {
    const card = createVirtualEuicc({ eid: EID, card: { fci: false, handsOut: 'direct' } });
    dialogue(card, [`00 A4 04 00 10 ${ISD_R}`, '9000'], [GET_EID, `${ANSWER} 9000`]);
  });

  it('after 6Cxx and the same command with that Le', () => {
    const card = createVirtualEuicc({ eid: EID, card: { fci: false, handsOut: '6Cxx' } });
    dialogue(
      card,
      [`00 A4 04 00 10 ${ISD_R}`, '9000'],
      [GET_EID, '6C15'],
      [`${GET_EID} 15`, `${ANSWER} 9000`],
      [`${GET_EID} 00`, '6C15'],
    );
  });

  it('in many rounds, where its blocks are small', () => {
    const card = createVirtualEuicc({ eid: EID, card: { fci: false, block: 8 } });
    dialogue(
      card,
      [`00 A4 04 00 10 ${ISD_R}`, '9000'],
      [GET_EID, '6108'],
      ['00 C0 00 00 08', 'BF3E125A10890440 6108'],
      ['00 C0 00 00 08', '1111223344112233 6105'],
      ['00 C0 00 00 05', '4411223321 9000'],
    );
  });

  it('GET RESPONSE for more than there is: 6Cxx, and the data stays', () => {
    const card = createVirtualEuicc({ eid: EID, card: { fci: false } });
    dialogue(
      card,
      [`00 A4 04 00 10 ${ISD_R}`, '9000'],
      [GET_EID, '6115'],
      ['00 C0 00 00 00', '6C15'],
      ['00 C0 00 00 10', `${ANSWER.slice(0, 32)} 6105`],
      ['00 C0 00 00 05', `${ANSWER.slice(32)} 9000`],
    );
  });

  it('another command in between drops what waits', () => {
    const card = createVirtualEuicc({ eid: EID, card: { fci: false } });
    dialogue(
      card,
      [`00 A4 04 00 10 ${ISD_R}`, '9000'],
      [GET_EID, '6115'],
      ['80 F2 00 0C', '9000'],
      ['00 C0 00 00 15', '6985'],
    );
  });
});

describe('the files a modem reads', () => {
  it('EF_ICCID, as published: 89494026000021436587', () => {
    dialogue(
      sim(),
      ['00 A4 00 0C 02 3F00', '9000'],
      ['00 A4 00 0C 02 2FE2', '9000'],
      ['00 B0 00 00 0A', '98940462000012345678 9000'],
      ['00 B0 00 00 00', '6C0A'],
      ['00 B0 00 08 02', '5678 9000'],
      ['00 B0 00 0A 01', '6B00'],
    );
  });

  it('are those of the enabled profile', () => {
    const card = createVirtualEuicc({
      eid: EID,
      profiles: [{ iccid: '89000123456789012341' }, { iccid: '89883070000051466066', enabled: true }],
    });
    dialogue(card, ['00 A4 00 0C 02 2FE2', '9000'], ['00 B0 00 00 0A', '98880307000015640666 9000']);
  });

  it('are not there on an eUICC without an enabled profile', () => {
    const card = createVirtualEuicc({ eid: EID, profiles: [{ iccid: '89000123456789012341' }] });
    dialogue(card, ['00 A4 00 0C 02 2FE2', '6A82'], ['00 B0 00 00 0A', '6986']);
  });

  it('appear after a profile was enabled and the card reset', () => {
    const card = createVirtualEuicc({ eid: EID, profiles: [{ iccid: '89000123456789012341' }] });
    for (const profile of card.state.profiles) profile.enabled = true;
    expect(card.subscription).toBeNull();
    card.reset();
    expect(card.subscription?.iccid).toBe('89000123456789012341');
  });
});

describe('PIN and PUK', () => {
  const locked = () =>
    createPlainSim({ iccid: '89494026000021436587', imsi: '001010123456789', pin: pin('1234', '12345678') });
  const verify = (digits: string) => `00 20 00 01 08 ${hexOf(digits).padEnd(16, 'F')}`;
  const unblock = (puk: string, digits: string) =>
    `00 2C 00 01 10 ${hexOf(puk).padEnd(16, 'F')}${hexOf(digits).padEnd(16, 'F')}`;

  it('guard the IMSI and not the ICCID', () => {
    dialogue(
      locked(),
      ['00 A4 00 0C 02 2FE2', '9000'],
      ['00 B0 00 00 0A', '98940462000012345678 9000'],
      ['00 A4 08 0C 04 7FFF6F07', '9000'],
      ['00 B0 00 00 09', '6982'],
      ['00 20 00 01', '63C3'],
      [verify('1234'), '9000'],
      ['00 B0 00 00 09', '080910101032547698 9000'],
    );
  });

  it('count wrong tries down to the block, and the PUK lifts it with a new PIN', () => {
    dialogue(
      locked(),
      [verify('0000'), '63C2'],
      [verify('0000'), '63C1'],
      [verify('0000'), '6983'],
      [verify('1234'), '6983'],
      [unblock('00000000', '9999'), '63C9'],
      [unblock('12345678', '9999'), '9000'],
      [verify('1234'), '63C2'],
      [verify('9999'), '9000'],
    );
  });

  it('keep the count over a reset, and ask again', () => {
    const card = locked();
    dialogue(card, [verify('0000'), '63C2'], [verify('1234'), '9000'], [verify('0000'), '63C2']);
    card.reset();
    dialogue(card, ['00 20 00 01', '63C2']);
  });
});

function hexOf(digits: string): string {
  return [...digits]
    .map((digit) => digit.charCodeAt(0).toString(16))
    .join('')
    .toUpperCase();
}
