import {
  ChipNotificationSchema,
  ChipSchema,
  EuiccInfoSchema,
  InstalledProfileSchema,
} from '../../contract/chip.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { ApduChannel } from '../../main/euicc/apduChannel.ts';
import {
  decodeConfiguredAddresses,
  getConfiguredAddresses,
  setDefaultSmdp,
} from '../../main/euicc/es10/addresses.ts';
import { deleteProfile, resetMemory, setNickname } from '../../main/euicc/es10/changeProfiles.ts';
import { decodeEuiccInfo, getEuiccInfo } from '../../main/euicc/es10/euiccInfo.ts';
import { iconIn } from '../../main/euicc/es10/icon.ts';
import {
  decodeNotifications,
  listNotifications,
  removeNotification,
  retrieveNotification,
} from '../../main/euicc/es10/notifications.ts';
import { decodeProfilesInfo, getProfilesInfo } from '../../main/euicc/es10/profilesInfo.ts';
import { disableProfile, enableProfile } from '../../main/euicc/es10/switchProfile.ts';
import { bitsIn, iccidIn, integerBytes, integerIn, textIn, versionIn } from '../../main/euicc/es10/values.ts';
import { writeTlv } from '../../main/euicc/tlv.ts';
import type { Dice } from '../faults/dice.ts';
import { type Door, doorOf, hex, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { mutateBytes } from './mutate.ts';

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const CI = '81370F5125D0B1D408D4C3B232E6D25E795BEBFB';

/** A data object with these inside it. */
const object = (tag: number, ...inside: readonly Uint8Array[]) =>
  writeTlv(tag, Uint8Array.from(inside.flatMap((part) => [...part])));
const text = (tag: number, value: string) => writeTlv(tag, Uint8Array.from(Buffer.from(value)));

/** A list with one profile that has every field, and one signed notification. */
const PROFILES = object(
  0xbf2d,
  object(
    0xa0,
    object(
      0xe3,
      bytesOf('5A0A98880307000015014010'),
      bytesOf('4F10A0000005591010FFFFFFFF8900001100'),
      bytesOf('9F700101'),
      text(0x90, 'Gate'),
      text(0x91, 'Demo Mobile'),
      text(0x92, 'Data'),
      bytesOf('930100 9408FFD8FFE000104A46 950102'),
    ),
  ),
);
const METADATA = object(
  0xbf2f,
  bytesOf('800101 81020680'),
  text(0x0c, 'smdp.example.com'),
  bytesOf('5A0A98000000000000000010'),
);
const PENDING = object(0xbf2b, object(0xa0, object(0x30, METADATA, bytesOf('5F370400000000 3000 3000'))));

/** Answers of ES10 as published, or made by the specification (SGP.22 §5.7): whole objects. */
const SHORT_ANSWERS = [
  `BF35358203020300A9160414${CI}AA160414${CI}`,
  `BF20358203020300A9160414${CI}AA160414${CI}`,
  `BF228192810302030182030206008303260116840D81010882040002EC08830224DF8505007FB6F3C1860311020087030203008802029CA9160414${CI}AA160414${CI}990206400403FFFFFF0C0D4B4E2D444E2D55502D30333237AF050403030301900101B40BA005040301020081008200`,
  'BF3C1C800B736D64702E612E746573748 10D736D64732E622E746573742E63',
  'BF3C028000',
  'BF2D1EA01CE31A5A0A980000000000000000104F0AA00000055910100000009F700100',
  'BF2D03810101',
  'BF2D02A000',
  'BF2D0BE3095A05989404 62F39000',
  'BF2825A023BF2F2080010181020780 0C0B736D64702E612E746573745A0A98000000000000000010',
  'BF2802A000',
  'BF280381017F',
  'BF2B03810101',
  'BF3103800100',
  'BF3103800102',
  'BF3103800105',
  'BF310380017F',
  'BF3203800100',
  'BF3303800101',
  'BF2903800100',
  'BF3003800101',
  'BF3403800100',
  'BF3F03800100',
  '',
].map(bytesOf);

const ANSWERS: readonly Uint8Array[] = [PROFILES, PENDING, ...SHORT_ANSWERS];

function decoded(value: Uint8Array): void {
  const info = decodeEuiccInfo(value);
  if (info !== null) mustParse(EuiccInfoSchema, info, 'EUICCInfo');
  const addresses = decodeConfiguredAddresses(value);
  if (addresses !== null) mustParse(ChipSchema.shape.addresses, addresses, 'addresses');
  each(decodeProfilesInfo(value), InstalledProfileSchema, 64, 'profile');
  each(decodeNotifications(value), ChipNotificationSchema, 200, 'notification');
  const icon = iconIn(value);
  if (icon !== null) must(/^[A-Za-z0-9+/]+=*$/.test(icon.base64), 'an icon that is no base64');

  const number = integerIn(value);
  must(number === null || (Number.isSafeInteger(number) && number >= 0), `an integer like ${number}`);
  if (number !== null) must(integerIn(integerBytes(number)) === number, 'not the same number again');
  for (const place of bitsIn(value)) must(place >= 0 && place < value.length * 8, `a bit at ${place}`);
  const text = textIn(value, 64);
  must(text === null || (text !== '' && [...text].length <= 64), 'a text that is empty or too long');
  must(text === null || !/\p{Cc}/u.test(text), 'a text with control characters');
  const iccid = iccidIn(value);
  must(iccid === null || /^\d{10,20}$/.test(iccid), `an ICCID like ${iccid}`);
  const version = versionIn(value);
  must(version === null || /^\d+\.\d+\.\d+$/.test(version), `a version like ${version}`);
}

interface Parser {
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly message: string } };
}

