import { describe, expect, it } from 'vitest';
import type { Chip } from '../../../contract/chip.ts';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { createVirtualEuicc, type VirtualEuicc } from '../../../main/demo/euicc/virtualEuicc.ts';
import { type ModemQuirks, NO_LATENCY } from '../../../main/demo/modem/quirks.ts';
import { createVirtualModem, type VirtualModem } from '../../../main/demo/modem/virtualModem.ts';
import { changeChip } from '../../../main/modem/changeChip.ts';
import type { ChangeChip, Identified } from '../../../main/modem/modem.ts';
import { readChip } from '../../../main/modem/readChip.ts';
import { retrieveNotification } from '../../../main/modem/retrieveNotification.ts';
import { fc } from '../support/dice.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { IDENTIFIED } from './talkTo.ts';
import { linkToModem, untilDone } from './virtualLink.ts';

/*
 * The virtual eUICC was made from the specification by itself, not from this room: each holds the other to it.
 */

const ONE = '89000000000000000013';
const OTHER = '8900000000000000027';
const ADDRESS = 'smdp.example.com';
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(700)]);

type Es10 = NonNullable<Parameters<typeof createVirtualEuicc>[0]['es10']>;

function euicc(es10: Es10 = {}): VirtualEuicc {
  return createVirtualEuicc({
    eid: '89049032123451234512345678901235',
    profiles: [
      {
        iccid: ONE,
        enabled: true,
        nickname: 'Gate',
        providerName: 'Provider',
        profileName: 'Data',
        icon: { type: 'png', bytes: PNG },
        notifications: [{ operations: ['install', 'enable', 'disable', 'delete'], address: ADDRESS }],
      },
      {
        iccid: OTHER,
        profileClass: 'test',
        notifications: [{ operations: ['enable', 'delete'], address: ADDRESS }],
      },
    ],
    notifications: [{ operation: 'install', address: ADDRESS, profile: 0 }],
    addresses: { defaultSmdp: ADDRESS },
    es10,
  });
}

interface Bench {
  readonly clock: FakeClock;
  readonly card: VirtualEuicc;
  readonly modem: VirtualModem;
  readonly who: Identified;
}

async function benchOf(
  quirks: Partial<ModemQuirks> = {},
  es10: Es10 = {},
  via: 'cgla' | 'csim' = 'cgla',
): Promise<Bench> {
  const clock = createFakeClock();
  const card = euicc(es10);
  const modem = createVirtualModem({ clock, quirks: { latency: NO_LATENCY, ...quirks }, slots: [card] });
  await clock.advance(10_000);
  return { clock, card, modem, who: { ...IDENTIFIED, memory: { ...IDENTIFIED.memory, eidVia: via } } };
}

/** A dialogue as identifying leaves it: no echo, errors as numbers. */
async function dialogueTo({ clock, modem }: Pick<Bench, 'clock' | 'modem'>) {
  const dialogue = openAtDialogue(linkToModem(modem), { clock });
  await untilDone(clock, dialogue.send('ATE0'));
  await untilDone(clock, dialogue.send('AT+CMEE=1'));
  return dialogue;
}

async function readFrom({ clock, modem, who }: Bench) {
  const dialogue = await dialogueTo({ clock, modem });
  const sentBefore = dialogue.commandsSent;
  const result = await untilDone(clock, readChip(dialogue, who, { clock }));
  return { result, commands: dialogue.commandsSent - sentBefore };
}

async function change({ clock, modem, who }: Bench, of: Parameters<ChangeChip>[2]) {
  const dialogue = await dialogueTo({ clock, modem });
  const result = await untilDone(clock, changeChip(dialogue, who, of, { clock }));
  return result.ok ? result.value : result.fault.code;
}

