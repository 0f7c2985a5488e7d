import { eidWithCheckDigits } from '../digits.ts';
import type { CardQuirks } from '../euicc/card.ts';
import type { Es10Quirks } from '../euicc/es10Card.ts';
import type { EuiccAddresses, EuiccInfo, ProfileRecipe } from '../euicc/euiccState.ts';
import type { NotificationRecipe } from '../euicc/virtualEuicc.ts';
import type { ModemIdentity, NetworkOffer } from './modemCore.ts';
import type { PortLayout, PortRole } from './ports.ts';
import type { ModemQuirks } from './quirks.ts';

/** What is in a SIM slot when a make is plugged in. */
export type CardRecipe =
  | { readonly kind: 'none' }
  | { readonly kind: 'sim'; readonly iccid: string; readonly pin?: PinRecipe }
  | {
      readonly kind: 'euicc';
      /** Of the first one plugged in; further ones get their own. */
      readonly eid: string;
      readonly profiles?: readonly ProfileRecipe[];
      readonly notifications?: readonly NotificationRecipe[];
      readonly info?: Partial<EuiccInfo>;
      readonly addresses?: Partial<EuiccAddresses>;
      readonly card?: Partial<CardQuirks>;
      readonly es10?: Partial<Es10Quirks>;
    };

export interface PinRecipe {
  readonly value: string;
  readonly puk: string;
  readonly tries?: number;
}

/**
 * A kind of modem as data: how USB shows it, its ports, what it says of itself, which switches are set, which
 * card is in it.
 */
export interface Make {
  /** Its name for people. */
  readonly label: string;
  /** What it shows, in a sentence. */
  readonly shows: string;
  readonly usb: {
    /** Four hex digits in lower case. */
    readonly vendorId: string;
    readonly productId: string;
    readonly manufacturer: string;
    readonly product: string;
  };
  /** The driver that Linux gives it, so the name of its ports: `ttyUSB` or `ttyACM`. */
  readonly tty: 'ttyUSB' | 'ttyACM';
  readonly ports: readonly PortLayout[];
  readonly identity: Omit<ModemIdentity, 'imei'>;
  readonly quirks: Partial<ModemQuirks>;
  readonly slots: readonly CardRecipe[];
  /** Which of them is in use when it is plugged in, from 0. Default 0. */
  readonly activeSlot?: number;
  readonly network?: Partial<NetworkOffer>;
}

/** Port roles with their USB interfaces, counted from `first`: `layout(0, 'diag', 'nmea', 'at')`. */
export function layout(first: number, ...roles: readonly PortRole[]): PortLayout[] {
  return roles.map((role, index) => ({ role, interfaceNumber: first + index }));
}

/** The same where interfaces are left out, or each port has two, as with CDC ACM: `interfaces({ 0: 'at', 2: 'nmea' })`. */
export function interfaces(roles: Readonly<Record<number, PortRole>>): PortLayout[] {
  return Object.entries(roles).map(([number, role]) => ({ role, interfaceNumber: Number(number) }));
}

/** A valid EID of this bench's own, for cards beyond the published ones. */
export function ownEid(number: number): string {
  return eidWithCheckDigits(`8904903212345123451234${number.toString().padStart(8, '0')}`);
}
