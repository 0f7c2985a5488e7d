import { z } from 'zod';
import { ChipSchema } from './chip.ts';
import { FaultSchema } from './fault.ts';
import { VerificationSchema } from './verification.ts';

export const EID_VIA = ['cgla', 'csim', 'vendor'] as const;
/** How an EID was read: `AT+CGLA`, `AT+CSIM`, or a vendor's own command. */
export type EidVia = (typeof EID_VIA)[number];

export const EidReadingSchema = z.object({
  /** 32 decimal digits. */
  value: z.string(),
  /** Whether its check digits hold (SGP.29). */
  valid: z.boolean(),
  via: z.enum(EID_VIA),
  elapsedMs: z.number(),
});
export type EidReading = z.infer<typeof EidReadingSchema>;

export const ModemIdentitySchema = z.object({
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  revision: z.string().nullable(),
  imei: z.string().nullable(),
});
/** What a modem says of itself: `+CGMI`, `+CGMM`, `+CGMR`, `+CGSN`. */
export type ModemIdentity = z.infer<typeof ModemIdentitySchema>;

/** Where a device is in being made ready. `gone`: unplugged, kept in sight because an order names it. */
export const DEVICE_PHASES = ['opening', 'identifying', 'readingEid', 'ready', 'failed', 'gone'] as const;
export type DevicePhase = (typeof DEVICE_PHASES)[number];

export const SimLockSchema = z.object({
  asksFor: z.enum(['pin', 'puk']),
  /** How many wrong ones are left before it is blocked; null where the modem does not tell. */
  pinTries: z.number().nullable(),
  pukTries: z.number().nullable(),
});
/** A SIM that wants its PIN or PUK first. */
export type SimLock = z.infer<typeof SimLockSchema>;

export const SimSlotsSchema = z.object({
  /** Counts from 1. */
  active: z.number(),
  count: z.number(),
  /** What the modem or its maker calls them, by place: `SIM1`, `eSIM`. */
  labels: z.array(z.string()),
});
export type SimSlots = z.infer<typeof SimSlotsSchema>;

export const ACTIVITIES = [
  'readChip',
  'readNotification',
  'changeChip',
  'unlockSim',
  'switchSlot',
  'verify',
  'report',
] as const;
export type ActivityKind = (typeof ACTIVITIES)[number];

export const ActivitySchema = z.object({
  kind: z.enum(ACTIVITIES),
  /** What is being done at the moment, a few words for the technician. */
  step: z.string(),
  /** When it began, ms since 1970. */
  since: z.number(),
  /** When it gives up at the latest, ms since 1970; null where that is soon anyway. */
  until: z.number().nullable(),
});
/** Something that a technician has begun on a device that is ready. One at a time. */
export type Activity = z.infer<typeof ActivitySchema>;

export const DeviceEventSchema = z.object({
  /** ms since 1970. */
  at: z.number(),
  kind: z.enum([...ACTIVITIES, 'ordered']),
  /** Whether it came to a good end. */
  done: z.boolean(),
  /** One sentence: what was done, to which profile. */
  note: z.string(),
});
/** A line of a device's history, which is kept. */
export type DeviceEvent = z.infer<typeof DeviceEventSchema>;

export const DeviceSchema = z.object({
  /** Stable for the same hardware: from its IMEI, else its USB serial number, else (until known) its port. */
  id: z.string(),
  phase: z.enum(DEVICE_PHASES),
  /** When this phase began, ms since 1970. */
  since: z.number(),
  port: z.object({ path: z.string(), baudRate: z.number() }),
  /** As USB says it; used as the name until the modem has told its own. */
  usb: z.object({
    manufacturer: z.string().nullable(),
    product: z.string().nullable(),
    vendorId: z.string().nullable(),
    productId: z.string().nullable(),
    serialNumber: z.string().nullable(),
  }),
  modem: ModemIdentitySchema.nullable(),
  /** `READY`, `SIM PIN`, `EMPTY_EUICC` … as `+CPIN?` answers. */
  simState: z.string().nullable(),
  iccid: z.string().nullable(),
  eid: EidReadingSchema.nullable(),
  fault: FaultSchema.nullable(),
  /** Set where the SIM asks for its PIN or PUK. */
  simLock: SimLockSchema.nullable(),
  /** Null until known, and where the modem has one slot or does not tell. */
  slots: SimSlotsSchema.nullable(),
  /** What the eUICC says of itself, as last read; null until then. */
  chip: ChipSchema.nullable(),
  activity: ActivitySchema.nullable(),
  /** Why the last activity came to nothing; null after a good one. */
  activityFault: FaultSchema.nullable(),
  verification: VerificationSchema.nullable(),
  /** Newest first, the latest 50. */
  history: z.array(DeviceEventSchema),
  /** Added by hand with its path, so that it stays when the port is not in the list. */
  addedByHand: z.boolean(),
});
/** A modem with its eUICC. */
export type Device = z.infer<typeof DeviceSchema>;
