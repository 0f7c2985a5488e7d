import { concat, fromHex } from '../bytes.ts';
import { iccidBytes } from '../digits.ts';
import { SW } from './apdu.ts';
import { bitString, bitsIn, integerBytes, integerIn, namedBits, resultCode } from './encode.ts';
import type { Es10Card, Es10Function } from './es10Card.ts';
import { type PendingNotification, PROFILE_OPERATIONS, type ProfileOperation } from './euiccState.ts';
import { RESULT } from './profileLife.ts';
import { readTlvs, type Tlv, tlv, utf8 } from './tlv.ts';

/** `noResultAvailable` of RetrieveNotificationsList. */
const NO_RESULT = 1;

/**
 * ES10b.ListNotification (SGP.22 §5.7.9): `[40] SEQUENCE { profileManagementOperation [1] NotificationEvent OPTIONAL }`,
 * answered with `[0] SEQUENCE OF NotificationMetadata`.
 */
export const listNotifications: Es10Function = (request, card) => {
  const [filter, ...more] = request;
  if (more.length > 0 || (filter !== undefined && filter.tag !== '81')) return SW.wrongData;
  const operations = filter === undefined ? PROFILE_OPERATIONS : operationsIn(filter);
  if (operations === null) return SW.wrongData;
  const listed = card.state.notifications.filter((one) => operations.includes(one.operation));
  return tlv('BF28', tlv('A0', ...listed.map((one) => metadata(one, card))));
};

/**
 * ES10b.RetrieveNotificationsList (SGP.22 §5.7.10): `[43] SEQUENCE { searchCriteria [0] CHOICE { seqNumber [0] INTEGER,
 * profileManagementOperation [1] NotificationEvent } OPTIONAL }`, answered with `[0] SEQUENCE OF PendingNotification`.
 */
export const retrieveNotifications: Es10Function = (request, card) => {
  const [criteria, ...more] = request;
  if (more.length > 0) return SW.wrongData;
  const meets = criterion(criteria);
  if (meets === null) return SW.wrongData;
  const found = card.state.notifications.filter(meets);
  if (found.length === 0) return tlv('BF2B', tlv('81', Uint8Array.of(NO_RESULT)));
  return tlv('BF2B', tlv('A0', ...found.map((one) => pendingNotification(one, card))));
};

/** ES10b.RemoveNotificationFromList (SGP.22 §5.7.11): `NotificationSentRequest ::= [48] SEQUENCE { seqNumber [0] INTEGER }`. */
export const notificationSent: Es10Function = (request, { state }) => {
  const [field, ...more] = request;
  const number = field?.tag === '80' && more.length === 0 ? integerIn(field.value) : null;
  if (number === null) return SW.wrongData;
  const at = state.notifications.findIndex((one) => one.sequenceNumber === number);
  if (at < 0) return resultCode('BF30', RESULT.nothingToDelete);
  state.notifications.splice(at, 1);
  return resultCode('BF30', RESULT.ok);
};

function criterion(criteria: Tlv | undefined): ((one: PendingNotification) => boolean) | null {
  if (criteria === undefined) return () => true;
  const [choice, ...more] = criteria.tag === 'A0' ? (readTlvs(criteria.value) ?? []) : [];
  if (choice === undefined || more.length > 0) return null;
  if (choice.tag === '80') {
    const number = integerIn(choice.value);
    return number === null ? null : (one) => one.sequenceNumber === number;
  }
  const operations = choice.tag === '81' ? operationsIn(choice) : null;
  return operations === null ? null : (one) => operations.includes(one.operation);
}

function operationsIn({ value }: Tlv): ProfileOperation[] | null {
  const bits = bitsIn(value, PROFILE_OPERATIONS.length);
  return bits === null ? null : PROFILE_OPERATIONS.filter((_operation, at) => bits[at]);
}

/**
 * `NotificationMetadata ::= [47] SEQUENCE { seqNumber [0] INTEGER, profileManagementOperation [1] NotificationEvent,
 * notificationAddress UTF8String, iccid Iccid OPTIONAL }`.
 */
function metadata(one: PendingNotification, { quirks }: Pick<Es10Card, 'quirks'>): Uint8Array {
  const bits = PROFILE_OPERATIONS.map((operation) => operation === one.operation);
  return tlv(
    'BF2F',
    tlv('80', integerBytes(one.sequenceNumber)),
    tlv('81', quirks.eventBits === 'der' ? namedBits(bits) : bitString(bits)),
    tlv('0C', utf8(one.address)),
    tlv('5A', iccidBytes(one.iccid)),
  );
}

/**
 * `PendingNotification ::= CHOICE { profileInstallationResult [55], otherSignedNotification SEQUENCE }`: what is signed
 * by the eUICC's own key, with its certificate and its maker's.
 */
function pendingNotification(one: PendingNotification, card: Es10Card): Uint8Array {
  if (one.operation === 'install') return installationResult(one, card);
  const tbs = metadata(one, card);
  const { euiccCertificate, eumCertificate } = card.signer.certificates();
  return tlv('30', tbs, tlv('5F37', card.signer.sign(tbs)), euiccCertificate, eumCertificate);
}

/** A made-up SM-DP+, below the arc for examples (ITU-T X.660: 2.999). */
const SMDP_OID = fromHex('883701');

/** What the profile package interpreter says at the end of a download that went well (SIMalliance `PEStatus`, ok). */
const SIMA_RESPONSE = fromHex('3007A0053003800100');

/**
 * `ProfileInstallationResult ::= [55] SEQUENCE { profileInstallationResultData [39], euiccSignPIR [APPLICATION 55] }`
 * (SGP.22 §2.5.6).
 */
function installationResult(one: PendingNotification, card: Es10Card): Uint8Array {
  const success = tlv('A0', tlv('4F', fromHex(one.isdpAid)), tlv('04', SIMA_RESPONSE));
  const data = tlv(
    'BF27',
    tlv('80', transactionId(one)),
    metadata(one, card),
    tlv('06', SMDP_OID),
    tlv('A2', success),
  );
  return tlv('BF37', data, tlv('5F37', card.signer.sign(data)));
}

/** 16 bytes that differ from download to download. */
function transactionId(one: PendingNotification): Uint8Array {
  return concat(iccidBytes(one.iccid), fromHex(one.sequenceNumber.toString(16).padStart(12, '0')));
}
