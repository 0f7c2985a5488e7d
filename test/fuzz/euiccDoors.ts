import { ok } from '../../contract/result.ts';
import { eidFromBytes } from '../../main/euicc/eid.ts';
import { exchangeApdu } from '../../main/euicc/exchangeApdu.ts';
import { getEid } from '../../main/euicc/getEid.ts';
import { fromHex, toHex } from '../../main/euicc/hex.ts';
import {
  iccidCheckDigitHolds,
  iccidFromBytes,
  iccidFromSwapped,
  normaliseIccid,
} from '../../main/euicc/iccid.ts';
import { swWords } from '../../main/euicc/statusWord.ts';
import { findValue, readTlvs, writeTlv } from '../../main/euicc/tlv.ts';
import { type Door, doorOf, hex, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { anyText, mutateBytes } from './mutate.ts';

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

/** Answers of eUICCs: GetEID, profile lists, a certificate's beginning, long lengths. */
const OBJECTS = [
  'BF3E125A1089044011112233441122334411223321',
  'BF2D0BA009E3075A0598940462F3',
  'BF2281035A01009F7081FF',
  '5A10890440111122334411223344112233219000',
  'E3118F0101900100',
  '7F4904860201029F70020780',
  'BF3E82000C5A0A98940462000012345678',
  '1F81818101',
].map(bytesOf);

const tlv: Door<Uint8Array> = {
  name: 'TLV',
  share: 200,
  input: (dice) => mutateBytes(dice, dice.pick(OBJECTS), OBJECTS),
  feed(bytes) {
    const read = readTlvs(bytes);
    if (read.ok) {
      let written = 0;
      for (const { tag, value } of read.tlvs) {
        must(Number.isSafeInteger(tag) && tag >= 0, 'a tag is no number');
        must(value.length <= bytes.length, 'a value is longer than all');
        written += value.length + 2;
        const again = readTlvs(writeTlv(tag, value));
        // Tags that begin with zero bytes have none when they are written.
        if (tag > 0 && again.ok)
          must(hex(again.tlvs[0]?.value ?? new Uint8Array()) === hex(value), 'not the same again');
      }
      must(written <= bytes.length, 'more data than there was');
    } else must(read.problem !== undefined, 'a problem without a name');
    for (const path of [[0xbf3e, 0x5a], [0x5a], [0xbf2d, 0xa0, 0xe3, 0x5a]]) {
      const value = findValue(bytes, path);
      const eid = value === null ? null : eidFromBytes(value);
      must(eid === null || /^\d{32}$/.test(eid), `an EID like ${eid}`);
      const iccid = value === null ? null : iccidFromBytes(value);
      must(iccid === null || /^89\d{16,18}$/.test(iccid), `an ICCID like ${iccid}`);
    }
    const text = toHex(bytes);
    must(hex(fromHex(text) ?? new Uint8Array(1)) === hex(bytes), 'hex is not the same again');
    iccidFromSwapped(text);
  },
  show: hex,
};

interface Card {
  readonly answers: readonly Uint8Array[];
  readonly command: Uint8Array;
}

const STATUS = [
  '9000',
  '6100',
  '61FF',
  '6110',
  '9F05',
  '6C00',
  '6C10',
  '6A82',
  '6985',
  '91FF',
  '6F00',
  '',
].map(bytesOf);

const apdu: Door<Card> = {
  name: 'APDU answers',
  share: 80,
  input(dice) {
    const answers = Array.from({ length: dice.int(1, 6) }, () => {
      const data = dice.chance(0.6) ? mutateBytes(dice, dice.pick(OBJECTS), OBJECTS) : new Uint8Array();
      return Uint8Array.from([
        ...data,
        ...(dice.chance(0.9) ? dice.pick(STATUS) : mutateBytes(dice, dice.pick(STATUS))),
      ]);
    });
    return { answers, command: mutateBytes(dice, bytesOf('80E2910006BF3E035C015A')) };
  },
  async feed({ answers, command }) {
    let rounds = 0;
    const raw = async () => {
      const answer = answers[rounds % answers.length] ?? new Uint8Array();
      rounds += 1;
      must(rounds <= 1_000, 'the exchange does not end');
      return ok(answer);
    };
    const exchanged = await exchangeApdu(command, raw);
    if (exchanged.ok) {
      must(exchanged.value.sw >= 0 && exchanged.value.sw <= 0xffff, 'a status word out of range');
      must(swWords(exchanged.value.sw) !== '', 'a status word without words');
    } else mustBeFault(exchanged.fault);
    rounds = 0;
    const eid = await getEid({
      transmit: (sent) => exchangeApdu(sent, raw),
      close: async () => undefined,
    });
    if (eid.ok) must(/^\d{32}$/.test(eid.value.value), `an EID like ${eid.value.value}`);
    else mustBeFault(eid.fault);
  },
  show: ({ answers, command }) => `${hex(command)} → ${answers.map(hex).join(' | ')}`,
};

const numbers: Door<string> = {
  name: 'numbers of cards as text',
  share: 40,
  input: (dice) =>
    dice.chance(0.5) ? anyText(dice) : `89${'0123456789F'.repeat(2).slice(0, dice.int(0, 20))}`,
  feed(text) {
    const iccid = normaliseIccid(text);
    must(iccid === null || /^89\d{16,18}$/.test(iccid), `an ICCID like ${iccid}`);
    must(typeof iccidCheckDigitHolds(text) === 'boolean', 'neither right nor wrong');
    const bytes = fromHex(text);
    must(bytes === null || bytes.length * 2 === text.length, 'bytes out of nothing');
  },
  show: (text) => JSON.stringify(text),
};

export const EUICC_DOORS = [doorOf(tlv), doorOf(apdu), doorOf(numbers)];