function expectAll(chip: Chip, { state }: VirtualEuicc): void {
  expect(chip.missing).toEqual([]);
  expect(chip.info).toMatchObject({
    svn: state.info.svn.join('.'),
    freeNonVolatileBytes: state.info.freeNonVolatile,
    freeVolatileBytes: state.info.freeVolatile,
    ciKeysForSigning: state.info.ciKeysForSigning,
    category: state.info.category,
    uiccCapabilities: ['usimSupport', 'isimSupport', 'akaMilenage', 'akaTuak128'],
    rspCapabilities: ['additionalProfile', 'testProfileSupport'],
    sasAccreditationNumber: state.info.sasAccreditationNumber,
  });
  expect(chip.addresses).toEqual({ defaultSmdp: ADDRESS, rootSmds: state.addresses.rootSmds });
  expect(chip.profiles).toEqual(
    state.profiles.map((profile) => ({
      iccid: profile.iccid,
      isdpAid: profile.isdpAid,
      state: profile.enabled ? 'enabled' : 'disabled',
      profileClass: profile.profileClass,
      nickname: profile.nickname,
      serviceProvider: profile.providerName,
      name: profile.profileName,
      icon:
        profile.icon === null
          ? null
          : { type: 'png', base64: Buffer.from(profile.icon.bytes).toString('base64') },
    })),
  );
  expect(chip.notifications).toEqual(
    state.notifications.map(({ sequenceNumber, operation, address, iccid }) => ({
      sequenceNumber,
      operation,
      address,
      iccid,
    })),
  );
}

const openChannels = ({ card }: Bench) => [...card.openChannels];

const quirks = fc.record({
  echo: fc.constantFrom<ModemQuirks['echo'][]>('untilOff', 'always', 'never'),
  framing: fc.constantFrom<ModemQuirks['framing'][]>('standard', 'lf', 'doubled'),
  payload: fc.record({
    letters: fc.constantFrom<('upper' | 'lower')[]>('upper', 'lower'),
    quotes: fc.boolean(),
  }),
  errors: fc.constantFrom<ModemQuirks['errors'][]>('byCmee', 'bare', 'text', 'number'),
  unsolicited: fc.subarray([
    { text: '+CREG: 2', when: 'afterEcho' },
    { text: '^RSSI: 20', when: 'beforeFinal' },
    { text: 'RING', when: 40 },
  ] as const),
  chunkBytes: fc.constantFrom(0, 1, 7),
  simBusy: fc.constantFrom(0, 2),
  channelBusy: fc.constantFrom(0, 2),
  handles: fc.constantFrom<ModemQuirks['handles'][]>('channel', 'opaque'),
  followsResponses: fc.record({ cgla: fc.boolean(), csim: fc.boolean() }),
  missing: fc.constantFrom<string[]>([], ['+CCHO', '+CCHC', '+CGLA'], ['+CSIM']),
  closesOnOther: fc.boolean(),
  reusesChannel: fc.boolean(),
  cchc: fc.constantFrom<ModemQuirks['cchc'][]>('ok', 'named'),
});
const es10 = fc.record({
  profilesTagList: fc.constantFrom<('answered' | 'refused')[]>('answered', 'refused'),
  eventBits: fc.constantFrom<('der' | 'fourBits')[]>('der', 'fourBits'),
});

