import type { ModemIdentity } from '../../contract/device.ts';

/** A vendor's own command for the EID. One file and one row in vendors.ts each. */
export interface VendorEid {
  /** Kept with what is known of a modem; stays the same for ever. */
  readonly name: string;
  /** Whether modems of this kind have the command; the others are tried after those. */
  matches(identity: ModemIdentity): boolean;
  readonly commands: readonly VendorCommand[];
  /** Whether the command gives other numbers too, so that only one whose check digits hold is an EID. */
  readonly answersOtherNumbers: boolean;
  /** What to do where this modem's own programs keep the eUICC to themselves. */
  readonly hintWhenRefused?: string;
}

interface VendorCommand {
  readonly command: string;
  /** Prefixes of the answer, where they are not the command's name. */
  readonly prefixes?: readonly string[];
}
