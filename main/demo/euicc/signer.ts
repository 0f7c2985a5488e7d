import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { concat, fromHex } from '../bytes.ts';
import { integerBytes, namedBits } from './encode.ts';
import { tlv, utf8 } from './tlv.ts';

/** What an eUICC signs with, and the certificates that prove it (SGP.22 §2.6.7, §4.5). */
export interface Signer {
  /** ECDSA with SHA-256 on P-256: r and s, 64 bytes (BSI TR-03111, as SGP.22 §2.6.7.2 has it). */
  sign(data: Uint8Array): Uint8Array;
  /** In DER; the eUICC's own is signed by its maker's, that by nobody whom one could ask. */
  certificates(): { readonly euiccCertificate: Uint8Array; readonly eumCertificate: Uint8Array };
}

/** Makes keys and certificates when they are first needed. Nobody outside the demo trusts them. */
export function createSigner(eid: string): Signer {
  let made: ReturnType<typeof makeIdentity> | null = null;
  const identity = () => {
    made ??= makeIdentity(eid);
    return made;
  };
  return {
    sign: (data) => new Uint8Array(sign('sha256', data, { key: identity().key, dsaEncoding: 'ieee-p1363' })),
    certificates: () => identity(),
  };
}

function makeIdentity(eid: string) {
  const root = newKeys();
  const eum = newKeys();
  const euicc = newKeys();
  const eumName = name([CN, 'Demo EUM']);
  return {
    key: euicc.privateKey,
    eumCertificate: certificate({
      serial: 2,
      issuer: name([CN, 'Demo CI']),
      subject: eumName,
      keys: eum,
      by: root,
      extensions: ISSUES,
    }),
    // The subject's serial number is the EID (SGP.22 §4.5.2.1.0.2).
    euiccCertificate: certificate({
      serial: 3,
      issuer: eumName,
      subject: name([ORGANISATION, 'Demo EUM'], [SERIAL_NUMBER, eid]),
      keys: euicc,
      by: eum,
      extensions: SIGNS,
    }),
  };
}

interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function newKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

const CN = '550403';
const SERIAL_NUMBER = '550405';
const ORGANISATION = '55040A';
/** ecdsa-with-SHA256 (RFC 5758 §3.2). */
const ECDSA_SHA256 = tlv('30', tlv('06', fromHex('2A8648CE3D040302')));
const VALIDITY = tlv('30', tlv('17', utf8('200101000000Z')), tlv('17', utf8('491231235959Z')));

/** An X.509 v3 certificate (RFC 5280 §4.1). */
function certificate(of: {
  readonly serial: number;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly keys: Keys;
  readonly by: Keys;
  readonly extensions: Uint8Array;
}): Uint8Array {
  const version3 = tlv('A0', tlv('02', Uint8Array.of(2)));
  const tbs = tlv(
    '30',
    version3,
    tlv('02', integerBytes(of.serial)),
    ECDSA_SHA256,
    of.issuer,
    VALIDITY,
    of.subject,
    new Uint8Array(of.keys.publicKey.export({ type: 'spki', format: 'der' })),
    tlv('A3', tlv('30', of.extensions)),
  );
  const signature = new Uint8Array(sign('sha256', tbs, of.by.privateKey));
  return tlv('30', tbs, ECDSA_SHA256, tlv('03', Uint8Array.of(0, ...signature)));
}

/** A name of attributes, each in a set of its own; the last part of each object identifier in hex. */
function name(...attributes: readonly (readonly [oid: string, text: string])[]): Uint8Array {
  return tlv(
    '30',
    ...attributes.map(([oid, text]) => tlv('31', tlv('30', tlv('06', fromHex(oid)), tlv('0C', utf8(text))))),
  );
}

/** Critical; the bits of `KeyUsage` (RFC 5280 §4.2.1.3), the first one `digitalSignature`. */
function keyUsage(bits: readonly boolean[]): Uint8Array {
  const usage = tlv('04', tlv('03', namedBits(bits)));
  return tlv('30', tlv('06', fromHex('551D0F')), tlv('01', Uint8Array.of(0xff)), usage);
}

const SIGNS = keyUsage([true]);
/** Only `keyCertSign`, with the mark of an issuer: basicConstraints, critical, cA (RFC 5280 §4.2.1.9). */
const ISSUES = concat(
  keyUsage([false, false, false, false, false, true]),
  tlv(
    '30',
    tlv('06', fromHex('551D13')),
    tlv('01', Uint8Array.of(0xff)),
    tlv('04', tlv('30', tlv('01', Uint8Array.of(0xff)))),
  ),
);
