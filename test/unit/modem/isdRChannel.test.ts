import { describe, expect, it } from 'vitest';
import { readChip } from '../../../main/modem/readChip.ts';
import { retrieveNotification } from '../../../main/modem/retrieveNotification.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { ANSWER, CHIP, CHIP_BY_CSIM, REQUEST, steps } from './chipScript.ts';
import { apdu, bench, CCHO, cgla, codeOf, csim, IDENTIFIED } from './talkTo.ts';

const MEMORY = { ...IDENTIFIED.memory, eidVia: 'cgla' } as const;

async function readAll(
  script: (command: string, times: number) => Reply | undefined,
  via: 'cgla' | 'csim' = 'cgla',
) {
  const at = bench(script);
  const result = await at.run(
    readChip(at.dialogue, IDENTIFIED, { clock: at.clock, memory: { ...MEMORY, eidVia: via } }),
  );
  return { ...at, result, steps: steps(at.sent) };
}

/** A modem that hands out a new handle each time, and forgets the one before when `closes` says so. */
function forgetful(
  closes: (command: string) => boolean,
  says: Reply,
  handles = ['1', '2', '3', '4', '5', '6'],
) {
  let turn = -1;
  let open = false;
  return (command: string): Reply | undefined => {
    if (command === CCHO) {
      turn += 1;
      open = true;
      return answer(`+CCHO: ${handles[turn]}`, 'OK');
    }
    const handle = handles[turn] ?? '';
    if (command === `AT+CCHC=${handle}`) return answer(open ? 'OK' : '+CME ERROR: 22');
    if (!command.startsWith(`AT+CGLA=${handle},`) || !open) return says;
    const reply = CHIP[command.replace(`AT+CGLA=${handle},`, 'AT+CGLA=1,')];
    if (closes(command)) open = false;
    return reply;
  };
}

describe('a channel that the modem closes by itself', () => {
  it.each<[string, Reply]>([
    ['with an error of its own', answer('+CME ERROR: 3')],
    ['with an error that says not found', answer('+CME ERROR: 22')],
    ['with a SIM failure', answer('+CME ERROR: 13')],
    ['with a bare error', answer('ERROR')],
    ["with the card's word for no such channel", apdu('+CGLA', '6881')],
    ["with the card's word for another application", apdu('+CGLA', '6E00')],
  ])('is opened again once, and the request repeated: %s', async (_, says) => {
    const { result, sent, steps } = await readAll(
      forgetful((command) => command.includes(REQUEST.addresses), says),
    );
    expect(result.ok && result.value.missing).toEqual([]);
    expect(steps.filter((step) => step === 'open').length).toBe(2);
    expect(steps.filter((step) => step === 'info2').length).toBe(1);
    expect(sent).toContain(cgla('2', REQUEST.profiles));
  });

  it('after every command, too', async () => {
    const { result, steps } = await readAll(forgetful(() => true, answer('ERROR')));
    expect(result.ok && result.value.missing).toEqual([]);
    expect(steps.filter((step) => step === 'open').length).toBe(4);
  });

  it('is opened with the handle given then, as it came', async () => {
    const { result, sent } = await readAll(
      forgetful((command) => command.includes(REQUEST.info2), answer('ERROR'), ['00000000038aa32f', '"0A"']),
    );
    expect(result.ok && result.value.missing).toEqual([]);
    expect(sent).toContain(cgla('"0A"', REQUEST.notifications));
    expect(sent.at(-1)).toBe('AT+CCHC="0A"');
  });

  it('is not opened a third time for one request', async () => {
    const { result, steps } = await readAll((command) =>
      command === cgla('1', REQUEST.profiles) ? answer('ERROR') : CHIP[command],
    );
    expect(result.ok && result.value.missing.map(({ part }) => part)).toEqual(['profiles']);
    expect(steps.filter((step) => step === 'profiles').length).toBe(2);
  });

  it('is left for the other way where it has never served', async () => {
    const { result, steps } = await readAll((command) => {
      if (command.startsWith('AT+CGLA')) return answer('ERROR');
      return command === CCHO ? answer('+CCHO: 1', 'OK') : { ...CHIP, ...CHIP_BY_CSIM }[command];
    });
    expect(result.ok && result.value.missing).toEqual([]);
    expect(steps.filter((step) => step === 'open').length).toBe(1);
  });

  it('of +CSIM is opened again as well', async () => {
    let gone = true;
    const { result, sent } = await readAll((command) => {
      const script: Record<string, Reply> = { ...CHIP, ...CHIP_BY_CSIM };
      if (command === csim(`81${REQUEST.profiles.slice(2)}`) && gone) {
        gone = false;
        return apdu('+CSIM', '6881');
      }
      return script[command];
    }, 'csim');
    expect(result.ok && result.value.missing).toEqual([]);
    expect(sent.filter((each) => each === 'AT+CSIM=10,"0070000001"').length).toBe(2);
  });
});

