import { describe, expect, it } from 'vitest';
import { ChipSchema } from '../../../contract/chip.ts';
import type { ModemMemory } from '../../../main/modem/modem.ts';
import { readChip } from '../../../main/modem/readChip.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { ANSWER, CHIP, CHIP_BY_CSIM, ICCID, inParts, REQUEST, steps } from './chipScript.ts';
import { apdu, bench, CCHO, cgla, codeOf, IDENTIFIED } from './talkTo.ts';

const MEMORY: ModemMemory = { ...IDENTIFIED.memory, eidVia: 'cgla' };

async function read(
  script: Readonly<Record<string, Reply>> | ((command: string, times: number) => Reply | undefined),
  memory: Partial<ModemMemory> = {},
) {
  const at = bench(script);
  const startedAt = at.clock.now();
  const result = await at.run(
    readChip(at.dialogue, IDENTIFIED, { clock: at.clock, memory: { ...MEMORY, ...memory } }),
  );
  return { ...at, startedAt, result, steps: steps(at.sent) };
}

const PROFILE = {
  iccid: ICCID,
  isdpAid: null,
  state: 'enabled',
  profileClass: null,
  nickname: null,
  serviceProvider: null,
  name: null,
  icon: null,
};

describe('the chip', () => {
  it('is read over one channel', async () => {
    const { result, steps, startedAt } = await read(CHIP);
    expect(result.ok && result.value).toMatchObject({
      readAt: startedAt,
      info: { svn: '2.2.2' },
      addresses: { defaultSmdp: null, rootSmds: 'a' },
      profiles: [PROFILE],
      notifications: [],
      missing: [],
    });
    expect(result.ok && ChipSchema.safeParse(result.value).success).toBe(true);
    expect(steps).toEqual(['open', 'info2', 'addresses', 'profiles', 'notifications', 'close']);
  });

  it('is read by the way that worked last', async () => {
    const { result, dialogue } = await read({ ...CHIP, ...CHIP_BY_CSIM }, { eidVia: 'csim' });
    expect(result.ok && result.value.profiles).toEqual([PROFILE]);
    expect(dialogue.commandsSent).toBe(7);
  });

  it('is read by the other way where that one no longer works', async () => {
    const { result } = await read({ ...CHIP, ...CHIP_BY_CSIM });
    expect(result.ok && result.value.profiles).toEqual([PROFILE]);
  });

  it.each([1, 256, 257, 512, 700, 3_000])(
    'takes no GET RESPONSE too many for a name of %i bytes',
    async (length) => {
      const size = (number: number) => `82${number.toString(16).padStart(4, '0')}`;
      const name = `92${size(length)}${'41'.repeat(length)}`;
      const entry = `5A0A896700000000004523019F700101${name}`;
      const profile = `E3${size(entry.length / 2)}${entry}`;
      const list = `A0${size(profile.length / 2)}${profile}`;
      const hex = `BF2D${size(list.length / 2)}${list}`.toUpperCase();
      let rest = hex;
      const at = await read((command) => {
        // Rounds of the same length have the same command, so the card keeps count.
        if (command === cgla('1', REQUEST.profiles)) return apdu('+CGLA', '6100');
        if (/,"00C00000..",?$|"00C00000..?"$/.test(command)) {
          const part = rest.slice(0, 512);
          rest = rest.slice(512);
          return apdu(
            '+CGLA',
            part +
              (rest === ''
                ? '9000'
                : rest.length >= 512
                  ? '6100'
                  : `61${(rest.length / 2).toString(16).padStart(2, '0')}`),
          );
        }
        return CHIP[command];
      });
      expect(at.result.ok && at.result.value.profiles?.[0]?.name?.slice(0, 1)).toBe('A');
      const rounds = at.steps.filter((step) => step === 'get response').length;
      expect(rounds).toBe(Math.ceil(hex.length / 2 / 256));
    },
  );

  it('is read where GET RESPONSE is left to us for every part', async () => {
    const { result, steps } = await read({
      ...CHIP,
      ...inParts('1', REQUEST.info2, ANSWER.info2),
      ...inParts('1', REQUEST.profiles, ANSWER.profiles),
    });
    expect(result.ok && result.value.missing).toEqual([]);
    expect(steps.filter((step) => step === 'get response').length).toBe(2);
  });
});

