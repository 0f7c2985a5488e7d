import { z } from 'zod';
import { FaultSchema } from './fault.ts';

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
  /** Added by hand with its path, so that it stays when the port is not in the list. */
  addedByHand: z.boolean(),
});
/** A modem with its eUICC. */
export type Device = z.infer<typeof DeviceSchema>;
