import { type Fault, fault } from '../../contract/fault.ts';
import { errorText } from '../base/errorText.ts';

type Meaning = 'locked' | 'dismissed' | 'unavailable';

interface Row {
  readonly match: RegExp;
  readonly meaning: Meaning;
}

/**
 * What the texts mean that keytar passes on: it gives no codes. Linux: libsecret, GLib's D-Bus and the keyrings behind them.
 * macOS: `SecCopyErrorMessageString` of the statuses in `SecBase.h`. Windows: `FormatMessage` of the codes that `CredRead` and
 * `CredWrite` document, in English; in other languages no row fits. What no row knows is unavailable.
 */
const ROWS: readonly Row[] = [
  // Linux
  { match: /\blocked (collection|object|item)|is locked|IsLocked/i, meaning: 'locked' },
  { match: /prompt.*dismiss|dismissed|was cancelled/i, meaning: 'dismissed' },
  // macOS: errSecAuthFailed, errSecInteractionNotAllowed, errSecInteractionRequired, errSecInDarkWake, errSecUserCanceled
  { match: /passphrase you entered is not correct/i, meaning: 'locked' },
  { match: /user interaction is (not allowed|required)|interaction is not allowed/i, meaning: 'locked' },
  { match: /dark wake/i, meaning: 'locked' },
  { match: /user cancell?ed the operation/i, meaning: 'dismissed' },
  // Windows: ERROR_CANCELLED
  { match: /operation was cancell?ed by the user/i, meaning: 'dismissed' },
];

/** The fault for what keytar rejected with. `secret`, where one was handed over, is taken out of the text. */
export function keychainFault(error: unknown, secret?: string): Fault {
  const said = errorText(error);
  const text = oneLine(secret === undefined ? said : said.replaceAll(secret, '•••'));
  const meaning = ROWS.find(({ match }) => match.test(text))?.meaning ?? 'unavailable';
  switch (meaning) {
    case 'locked':
      return fault('keychain.locked', { details: text });
    case 'dismissed':
      return fault('keychain.locked', { message: 'The keychain was not unlocked.', details: text });
    case 'unavailable':
      return fault('keychain.unavailable', { details: text });
  }
}

/** The fault for keytar itself not loading: on Linux its library, libsecret, is missing. */
export function keytarMissingFault(error: unknown, platform: NodeJS.Platform): Fault {
  return fault('keychain.unavailable', {
    ...(platform === 'linux'
      ? {
          hint: 'Install libsecret (Debian: sudo apt install libsecret-1-0 gnome-keyring) and log in again. Or keep the secret until the app ends.',
        }
      : {}),
    details: oneLine(errorText(error)),
  });
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
