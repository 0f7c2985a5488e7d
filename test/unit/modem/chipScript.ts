import type { Reply } from '../support/scriptedLink.ts';
import { answer } from '../support/scriptedLink.ts';
import { apdu, CCHO, cgla, csim, GOOD } from './talkTo.ts';

export const ICCID = '98760000000000543210';
export const SWAPPED = '89670000000000452301';

/** Requests, as `+CGLA` sends them. */
export const REQUEST = {
  info2: '80E2910003BF2200',
  info1: '80E2910003BF2000',
  addresses: '80E2910003BF3C00',
  profiles: '80E291000FBF2D0C5C0A5A4F9F70909192939495',
  profilesPlain: '80E2910003BF2D00',
  notifications: '80E2910003BF2800',
  enable: `80E2910014BF3111A00C5A0A${SWAPPED}8101FF`,
  enablePlain: `80E2910014BF3111A00C5A0A${SWAPPED}810100`,
  disable: `80E2910014BF3211A00C5A0A${SWAPPED}8101FF`,
  delete: `80E291000FBF330C5A0A${SWAPPED}`,
  nickname: `80E2910013BF29105A0A${SWAPPED}90024142`,
  smdp: '80E2910006BF3F03800161',
  removeNotification: '80E2910006BF3003800105',
  reset: '80E2910007BF3404820205E0',
  retrieve: '80E2910008BF2B05A003800105',
} as const;

export const ANSWER = {
  info2: 'BF22058203020202',
  addresses: 'BF3C038101619000',
  profiles: `BF2D14A012E3105A0A${SWAPPED}9F700101`,
  notifications: 'BF2802A000',
} as const;

/** By the book, GET RESPONSE left to us: the answer to a request in parts of 256 bytes at most. */
export function inParts(handle: string, request: string, hex: string): Record<string, Reply> {
  const replies: Record<string, Reply> = {};
  const size = (rest: string) =>
    Math.min(rest.length / 2, 256)
      .toString(16)
      .padStart(2, '0')
      .slice(-2)
      .toUpperCase();
  replies[cgla(handle, request)] = apdu('+CGLA', `61${size(hex)}`);
  for (let rest = hex; rest !== ''; ) {
    const command = cgla(handle, `00C00000${size(rest)}`);
    const part = rest.slice(0, 512);
    rest = rest.slice(512);
    replies[command] = apdu('+CGLA', part + (rest === '' ? '9000' : `61${size(rest)}`));
  }
  return replies;
}

/** A modem that gives every answer whole. */
export const CHIP: Readonly<Record<string, Reply>> = {
  ...GOOD,
  [cgla('1', REQUEST.info2)]: apdu('+CGLA', `${ANSWER.info2}9000`),
  [cgla('1', REQUEST.addresses)]: apdu('+CGLA', 'BF3C038101619000'),
  [cgla('1', REQUEST.profiles)]: apdu('+CGLA', `${ANSWER.profiles}9000`),
  [cgla('1', REQUEST.notifications)]: apdu('+CGLA', `${ANSWER.notifications}9000`),
};

/** The same by `+CSIM`. */
export const CHIP_BY_CSIM: Readonly<Record<string, Reply>> = {
  [CCHO]: answer('+CME ERROR: 4'),
  'AT+CSIM=10,"0070000001"': apdu('+CSIM', '019000'),
  'AT+CSIM=42,"01A4040010A0000005591010FFFFFFFF8900000100"': apdu('+CSIM', '9000'),
  [csim(`81${REQUEST.info2.slice(2)}`)]: apdu('+CSIM', `${ANSWER.info2}9000`),
  [csim(`81${REQUEST.addresses.slice(2)}`)]: apdu('+CSIM', 'BF3C038101619000'),
  [csim(`81${REQUEST.profiles.slice(2)}`)]: apdu('+CSIM', `${ANSWER.profiles}9000`),
  [csim(`81${REQUEST.notifications.slice(2)}`)]: apdu('+CSIM', `${ANSWER.notifications}9000`),
  [csim('0070800100')]: apdu('+CSIM', '9000'),
};

/** Short names for what was sent, so that a test reads as a list of steps. */
export function steps(sent: readonly string[]): string[] {
  return sent.map((command) => {
    if (command === CCHO) return 'open';
    if (command.startsWith('AT+CCHC=')) return 'close';
    const hex = /"([0-9A-F]+)"$/.exec(command)?.[1] ?? '';
    const found = Object.entries(REQUEST).find(([, request]) => request.slice(2) === hex.slice(2));
    return found?.[0] ?? (/^..C00000/.test(hex) ? 'get response' : command);
  });
}