function mustParse(schema: Parser, value: unknown, what: string): void {
  const parsed = schema.safeParse(value);
  must(parsed.success, `${what} that is none: ${parsed.error?.message ?? ''} ${JSON.stringify(value)}`);
}

function each(result: Result<readonly unknown[]>, schema: Parser, most: number, what: string): void {
  if (!result.ok) {
    mustBeFault(result.fault);
    return;
  }
  must(result.value.length <= most, `more than ${most}: ${what}`);
  for (const one of result.value) mustParse(schema, one, what);
}

const decoders: Door<Uint8Array> = {
  name: 'ES10: what is inside an answer',
  share: 120,
  input: (dice) => mutateBytes(dice, dice.pick(ANSWERS), ANSWERS),
  feed(bytes) {
    decoded(bytes);
    // What is inside of the first object, whatever its tag and length say.
    for (const begin of [2, 3, 4, 5]) decoded(bytes.subarray(begin));
  },
  show: hex,
};

const ICCID = '89000000000000000013';

/** Every function of ES10 that is used: those that read, and those that change something. */
const READS: readonly ((channel: ApduChannel) => Promise<Result<unknown>>)[] = [
  async (channel) => {
    const info = await getEuiccInfo(channel);
    if (info.ok) mustParse(EuiccInfoSchema, info.value, 'EUICCInfo');
    return info;
  },
  async (channel) => {
    const addresses = await getConfiguredAddresses(channel);
    if (addresses.ok) mustParse(ChipSchema.shape.addresses, addresses.value, 'addresses');
    return addresses;
  },
  async (channel) => {
    const profiles = await getProfilesInfo(channel);
    each(profiles, InstalledProfileSchema, 64, 'profile');
    return profiles;
  },
  async (channel) => {
    const notifications = await listNotifications(channel);
    each(notifications, ChipNotificationSchema, 200, 'notification');
    return notifications;
  },
  async (channel) => {
    const signed = await retrieveNotification(channel, 1);
    if (signed.ok)
      must(/^(?:[0-9A-F]{2}){1,20000}$/.test(signed.value), 'a notification that is no hex, or too long');
    return signed;
  },
];

interface Change {
  readonly run: (channel: ApduChannel) => Promise<Result<unknown>>;
  /** Only what switches a profile is sent again, without the refresh flag, where the card says that it did nothing. */
  readonly mostSent: number;
}

const CHANGES: readonly Change[] = [
  { run: (channel) => enableProfile(channel, ICCID), mostSent: 2 },
  { run: (channel) => disableProfile(channel, ICCID), mostSent: 2 },
  { run: (channel) => deleteProfile(channel, ICCID), mostSent: 1 },
  { run: (channel) => setNickname(channel, ICCID, 'Gate'), mostSent: 1 },
  { run: (channel) => setDefaultSmdp(channel, 'smdp.example.com'), mostSent: 1 },
  { run: (channel) => removeNotification(channel, 1), mostSent: 1 },
  { run: (channel) => resetMemory(channel), mostSent: 1 },
];

const WORDS = [
  0x9000, 0x9000, 0x9000, 0x910b, 0x6a80, 0x6a88, 0x6985, 0x6d00, 0x6e00, 0x9300, 0x6200, 0x6f00, 0x6581,
];

interface Exchange {
  readonly answers: readonly { readonly data: Uint8Array; readonly sw: number }[];
}

function cardThatAnswers({ answers }: Exchange): { readonly channel: ApduChannel; sent: () => number } {
  let sent = 0;
  return {
    sent: () => sent,
    channel: {
      async transmit() {
        const answer = answers[sent % answers.length];
        sent += 1;
        must(sent <= 20, 'more is asked than there is to ask');
        return ok(answer ?? { data: new Uint8Array(), sw: 0x6f00 });
      },
      close: async () => undefined,
    },
  };
}

const exchanges: Door<Exchange> = {
  name: 'ES10: functions',
  share: 40,
  input: (dice: Dice) => ({
    answers: Array.from({ length: dice.int(1, 4) }, () => ({
      data: mutateBytes(dice, dice.pick(ANSWERS), ANSWERS),
      sw: dice.chance(0.9) ? dice.pick(WORDS) : dice.int(0, 0xffff),
    })),
  }),
  async feed(exchange) {
    for (const read of READS) {
      const answer = await read(cardThatAnswers(exchange).channel);
      if (!answer.ok) mustBeFault(answer.fault);
    }
    for (const { run, mostSent } of CHANGES) {
      const { channel, sent } = cardThatAnswers(exchange);
      const answer = await run(channel);
      must(sent() <= mostSent, `a change was sent ${sent()} times`);
      if (answer.ok) must(answer.value === 'changed' || answer.value === 'alreadySo', 'no outcome');
      else {
        mustBeFault(answer.fault);
        // Where the answer cannot be made out, nobody knows what became of it.
        must(
          answer.fault.code !== 'euicc.unreadable',
          'a change that is told as if nothing had been changed',
        );
      }
    }
  },
  show: ({ answers }) => answers.map(({ data, sw }) => `${hex(data)} ${sw.toString(16)}`).join(' | '),
};

export const ES10_DOORS = [doorOf(decoders), doorOf(exchanges)];
