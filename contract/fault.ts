import { z } from 'zod';

/**
 * Exit codes of the CLI. A fault belongs to exactly one of them, so that a script can tell what went wrong.
 */
export const EXIT = {
  done: 0,
  usage: 2,
  port: 3,
  noAnswer: 4,
  chip: 5,
  account: 6,
  provider: 7,
  open: 8,
  ours: 70,
} as const;

interface FaultRow {
  readonly exit: (typeof EXIT)[keyof typeof EXIT];
  /** What happened, in a sentence for the technician. */
  readonly message: string;
  /** The next step. */
  readonly hint: string;
}

/**
 * Every fault the bench can report. One row each: the sentence that a technician reads when the place that
 * reports it knows nothing better, and the next step.
 */
export const FAULTS = {
  // what was asked for
  'usage.invalid': {
    exit: EXIT.usage,
    message: 'The request is not complete or not valid.',
    hint: 'See --help for what this command takes.',
  },
  'eid.invalid': {
    exit: EXIT.usage,
    message: 'This EID is not valid: it must be 32 digits, start with 89, and its check digits must hold.',
    hint: 'Read it again from the device or its label. Order anyway only if you are certain.',
  },
  'file.unwritable': {
    exit: EXIT.usage,
    message: 'The file could not be written.',
    hint: 'Choose another folder, or free some space.',
  },
  'file.unreadable': {
    exit: EXIT.usage,
    message: 'The file could not be read.',
    hint: 'Choose the file that was exported, unchanged.',
  },
  cancelled: {
    exit: EXIT.open,
    message: 'Cancelled.',
    hint: 'Nothing more happens until you start it again.',
  },

  // ports
  'port.listFailed': {
    exit: EXIT.port,
    message: 'The serial ports of this computer could not be listed.',
    hint: 'On Linux, install udev. Until then, add a port by its path.',
  },
  'port.notFound': {
    exit: EXIT.port,
    message: 'There is no such port.',
    hint: 'Check the cable and the path. A port can change its name when the device is plugged in again.',
  },
  'port.busy': {
    exit: EXIT.port,
    message: 'The port is in use by another program (ModemManager?).',
    hint: 'Close the other program. On Linux: sudo systemctl stop ModemManager.',
  },
  'port.forbidden': {
    exit: EXIT.port,
    message: 'This user may not open the port.',
    hint: 'On Linux: sudo usermod -aG dialout $USER, then log out and in again.',
  },
  'port.vanished': {
    exit: EXIT.port,
    message: 'The port went away while it was in use.',
    hint: 'Plug the device in again. What was ordered is kept.',
  },
  'port.failed': {
    exit: EXIT.port,
    message: 'The port could not be used.',
    hint: 'Unplug the device, plug it in again, and try once more.',
  },

  // the modem
  'modem.noAnswer': {
    exit: EXIT.noAnswer,
    message: 'Nothing answers AT commands on this port.',
    hint: 'Try another port of the same device, or another speed. NMEA and diagnostic ports never answer.',
  },
  'modem.timeout': {
    exit: EXIT.noAnswer,
    message: 'The modem did not finish its answer in time.',
    hint: 'Try again. If it stays so, power-cycle the modem.',
  },
  'modem.garbled': {
    exit: EXIT.noAnswer,
    message: 'The modem answered with something that could not be read.',
    hint: 'Check the cable and the speed, then try again.',
  },
  'modem.refused': {
    exit: EXIT.chip,
    message: 'The modem refused the command.',
    hint: 'See the AT log for its answer. A firmware update of the modem may help.',
  },

  // the SIM and the eUICC
  'sim.missing': {
    exit: EXIT.chip,
    message: 'The modem has no SIM.',
    hint: 'Insert the eUICC, or switch the modem to the slot that holds it.',
  },
  'sim.pin': {
    exit: EXIT.chip,
    message: 'The SIM asks for its PIN.',
    hint: 'Unlock the SIM with its PIN, then read again.',
  },
  'sim.puk': {
    exit: EXIT.chip,
    message: 'The SIM is blocked and asks for its PUK.',
    hint: 'Unblock the SIM with the PUK from its provider, then read again.',
  },
  'sim.busy': {
    exit: EXIT.chip,
    message: 'The SIM is busy.',
    hint: 'Wait some seconds and try again.',
  },
  'sim.failure': {
    exit: EXIT.chip,
    message: 'The modem cannot talk to the SIM.',
    hint: 'Reseat the SIM, power-cycle the modem, and try again.',
  },
  'euicc.none': {
    exit: EXIT.chip,
    message: 'The SIM in this modem is not an eUICC.',
    hint: 'Insert an eUICC, or switch the modem to the slot that holds one.',
  },
  'euicc.refused': {
    exit: EXIT.chip,
    message: 'The eUICC refused to answer.',
    hint: "The modem's own LPA may hold it. Power-cycle the modem and try again.",
  },
  'euicc.unreadable': {
    exit: EXIT.chip,
    message: 'The eUICC answered with something that could not be read.',
    hint: 'Try again. If it stays so, send the AT log to support.',
  },
  'sim.pinWrong': {
    exit: EXIT.chip,
    message: 'The SIM does not accept this PIN.',
    hint: 'Look at how many tries are left before you try another one.',
  },
  'sim.pukWrong': {
    exit: EXIT.chip,
    message: 'The SIM does not accept this PUK.',
    hint: 'Ask the provider for the PUK. After too many wrong ones the SIM is lost.',
  },
  'sim.notReady': {
    exit: EXIT.chip,
    message: 'The SIM did not come back in time.',
    hint: 'Power-cycle the modem, then read it again. The change on the eUICC is kept.',
  },
  'slot.unknown': {
    exit: EXIT.chip,
    message: 'It is not known how this modem changes its SIM slot.',
    hint: "See the manual of the modem for its AT command, or use the maker's own tool.",
  },

  // changes on the eUICC
  'chip.profileNotFound': {
    exit: EXIT.chip,
    message: 'There is no such profile on this eUICC.',
    hint: 'Read the chip again to see what is on it.',
  },
  'chip.wrongState': {
    exit: EXIT.chip,
    message: 'The profile is not in the state for this.',
    hint: 'Read the chip again. An enabled profile must be disabled before it can be deleted.',
  },
  'chip.policy': {
    exit: EXIT.chip,
    message: 'The rules of the profile do not allow this.',
    hint: 'The rules were set by the provider of the profile; only that provider can change them.',
  },
  'chip.reenable': {
    exit: EXIT.chip,
    message: 'The eUICC does not let this profile be enabled again right now.',
    hint: 'Restart the modem, read the chip again, then try once more.',
  },
  'chip.busy': {
    exit: EXIT.chip,
    message: 'The eUICC is busy with a command of its own.',
    hint: 'Wait some seconds and try again. If it stays so, restart the modem.',
  },
  'chip.refused': {
    exit: EXIT.chip,
    message: 'The eUICC refused the command.',
    hint: 'See the details for its answer. Nothing was changed.',
  },
  'chip.unconfirmed': {
    exit: EXIT.chip,
    message: 'It is not known whether the eUICC has made the change.',
    hint: 'Read the chip again to see how it stands now.',
  },
  'chip.notProven': {
    exit: EXIT.chip,
    message: 'The eUICC took the change, but reading back shows something else.',
    hint: 'Restart the modem and read the chip again.',
  },
  'chip.notConfirmed': {
    exit: EXIT.usage,
    message: 'The digits typed are not the last digits of this EID. Nothing was deleted.',
    hint: 'Compare the EID of the device in front of you with the one in the window.',
  },
  'network.notRegistered': {
    exit: EXIT.open,
    message: 'The modem is not registered on a network.',
    hint: 'Check antenna and coverage, and whether the profile is enabled and its Sim active at the provider.',
  },
  'network.denied': {
    exit: EXIT.open,
    message: 'The network denies this SIM.',
    hint: 'Check at the provider that the Sim is active and in a fleet that allows this network.',
  },
  'device.busy': {
    exit: EXIT.open,
    message: 'Something else is under way on this device.',
    hint: 'Wait for it to end, or cancel it.',
  },

  // the account and its secret
  'account.none': {
    exit: EXIT.account,
    message: 'No account is set.',
    hint: 'Set the account first. You can try everything on the demo bench without one.',
  },
  'account.rejected': {
    exit: EXIT.account,
    message: 'The provider does not accept these credentials.',
    hint: 'Check the account, its key or client ID, and the secret. What was ordered is kept.',
  },
  'account.forbidden': {
    exit: EXIT.account,
    message: 'These credentials are valid, but may not use eSIM profiles.',
    hint: 'Ask the owner of the account for access to Super SIM eSIM profiles.',
  },
  'secret.missing': {
    exit: EXIT.account,
    message: 'The secret of this account is not in the keychain.',
    hint: 'Enter the secret again.',
  },
  'keychain.unavailable': {
    exit: EXIT.account,
    message: 'The keychain of this computer cannot be used.',
    hint: 'On Linux, start a keyring (gnome-keyring or KWallet) and log in. Or keep the secret until the app ends.',
  },
  'keychain.locked': {
    exit: EXIT.account,
    message: 'The keychain is locked.',
    hint: 'Unlock it and try again, or keep the secret until the app ends.',
  },

  // the provider
  'provider.offline': {
    exit: EXIT.provider,
    message: 'The provider cannot be reached.',
    hint: 'Check the network. Orders wait and are sent when it is back.',
  },
  'provider.timeout': {
    exit: EXIT.provider,
    message: 'The provider did not answer in time.',
    hint: 'The bench keeps asking. Nothing is ordered twice.',
  },
  'provider.limited': {
    exit: EXIT.provider,
    message: 'The provider takes no more requests for now.',
    hint: 'The bench waits and tries again by itself.',
  },
  'provider.refused': {
    exit: EXIT.provider,
    message: 'The provider refused the request.',
    hint: 'See the details. Support asks for the request id.',
  },
  'provider.outOfStock': {
    exit: EXIT.provider,
    message: 'The provider has no eSIM profiles available.',
    hint: 'Ask the provider for stock, then order again.',
  },
  'provider.notFound': {
    exit: EXIT.provider,
    message: 'The provider does not know this resource.',
    hint: 'Check that the account is the one it was ordered with.',
  },
  'provider.broken': {
    exit: EXIT.provider,
    message: 'The provider failed to answer properly.',
    hint: 'Try again later. Nothing is ordered twice.',
  },
  'provider.unreadable': {
    exit: EXIT.provider,
    message: 'Something that is not the provider answered (a proxy or a login page?).',
    hint: 'Check the network and the endpoint of the account.',
  },
  'provider.certificate': {
    exit: EXIT.provider,
    message: 'The certificate of the provider is not trusted.',
    hint: 'Check the clock of this computer. Behind a company proxy, install its certificate.',
  },
  'proxy.login': {
    exit: EXIT.provider,
    message: 'The proxy between here and the provider asks for a user name and password.',
    hint: 'Sign in to the proxy in the window. On the command line, HTTPS_PROXY takes them in its address.',
  },
  'proxy.refused': {
    exit: EXIT.provider,
    message: 'The proxy does not accept this user name and password.',
    hint: 'Check both and try again. Many companies lock a user after a few wrong tries.',
  },

  // orders
  'order.unconfirmed': {
    exit: EXIT.open,
    message: 'It is not known whether the provider took this order.',
    hint: "The bench looks it up in the provider's list. Do not order again before it says so.",
  },
  'order.open': {
    exit: EXIT.open,
    message: 'The order is not finished yet.',
    hint: 'Run resume, or leave the app open.',
  },
  'order.exists': {
    exit: EXIT.provider,
    message: 'There is a live profile for this EID already.',
    hint: 'Use that profile, or order another one in so many words.',
  },
  'order.failed': {
    exit: EXIT.provider,
    message: 'The provider could not make the profile.',
    hint: 'See the code and message. Order again when the cause is gone.',
  },
  'activation.incomplete': {
    exit: EXIT.provider,
    message: 'The provider took the change of the SIM, but the SIM did not become what was wished.',
    hint: 'Look at the SIM, then try again.',
  },
  'activation.unnamed': {
    exit: EXIT.usage,
    message: 'The unique name of the SIM cannot be made for this order.',
    hint: 'Choose another name.',
  },
  'order.notFound': {
    exit: EXIT.usage,
    message: 'There is no such order.',
    hint: 'List the orders to see their ids.',
  },
  'order.wrongState': {
    exit: EXIT.usage,
    message: 'This cannot be done with the order as it is now.',
    hint: 'Look at its history to see where it stands.',
  },
  'ledger.unwritable': {
    exit: EXIT.ours,
    message: 'The ledger cannot be written, so nothing was ordered.',
    hint: 'Free some space, or check that the data folder can be written.',
  },
  'ledger.unreadable': {
    exit: EXIT.ours,
    message: 'The ledger cannot be read.',
    hint: 'It was not changed. Make a copy of the data folder before you do anything else.',
  },
  'ledger.setAside': {
    exit: EXIT.ours,
    message: 'The ledger could not be used. It was set aside, unchanged, and a new one was begun.',
    hint: 'Keep the file that was set aside. Orders in it can still be looked up with the provider.',
  },

  // accounts and settings
  'settings.unreadable': {
    exit: EXIT.account,
    message: 'The accounts and settings cannot be read, so nothing is written in their place.',
    hint: 'See who may read settings.json in the data folder; it belongs to root where the app was once started so.',
  },
  'settings.setAside': {
    exit: EXIT.account,
    message: 'The accounts and settings could not be used. Their file was set aside, unchanged.',
    hint: 'Mend that file and give it its name back, or set the accounts again.',
  },

  // our own
  internal: {
    exit: EXIT.ours,
    message: 'Something went wrong in eSIM Bench itself.',
    hint: 'What was ordered is kept. Start it again, and report this with the details.',
  },
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof FAULTS;

const faultCodes = Object.keys(FAULTS) as [FaultCode, ...FaultCode[]];

export const FaultSchema = z.object({
  code: z.enum(faultCodes),
  /** What happened, one sentence. */
  message: z.string().max(500),
  /** The next step, one or two sentences. */
  hint: z.string().max(500),
  /** For support: the modem's answer, HTTP status, provider code. Never a secret. */
  details: z.string().max(2000).exactOptional(),
  /** The provider's own error code, as text, where it gave one. */
  providerCode: z.string().max(40).exactOptional(),
  /** `Twilio-Request-Id` of the answer, where there was one. */
  requestId: z.string().max(80).exactOptional(),
});
/** A failure as a value: a code for programs, a sentence and a next step for people. */
export type Fault = z.infer<typeof FaultSchema>;

export type FaultExtras = Partial<Omit<Fault, 'code'>>;

/** Makes a fault from its row in the table; `extras` replace its sentences or add details. */
export function fault(code: FaultCode, extras: FaultExtras = {}): Fault {
  const row: FaultRow = FAULTS[code];
  return { code, message: row.message, hint: row.hint, ...extras };
}

/** The CLI's exit code for a fault. */
export function exitCodeOf(of: Pick<Fault, 'code'>): number {
  return FAULTS[of.code].exit;
}