describe('a part that is not given', () => {
  const sw = (request: string, word: string) => ({ [cgla('1', request)]: apdu('+CGLA', word) });
  it.each<[string, Record<string, Reply>, object, string[]]>([
    [
      'information, but the short one',
      { ...sw(REQUEST.info2, '6A88'), [cgla('1', REQUEST.info1)]: apdu('+CGLA', 'BF200582030203009000') },
      { info: { svn: '2.3.0' }, profiles: [PROFILE], missing: [] },
      ['open', 'info2', 'info1', 'addresses', 'profiles', 'notifications', 'close'],
    ],
    [
      'information at all',
      { ...sw(REQUEST.info2, '6A88'), ...sw(REQUEST.info1, '6A88') },
      {
        info: null,
        profiles: [PROFILE],
        missing: [{ part: 'info', details: 'GetEuiccInfo2: 6A88 (the referenced data was not found)' }],
      },
      ['open', 'info2', 'info1', 'addresses', 'profiles', 'notifications', 'close'],
    ],
    [
      'addresses',
      sw(REQUEST.addresses, '6A80'),
      {
        addresses: null,
        notifications: [],
        missing: [{ part: 'addresses', details: 'GetEuiccConfiguredAddresses: 6A80 (wrong data)' }],
      },
      ['open', 'info2', 'addresses', 'profiles', 'notifications', 'close'],
    ],
    [
      'profiles by a list of fields',
      {
        ...sw(REQUEST.profiles, '6A80'),
        [cgla('1', REQUEST.profilesPlain)]: apdu('+CGLA', 'BF2D02A0009000'),
      },
      { profiles: [], missing: [] },
      ['open', 'info2', 'addresses', 'profiles', 'profilesPlain', 'notifications', 'close'],
    ],
    [
      'profiles, for they cannot be made out',
      sw(REQUEST.profiles, 'BF2D04A005E39000'),
      { profiles: null, info: { svn: '2.2.2' }, missing: [{ part: 'profiles' }] },
      ['open', 'info2', 'addresses', 'profiles', 'notifications', 'close'],
    ],
    [
      'notifications, by the word of the modem',
      { [cgla('1', REQUEST.notifications)]: answer('+CME ERROR: 0') },
      { notifications: null, missing: [{ part: 'notifications', details: '+CGLA: +CME ERROR: 0' }] },
      ['open', 'info2', 'addresses', 'profiles', 'notifications', 'close', 'open', 'notifications', 'close'],
    ],
  ])('%s: the rest is read', async (_, script, expected, commands) => {
    const { result, steps } = await read({ ...CHIP, ...script });
    expect(result.ok && result.value).toMatchObject(expected);
    expect(steps).toEqual(commands);
  });

  it('is named by the eUICC where it gives none at all, by either way', async () => {
    const nothing = Object.fromEntries(
      [
        REQUEST.info2,
        REQUEST.info1,
        REQUEST.addresses,
        REQUEST.profiles,
        REQUEST.profilesPlain,
        REQUEST.notifications,
      ].map((request) => [cgla('1', request), apdu('+CGLA', '6985')]),
    );
    const { result } = await read({ ...CHIP, ...nothing });
    expect(codeOf(result)).toBe('chip.refused');
    // The modem's own LPA may be in the way.
    expect(result.ok ? null : result.fault.hint).toContain('lpa_enable');
  });
});

describe('what ends the reading', () => {
  it.each<[string, Record<string, Reply>, string]>([
    ['the modem falls silent', { [cgla('1', REQUEST.profiles)]: null, AT: null }, 'modem.timeout'],
    ['the modem does not answer one request', { [cgla('1', REQUEST.profiles)]: null }, 'modem.timeout'],
    ['the SIM is taken out', { [cgla('1', REQUEST.profiles)]: answer('+CME ERROR: 10') }, 'sim.missing'],
    ['no SIM', { [CCHO]: answer('+CME ERROR: 10') }, 'sim.missing'],
    ['no eUICC', { [CCHO]: answer('+CME ERROR: 22') }, 'euicc.none'],
  ])('%s', async (_, script, expected) => {
    const { result, steps } = await read({ ...CHIP, ...script });
    expect(codeOf(result)).toBe(expected);
    expect(steps).not.toContain('notifications');
  });

  it('the port goes away', async () => {
    const at = bench({ ...CHIP, [cgla('1', REQUEST.profiles)]: null });
    at.clock.after(50, () => at.vanish());
    const result = await at.run(readChip(at.dialogue, IDENTIFIED, { clock: at.clock, memory: MEMORY }));
    expect(codeOf(result)).toBe('port.vanished');
  });

  it('it is cancelled, and the channel is closed', async () => {
    const at = bench({ ...CHIP, [cgla('1', REQUEST.addresses)]: { text: answer('OK'), afterMs: 500 } });
    const abort = new AbortController();
    at.clock.after(100, () => abort.abort());
    const result = await at.run(
      readChip(at.dialogue, IDENTIFIED, { clock: at.clock, memory: MEMORY, signal: abort.signal }),
    );
    expect(codeOf(result)).toBe('cancelled');
    expect(steps(at.sent).at(-1)).toBe('close');
    expect(steps(at.sent)).not.toContain('profiles');
  });
});
