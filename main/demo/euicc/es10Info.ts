import { fromHex, sameBytes } from '../bytes.ts';
import { eidBytes } from '../digits.ts';
import { SW } from './apdu.ts';
import { bitString } from './encode.ts';
import type { Es10Function } from './es10Card.ts';
import type { EuiccInfo, EuiccState, Version } from './euiccState.ts';
import { tlv, utf8 } from './tlv.ts';

/**
 * ES10c.GetEID (SGP.22 §5.7.20): `GetEuiccDataRequest ::= [62] SEQUENCE { tagList [APPLICATION 28] Octet1 }`,
 * always `5A`.
 */
export const getEuiccData: Es10Function = (request, { state, quirks }) => {
  const list = request.find((field) => field.tag === '5C');
  if (list === undefined) return quirks.getEidWithoutTagList === 'answered' ? eid(state) : SW.wrongData;
  return sameBytes(list.value, Uint8Array.of(0x5a)) ? eid(state) : SW.wrongData;
};

function eid(state: EuiccState): Uint8Array {
  return tlv('BF3E', tlv('5A', eidBytes(state.eid)));
}

/** ES10b.GetEUICCInfo (SGP.22 §5.7.8): `EUICCInfo1 ::= [32] SEQUENCE { svn [2], … [9], … [10] }`. */
export const getInfo1: Es10Function = (_request, { state: { info } }) => {
  return tlv('BF20', version('82', info.svn), ciKeys(info));
};

/** `EUICCInfo2 ::= [34] SEQUENCE` (SGP.22 §5.7.8, annex H). */
export const getInfo2: Es10Function = (_request, { state: { info } }) => {
  const optional = (tag: string, value: Version | null) =>
    value === null ? new Uint8Array(0) : version(tag, value);
  return tlv(
    'BF22',
    version('81', info.profileVersion),
    version('82', info.svn),
    version('83', info.firmwareVersion),
    tlv('84', extendedCardResources(info)),
    tlv('85', bitString(info.uiccCapability)),
    optional('86', info.javaCardVersion),
    optional('87', info.globalPlatformVersion),
    tlv('88', bitString(info.rspCapability)),
    ciKeys(info),
    info.category === null ? new Uint8Array(0) : tlv('8B', Uint8Array.of(CATEGORIES.indexOf(info.category))),
    version('04', info.protectionProfileVersion),
    tlv('0C', utf8(info.sasAccreditationNumber)),
  );
};

const CATEGORIES = ['other', 'basic', 'medium', 'contactless'] as const;

/** Number of applications, free non-volatile and free volatile memory (TS 102 226 §8.2.1.7.2.2). */
function extendedCardResources(info: EuiccInfo): Uint8Array {
  const parts = [
    tlv('81', integer(info.applications, 1)),
    tlv('82', integer(info.freeNonVolatile, 4)),
    tlv('83', integer(info.freeVolatile, 4)),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function ciKeys(info: EuiccInfo): Uint8Array {
  const list = (keys: readonly string[]) => keys.map((key) => tlv('04', fromHex(key)));
  return Uint8Array.from([
    ...tlv('A9', ...list(info.ciKeysForVerification)),
    ...tlv('AA', ...list(info.ciKeysForSigning)),
  ]);
}

function version(tag: string, value: Version): Uint8Array {
  return tlv(tag, Uint8Array.from(value));
}

/** Big-endian, exactly `size` bytes. */
function integer(value: number, size: number): Uint8Array {
  return fromHex(value.toString(16).padStart(size * 2, '0'));
}
