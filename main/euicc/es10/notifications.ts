import type { ChipNotification } from '../../../contract/chip.ts';
import { fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { toHex } from '../hex.ts';
import { findValue, readTlvs, type Tlv, writeTlv } from '../tlv.ts';
import { type ChangeOutcome, outcomeOf, type ResultTable, refusalOf, sendForCode } from './results.ts';
import { type Es10Options, type Es10Request, sendEs10, unreadable } from './sendEs10.ts';
import { bitsIn, iccidIn, integerBytes, integerIn, objectsIn, textIn } from './values.ts';

const LIST = 0xa0;
const ERROR = 0x81;
/** `NotificationMetadata` and its fields (SGP.22 §5.7.9). */
const METADATA = 0xbf2f;
const FIELD = { sequenceNumber: 0x80, operation: 0x81, address: 0x0c, iccid: 0x5a } as const;

const MAX_NOTIFICATIONS = 200;
const MAX_ADDRESS = 255;
/** As much as the contract lets through. */
const MAX_NOTIFICATION_BYTES = 20_000;

/** Bits of `NotificationEvent` by place; those of version 3, made from afar, say the same to a technician. */
const OPERATIONS: readonly (ChipNotification['operation'] | null)[] = [
  'install',
  'enable',
  'disable',
  'delete',
  'enable',
  'disable',
  'delete',
];

const LIST_NOTIFICATIONS: Es10Request = {
  name: 'ListNotification',
  tag: 0xbf28,
  value: new Uint8Array(),
};

const LIST_ERRORS: ResultTable = { 127: { name: 'undefinedError', means: 'chip.refused' } };

/** Lists what the eUICC has to tell servers: ES10b.ListNotification (SGP.22 §5.7.9). Faults: those of `sendEs10`. */
export async function listNotifications(
  channel: ApduChannel,
  options: Es10Options = {},
): Promise<Result<ChipNotification[]>> {
  const answer = await sendEs10(channel, LIST_NOTIFICATIONS, options);
  return answer.ok ? decodeNotifications(answer.value) : answer;
}

/**
 * `ListNotificationResponse`. Passed over are entries without a sequence number, by which alone they can be dealt with,
 * and those of an operation that is none of a profile.
 * @param value what is inside `BF28`.
 */
export function decodeNotifications(value: Uint8Array): Result<ChipNotification[]> {
  const entries = listIn(value, LIST_NOTIFICATIONS, LIST_ERRORS);
  if (!entries.ok) return entries;
  const notifications: ChipNotification[] = [];
  for (const { tag, value: metadata } of entries.value.slice(0, MAX_NOTIFICATIONS)) {
    if (tag !== METADATA) continue;
    const fields = objectsIn(metadata);
    if (fields === null) return fail(unreadable(LIST_NOTIFICATIONS, 'the answer is malformed.'));
    const sequenceNumber = integerIn(fields.get(FIELD.sequenceNumber)?.value);
    const [place = -1] = bitsIn(fields.get(FIELD.operation)?.value);
    const operation = OPERATIONS[place] ?? null;
    if (sequenceNumber === null || operation === null) continue;
    notifications.push({
      sequenceNumber,
      operation,
      address: textIn(fields.get(FIELD.address)?.value, MAX_ADDRESS) ?? '',
      iccid: iccidIn(fields.get(FIELD.iccid)?.value),
    });
  }
  return ok(notifications);
}

/** Entries of a list, or the error in its place. */
function listIn(value: Uint8Array, request: Es10Request, errors: ResultTable): Result<readonly Tlv[]> {
  const outer = readTlvs(value);
  if (!outer.ok) return fail(unreadable(request, 'the answer is malformed.'));
  const error = outer.tlvs.find(({ tag }) => tag === ERROR);
  if (error !== undefined) return fail(refusalOf(request, integerIn(error.value), errors));
  const list = outer.tlvs.find(({ tag }) => tag === LIST);
  // Some cards leave the list's own tag out.
  const inner = list === undefined ? outer : readTlvs(list.value);
  return inner.ok ? ok(inner.tlvs) : fail(unreadable(request, 'the answer is malformed.'));
}

const SEARCH_CRITERIA = 0xa0;
/** Where the metadata is in each kind of `PendingNotification` (SGP.22 §5.7.10). */
const PENDING: ReadonlyMap<number, readonly number[]> = new Map([
  [0xbf37, [0xbf27, METADATA]],
  [0x30, [METADATA]],
]);

const NONE = {
  message: 'There is no such notification on this eUICC.',
  hint: 'Read the chip again to see what is on it.',
} as const;
const RETRIEVE_ERRORS: ResultTable = {
  1: { name: 'noResultAvailable', means: 'chip.refused', words: NONE },
  127: { name: 'undefinedError', means: 'chip.refused' },
};

/**
 * Takes one notification as the eUICC has signed it: ES10b.RetrieveNotificationsList by sequence number
 * (SGP.22 §5.7.10). Gives all of the object, as ES9+.HandleNotification wants it, upper-case hex.
 * Faults: those of `sendEs10`; `chip.refused` where there is none of that number.
 */
export async function retrieveNotification(
  channel: ApduChannel,
  sequenceNumber: number,
  options: Es10Options = {},
): Promise<Result<string>> {
  const request: Es10Request = {
    name: 'RetrieveNotificationsList',
    tag: 0xbf2b,
    value: writeTlv(SEARCH_CRITERIA, writeTlv(FIELD.sequenceNumber, integerBytes(sequenceNumber))),
  };
  const answer = await sendEs10(channel, request, options);
  if (!answer.ok) return answer;
  const entries = listIn(answer.value, request, RETRIEVE_ERRORS);
  if (!entries.ok) return entries;
  // A card may give all that it has, whatever was asked for.
  const found = entries.value.find((entry) => sequenceNumberOf(entry) === sequenceNumber);
  if (found === undefined) {
    return fail(fault('chip.refused', { ...NONE, details: `${request.name}: not among those given` }));
  }
  if (found.whole.length > MAX_NOTIFICATION_BYTES)
    return fail(unreadable(request, 'the notification is too long.'));
  return ok(toHex(found.whole));
}

function sequenceNumberOf(pending: Tlv): number | null {
  const path = PENDING.get(pending.tag);
  const number = path === undefined ? null : findValue(pending.value, [...path, FIELD.sequenceNumber]);
  return integerIn(number ?? undefined);
}

/** ES10b.RemoveNotificationFromList (SGP.22 §5.7.11). */
const REMOVE_RESULTS: ResultTable = {
  1: { name: 'nothingToDelete', means: 'alreadySo' },
  127: { name: 'undefinedError', means: 'chip.refused' },
};

/** Removes a notification, unsent or not. Faults: those of `sendEs10`; `chip.refused`. */
export async function removeNotification(
  channel: ApduChannel,
  sequenceNumber: number,
  options: Es10Options = {},
): Promise<Result<ChangeOutcome>> {
  const request: Es10Request = {
    name: 'RemoveNotificationFromList',
    tag: 0xbf30,
    value: writeTlv(FIELD.sequenceNumber, integerBytes(sequenceNumber)),
  };
  const code = await sendForCode(channel, request, options);
  return code.ok ? outcomeOf(request, code.value, REMOVE_RESULTS) : code;
}