describe('a virtual eUICC', () => {
  it('is read whole behind any mixture of what modems do, and no channel stays open', async () => {
    await fc.assert(
      fc.asyncProperty(
        quirks,
        es10,
        fc.constantFrom<('cgla' | 'csim')[]>('cgla', 'csim'),
        async (of, card, via) => {
          const bench = await benchOf(of, card, via);
          const { result } = await readFrom(bench);
          if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.details}`);
          expectAll(result.value, bench.card);
          expect(openChannels(bench)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes no command more than its answers need', async () => {
    const bench = await benchOf({ followsResponses: { cgla: true, csim: true } });
    const followed = await readFrom(bench);
    // Open, four requests, close.
    expect(followed.commands).toBe(6);
    const byUs = await benchOf({ followsResponses: { cgla: false, csim: false } });
    const { result, commands } = await readFrom(byUs);
    if (!result.ok) throw new Error(result.fault.code);
    // The list of profiles has an icon of 708 bytes: four rounds of 256 at most. The others fit one each.
    expect(commands).toBeLessThanOrEqual(6 + 3 + 4);
  });
});

describe('changes on a virtual eUICC', () => {
  const byAnyModem = fc.record({
    onRefresh: fc.constantFrom<ModemQuirks['onRefresh'][]>(
      'restartsSim',
      'ignored',
      'dropsChannels',
      'notFetched',
      'resets',
    ),
    followsResponses: fc.record({ cgla: fc.boolean(), csim: fc.boolean() }),
    missing: fc.constantFrom<string[]>([], ['+CCHO', '+CCHC', '+CGLA']),
  });

  it('enabling and disabling is made, or not confirmed, but never said to be refused', async () => {
    await fc.assert(
      fc.asyncProperty(byAnyModem, fc.constantFrom(0, 1), fc.boolean(), async (of, catBusy, enables) => {
        const bench = await benchOf(of, { catBusy });
        const said = await change(
          bench,
          enables ? { kind: 'enable', iccid: OTHER } : { kind: 'disable', iccid: ONE },
        );
        expect(['refreshSim', 'chip.unconfirmed']).toContain(said);
        const enabled = bench.card.state.profiles.filter((profile) => profile.enabled);
        expect(enabled.map(({ iccid }) => iccid)).toEqual(enables ? [OTHER] : []);
      }),
      { numRuns: 40 },
    );
  });

  it('are made one by one, and read back', async () => {
    const bench = await benchOf();
    const { state } = bench.card;
    expect(await change(bench, { kind: 'nickname', iccid: ONE, nickname: 'Tür 1' })).toBe('nothing');
    expect(state.profiles[0]?.nickname).toBe('Tür 1');
    expect(await change(bench, { kind: 'nickname', iccid: ONE, nickname: '' })).toBe('nothing');
    expect(state.profiles[0]?.nickname).toBeNull();
    expect(await change(bench, { kind: 'defaultSmdp', address: 'other.example.com' })).toBe('nothing');
    expect(state.addresses.defaultSmdp).toBe('other.example.com');
    expect(await change(bench, { kind: 'delete', iccid: ONE })).toBe('chip.wrongState');
    expect(await change(bench, { kind: 'enable', iccid: ONE })).toBe('chip.wrongState');
    expect(await change(bench, { kind: 'disable', iccid: OTHER })).toBe('chip.wrongState');
    expect(await change(bench, { kind: 'delete', iccid: '89000000000000000039' })).toBe(
      'chip.profileNotFound',
    );
    expect(await change(bench, { kind: 'delete', iccid: OTHER })).toBe('nothing');
    expect(state.profiles.map(({ iccid }) => iccid)).toEqual([ONE]);
    expect(await change(bench, { kind: 'removeNotification', sequenceNumber: 1 })).toBe('nothing');
    expect(state.notifications.map(({ sequenceNumber }) => sequenceNumber)).not.toContain(1);
    expect(await change(bench, { kind: 'removeNotification', sequenceNumber: 1 })).toBe('nothing');
    expect(openChannels(bench)).toEqual([]);
  });

  it('a reset leaves nothing, and a second one finds nothing', async () => {
    const bench = await benchOf({ onRefresh: 'ignored' });
    expect(await change(bench, { kind: 'reset' })).toBe('refreshSim');
    expect(bench.card.state.profiles).toEqual([]);
    expect(bench.card.state.addresses.defaultSmdp).toBeNull();
    expect(await change(bench, { kind: 'reset' })).toBe('nothing');
  });

  it('a notification is retrieved as it is signed', async () => {
    const { clock, modem, who } = await benchOf();
    const dialogue = await dialogueTo({ clock, modem });
    const found = await untilDone(clock, retrieveNotification(dialogue, who, 1, { clock }));
    expect(found.ok && /^(BF37|30)/.test(found.value)).toBe(true);
    const none = await untilDone(clock, retrieveNotification(dialogue, who, 99, { clock }));
    expect(none.ok ? 'ok' : none.fault.message).toBe('There is no such notification on this eUICC.');
  });
});
