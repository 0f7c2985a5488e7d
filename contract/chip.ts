import { z } from 'zod';

/** Three numbers, as in `2.2.2` (SGP.22 `VersionType`). */
const VersionSchema = z.string().regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/);

export const PROFILE_CLASSES = ['test', 'provisioning', 'operational'] as const;
export type ProfileClass = (typeof PROFILE_CLASSES)[number];

/** 18 to 20 digits. */
export const IccidSchema = z.string().regex(/^\d{18,20}$/, 'must be 18 to 20 digits');

export const InstalledProfileSchema = z.object({
  iccid: z.string(),
  /** Identifier of its ISD-P, upper-case hex; null where the eUICC does not tell. */
  isdpAid: z.string().nullable(),
  state: z.enum(['enabled', 'disabled']),
  profileClass: z.enum(PROFILE_CLASSES).nullable(),
  nickname: z.string().nullable(),
  serviceProvider: z.string().nullable(),
  name: z.string().nullable(),
  /** Base64 of a JPEG or PNG, as the profile brings it; null where it has none, or what it has is no picture. */
  icon: z.object({ type: z.enum(['jpeg', 'png']), base64: z.string().max(8_192) }).nullable(),
});
/** A profile on the eUICC (SGP.22 §5.7.15 `ProfileInfo`); not the provider's resource. */
export type InstalledProfile = z.infer<typeof InstalledProfileSchema>;

export const NOTIFICATION_OPERATIONS = ['install', 'enable', 'disable', 'delete'] as const;

export const ChipNotificationSchema = z.object({
  sequenceNumber: z.number().int().nonnegative(),
  operation: z.enum(NOTIFICATION_OPERATIONS),
  /** The server that it is for. */
  address: z.string(),
  iccid: z.string().nullable(),
});
/** What the eUICC has to tell a server (SGP.22 §5.7.9 `NotificationMetadata`). */
export type ChipNotification = z.infer<typeof ChipNotificationSchema>;

export const EuiccInfoSchema = z.object({
  /** The SGP.22 version that it keeps to. */
  svn: VersionSchema,
  profileVersion: VersionSchema.nullable(),
  firmwareVersion: VersionSchema.nullable(),
  globalPlatformVersion: VersionSchema.nullable(),
  javaCardVersion: VersionSchema.nullable(),
  /** Applications installed; bytes free (TS 102 226 §8.2.1.7.2). */
  applications: z.number().nullable(),
  freeNonVolatileBytes: z.number().nullable(),
  freeVolatileBytes: z.number().nullable(),
  /** Key identifiers of certificate issuers, upper-case hex. */
  ciKeysForVerification: z.array(z.string()),
  ciKeysForSigning: z.array(z.string()),
  category: z.enum(['other', 'basic', 'medium', 'contactless']).nullable(),
  uiccCapabilities: z.array(z.string()),
  rspCapabilities: z.array(z.string()),
  protectionProfileVersion: VersionSchema.nullable(),
  sasAccreditationNumber: z.string().nullable(),
});
/** EUICCInfo2, or what EUICCInfo1 has of it on an eUICC that has no other (SGP.22 §5.7.8). */
export type EuiccInfo = z.infer<typeof EuiccInfoSchema>;

export const CHIP_PARTS = ['info', 'addresses', 'profiles', 'notifications'] as const;
export type ChipPart = (typeof CHIP_PARTS)[number];

export const ChipSchema = z.object({
  /** When it was read, ms since 1970. */
  readAt: z.number(),
  info: EuiccInfoSchema.nullable(),
  /** ES10a.GetEuiccConfiguredAddresses: default SM-DP+ and root SM-DS. */
  addresses: z.object({ defaultSmdp: z.string().nullable(), rootSmds: z.string().nullable() }).nullable(),
  /** Null where they could not be read. */
  profiles: z.array(InstalledProfileSchema).nullable(),
  notifications: z.array(ChipNotificationSchema).nullable(),
  /** Parts that this eUICC does not give, with what it said: `6A88 (not found)`. */
  missing: z.array(z.object({ part: z.enum(CHIP_PARTS), details: z.string().max(300) })),
});
/** What the eUICC of a device says of itself, all but the EID. */
export type Chip = z.infer<typeof ChipSchema>;

/** How many bytes a text takes in UTF-8 (RFC 3629 §3), told without the means of a browser or Node. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

/** At most 64 bytes of UTF-8 (SGP.22 §5.7.21); empty takes the nickname off. */
export const NicknameSchema = z
  .string()
  .trim()
  .refine((text) => utf8Length(text) <= 64, 'must be at most 64 bytes');

/** A host name, perhaps with a port (SGP.22 §4.1); empty takes the default off. */
export const SmdpAddressSchema = z
  .string()
  .trim()
  .max(255)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?)?$/i, {
    message: 'must be a host name',
  });

/** How many of the EID's last digits are typed to confirm a reset of the eUICC. */
export const RESET_DIGITS = 8;

export const ChipChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('enable'), iccid: IccidSchema }),
  z.object({ kind: z.literal('disable'), iccid: IccidSchema }),
  z.object({ kind: z.literal('delete'), iccid: IccidSchema }),
  z.object({ kind: z.literal('nickname'), iccid: IccidSchema, nickname: NicknameSchema }),
  z.object({ kind: z.literal('defaultSmdp'), address: SmdpAddressSchema }),
  z.object({ kind: z.literal('removeNotification'), sequenceNumber: z.number().int().nonnegative() }),
  /** ES10c.eUICCMemoryReset: deletes every operational profile, those loaded for tests too, and the default SM-DP+ address. */
  z.object({ kind: z.literal('reset'), typedDigits: z.string().max(32) }),
]);
/** One thing to change on the eUICC. */
export type ChipChange = z.infer<typeof ChipChangeSchema>;
