import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../../../contract/fault.ts';
import type { Result } from '../../../../contract/result.ts';
import type { ApduChannel } from '../../../../main/euicc/apduChannel.ts';
import { setDefaultSmdp } from '../../../../main/euicc/es10/addresses.ts';
import { deleteProfile, resetMemory, setNickname } from '../../../../main/euicc/es10/changeProfiles.ts';
import { removeNotification } from '../../../../main/euicc/es10/notifications.ts';
import { disableProfile, enableProfile } from '../../../../main/euicc/es10/switchProfile.ts';
import { cardOf, shown } from './es10Card.ts';

/** Published with Android's tests of the same functions: this ICCID, and the requests for it. */
const ICCID = '98760000000000543210';

interface Function {
  readonly run: (channel: ApduChannel) => Promise<Result<unknown>>;
  /** Without STORE DATA's header. */
  readonly request: string;
  readonly tag: string;
  /** Result codes, and what they come to. */
  readonly codes: Readonly<Record<number, string>>;
}

const FUNCTIONS: Readonly<Record<string, Function>> = {
  EnableProfile: {
    run: (channel) => enableProfile(channel, ICCID),
    request: 'BF3111A00C5A0A896700000000004523018101FF',
    tag: 'BF31',
    codes: {
      0: 'changed',
      1: 'chip.profileNotFound: EnableProfile: iccidOrAidNotFound(1)',
      2: 'chip.wrongState: EnableProfile: profileNotInDisabledState(2)',
      3: 'chip.policy: EnableProfile: disallowedByPolicy(3)',
      4: 'chip.reenable: EnableProfile: wrongProfileReenabling(4)',
      5: 'chip.busy: EnableProfile: catBusy(5)',
      9: 'chip.refused: EnableProfile: unknown result(9)',
      127: 'chip.refused: EnableProfile: undefinedError(127)',
    },
  },
  DisableProfile: {
    run: (channel) => disableProfile(channel, ICCID),
    request: 'BF3211A00C5A0A896700000000004523018101FF',
    tag: 'BF32',
    codes: {
      0: 'changed',
      1: 'chip.profileNotFound: DisableProfile: iccidOrAidNotFound(1)',
      2: 'chip.wrongState: DisableProfile: profileNotInEnabledState(2)',
      3: 'chip.policy: DisableProfile: disallowedByPolicy(3)',
      4: 'chip.refused: DisableProfile: unknown result(4)',
      5: 'chip.busy: DisableProfile: catBusy(5)',
      127: 'chip.refused: DisableProfile: undefinedError(127)',
    },
  },
  DeleteProfile: {
    run: (channel) => deleteProfile(channel, ICCID),
    request: 'BF330C5A0A89670000000000452301',
    tag: 'BF33',
    codes: {
      0: 'changed',
      1: 'chip.profileNotFound: DeleteProfile: iccidOrAidNotFound(1)',
      2: 'chip.wrongState: DeleteProfile: profileNotInDisabledState(2)',
      3: 'chip.policy: DeleteProfile: disallowedByPolicy(3)',
      5: 'chip.refused: DeleteProfile: unknown result(5)',
      127: 'chip.refused: DeleteProfile: undefinedError(127)',
    },
  },
  SetNickname: {
    run: (channel) => setNickname(channel, ICCID, 'new nickname'),
    request: 'BF291A5A0A89670000000000452301900C6E6577206E69636B6E616D65',
    tag: 'BF29',
    codes: {
      0: 'changed',
      1: 'chip.profileNotFound: SetNickname: iccidNotFound(1)',
      2: 'chip.refused: SetNickname: unknown result(2)',
      127: 'chip.refused: SetNickname: undefinedError(127)',
    },
  },
  SetDefaultDpAddress: {
    run: (channel) => setDefaultSmdp(channel, 'smdp.gsma.com'),
    request: 'BF3F0F800D736D64702E67736D612E636F6D',
    tag: 'BF3F',
    codes: {
      0: 'changed',
      1: 'chip.refused: SetDefaultDpAddress: unknown result(1)',
      127: 'chip.refused: SetDefaultDpAddress: undefinedError(127)',
    },
  },
  RemoveNotificationFromList: {
    run: (channel) => removeNotification(channel, 5),
    request: 'BF3003800105',
    tag: 'BF30',
    codes: {
      0: 'changed',
      1: 'alreadySo',
      2: 'chip.refused: RemoveNotificationFromList: unknown result(2)',
      127: 'chip.refused: RemoveNotificationFromList: undefinedError(127)',
    },
  },
  eUICCMemoryReset: {
    run: (channel) => resetMemory(channel),
    request: 'BF3404820205E0',
    tag: 'BF34',
    codes: {
      0: 'changed',
      1: 'alreadySo',
      2: 'chip.refused: eUICCMemoryReset: unknown result(2)',
      5: 'chip.busy: eUICCMemoryReset: catBusy(5)',
      127: 'chip.refused: eUICCMemoryReset: undefinedError(127)',
    },
  },
};