describe('a card that does not know a function', () => {
  it('is not taken for one on another channel for good', async () => {
    const { result, sent } = await readAll((command) => {
      if (
        command === cgla('1', REQUEST.addresses) ||
        command === cgla('1', `81${REQUEST.addresses.slice(2)}`)
      )
        return apdu('+CGLA', '6D00');
      return CHIP[command];
    });
    expect(result.ok && result.value.missing).toEqual([
      { part: 'addresses', details: 'GetEuiccConfiguredAddresses: 6D00 (the command is not known)' },
    ]);
    expect(sent).toContain(cgla('1', REQUEST.profiles));
    expect(sent).not.toContain(cgla('1', `81${REQUEST.profiles.slice(2)}`));
  });
});

describe('every channel that a card may open by +CSIM', () => {
  it.each(Array.from({ length: 19 }, (_, index) => index + 1))('%i', async (number) => {
    const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();
    // TS 102 221 §10.1.1, tables 10.3 and 10.4a, written down again.
    const interindustry = hex(number < 4 ? number : 0x40 + number - 4);
    const proprietary = hex(number < 4 ? 0x80 + number : 0xc0 + number - 4);
    const { result, sent } = await readAll((command) => {
      const script: Record<string, Reply> = {
        'AT+CSIM=10,"0070000001"': apdu('+CSIM', `${hex(number)}9000`),
        [csim(`${interindustry}A4040010A0000005591010FFFFFFFF8900000100`)]: apdu('+CSIM', '6121'),
        [csim(`${proprietary}${REQUEST.info2.slice(2)}`)]: apdu('+CSIM', '6108'),
        [csim(`${interindustry}C0000008`)]: apdu('+CSIM', `${ANSWER.info2}9000`),
        [csim(`${proprietary}${REQUEST.addresses.slice(2)}`)]: apdu('+CSIM', 'BF3C009000'),
        [csim(`${proprietary}${REQUEST.profiles.slice(2)}`)]: apdu('+CSIM', 'BF2D02A0009000'),
        [csim(`${proprietary}${REQUEST.notifications.slice(2)}`)]: apdu('+CSIM', 'BF2802A0009000'),
        [csim(`007080${hex(number)}00`)]: apdu('+CSIM', '9000'),
      };
      return script[command];
    }, 'csim');
    expect(result.ok && result.value.missing).toEqual([]);
    expect(sent.at(-1)).toBe(csim(`007080${hex(number)}00`));
  });
});

describe('an error that goes away', () => {
  it.each([
    ['a busy SIM', '+CME ERROR: 14'],
    ['a modem that is starting', '+CME ERROR: 515'],
    ['a busy SIM, in words', '+CME ERROR: SIM busy'],
    ['a SIM failure', '+CME ERROR: 13'],
    ['an error without a reason', '+CME ERROR: 100'],
  ])('while opening: %s', async (_, error) => {
    const { result } = await readAll((command, times) =>
      command === CCHO && times === 0 ? answer(error) : CHIP[command],
    );
    expect(result.ok && result.value.missing).toEqual([]);
  });

  it.each([
    ['a busy SIM', '+CME ERROR: 14', 1],
    ['an error without a reason', '+CME ERROR: 100', 2],
  ])('while reading: %s', async (_, error, opened) => {
    const { result, steps } = await readAll((command, times) =>
      command === cgla('1', REQUEST.profiles) && times === 0 ? answer(error) : CHIP[command],
    );
    expect(result.ok && result.value.missing).toEqual([]);
    expect(steps.filter((step) => step === 'open').length).toBe(opened);
  });
});

describe('a notification', () => {
  const SIGNED = '3011BF2F0A800105810206400C01615F370101';
  async function retrieve(script: Record<string, Reply>) {
    const at = bench({ ...CHIP, ...script });
    const result = await at.run(
      retrieveNotification(at.dialogue, IDENTIFIED, 5, { clock: at.clock, memory: MEMORY }),
    );
    return { result, steps: steps(at.sent) };
  }

  it('is retrieved as it is signed', async () => {
    const { result, steps } = await retrieve({
      [cgla('1', REQUEST.retrieve)]: apdu('+CGLA', `BF2B15A013${SIGNED}9000`),
    });
    expect(result).toEqual({ ok: true, value: SIGNED });
    expect(steps).toEqual(['open', 'retrieve', 'close']);
  });

  it('that is not there is not sought by the other way', async () => {
    const { result, steps } = await retrieve({
      [cgla('1', REQUEST.retrieve)]: apdu('+CGLA', 'BF2B038101019000'),
    });
    expect(result.ok ? null : result.fault).toMatchObject({
      code: 'chip.refused',
      message: 'There is no such notification on this eUICC.',
    });
    expect(steps).toEqual(['open', 'retrieve', 'close']);
  });

  it('is sought by the other way where this one does not work', async () => {
    const { result } = await retrieve({
      ...CHIP_BY_CSIM,
      [CCHO]: answer('+CCHO: 1', 'OK'),
      [cgla('1', REQUEST.retrieve)]: answer('ERROR'),
      [csim(`81${REQUEST.retrieve.slice(2)}`)]: apdu('+CSIM', `BF2B15A013${SIGNED}9000`),
    });
    expect(codeOf(result)).toBe('ok');
  });
});