const byName = Object.entries(FUNCTIONS);

describe('every function', () => {
  it.each(byName)('%s is asked for as SGP.22 has it', async (_, { run, request, tag }) => {
    const { channel, sent } = cardOf(`${tag}038001009000`);
    expect(shown(await run(channel))).toBe('changed');
    expect(sent).toEqual([
      `80E29100${(request.length / 2).toString(16).padStart(2, '0').toUpperCase()}${request}`,
    ]);
  });

  it.each(
    byName.flatMap(([name, of]) =>
      Object.entries(of.codes).map(([code, words]) => ({ name, ...of, code: Number(code), words })),
    ),
  )('$name, result $code: $words', async ({ run, tag, code, words }) => {
    const hex = code.toString(16).padStart(2, '0');
    expect(shown(await run(cardOf(`${tag}038001${hex}9000`).channel))).toBe(words);
  });

  it.each(byName)('%s without a result is not confirmed', async (name, { run, tag }) => {
    expect(shown(await run(cardOf(`${tag}009000`).channel))).toBe(
      `chip.unconfirmed: ${name}: the answer has no result.`,
    );
  });
});

describe('a profile', () => {
  it.each([
    ['enabled', enableProfile, 'BF31'],
    ['disabled', disableProfile, 'BF32'],
  ] as const)('is %s without the refresh flag where the card cannot refresh now', async (_, run, tag) => {
    for (const code of ['05', '7F']) {
      const { channel, sent } = cardOf(`${tag}038001${code}9000`, `${tag}038001009110`);
      expect(shown(await run(channel, ICCID))).toBe('changed');
      expect(sent.map((each) => each.slice(-6))).toEqual(['8101FF', '810100']);
    }
  });

  it('is asked for no more than twice', async () => {
    const { channel, sent } = cardOf('BF31038001059000');
    expect(shown(await enableProfile(channel, ICCID))).toBe('chip.busy: EnableProfile: catBusy(5)');
    expect(sent.length).toBe(2);
  });

  it('has its ICCID filled up', async () => {
    const { channel, sent } = cardOf('BF33038001009000');
    await deleteProfile(channel, '8949402600002143658');
    await deleteProfile(channel, '894940260000214365');
    expect(sent.map((each) => each.slice(-20))).toEqual(['989404620000123456F8', '989404620000123456FF']);
  });

  it.each([enableProfile, disableProfile, deleteProfile])('needs an ICCID', async (run) => {
    const { channel, sent } = cardOf('BF33038001009000');
    expect(await run(channel, '8949')).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
    expect(sent).toEqual([]);
  });

  it('says in its own words why its state is wrong', async () => {
    const { channel } = cardOf('BF33038001029000');
    expect(await deleteProfile(channel, ICCID)).toMatchObject({
      fault: { message: 'The profile is enabled, and an enabled profile cannot be deleted.' },
    });
    expect(FAULTS['chip.wrongState'].message).not.toBe(
      'The profile is enabled, and an enabled profile cannot be deleted.',
    );
  });

  it('loses its nickname by an empty one', async () => {
    const { channel, sent } = cardOf('BF29038001009000');
    await setNickname(channel, ICCID, '');
    expect(sent[0]?.slice(-4)).toBe('9000');
    expect(sent[0]).toBe('80E2910011BF290E5A0A896700000000004523019000');
  });
});

it('an address longer than a block goes out in two', async () => {
  const { channel, sent } = cardOf('9000', 'BF3F038001009000');
  expect(shown(await setDefaultSmdp(channel, `${'a'.repeat(250)}.com`))).toBe('changed');
  expect(sent.map((each) => each.slice(0, 10))).toEqual(['80E21100FF', '80E2910107']);
});
