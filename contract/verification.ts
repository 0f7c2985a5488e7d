import { z } from 'zod';

export const REGISTRATIONS = [
  'home',
  'roaming',
  'searching',
  'notSearching',
  'denied',
  'emergencyOnly',
  'unknown',
] as const;
/** A registration state as far as it matters at a bench (3GPP TS 27.007 §7.2 `<stat>`). */
export type RegistrationState = (typeof REGISTRATIONS)[number];

export const RegistrationSchema = z.object({
  /** Which command said so: `+CREG` circuit switched, `+CEREG` LTE, `+C5GREG` 5G. */
  command: z.enum(['+CREG', '+CGREG', '+CEREG', '+C5GREG']),
  /** The number as the modem gave it. */
  stat: z.number(),
  state: z.enum(REGISTRATIONS),
});
export type Registration = z.infer<typeof RegistrationSchema>;

export const VerificationSchema = z.object({
  /** When it ended, ms since 1970. */
  at: z.number(),
  /** Registered at home or roaming; else why not, as far as it can be told. */
  outcome: z.enum(['registered', 'denied', 'notRegistered', 'simNotReady', 'radioOff']),
  simState: z.string().nullable(),
  /** Of the profile that was in use. */
  iccid: z.string().nullable(),
  registrations: z.array(RegistrationSchema).max(4),
  operator: z.string().nullable(),
  /** `LTE`, `NR` …, in words of 3GPP. */
  technology: z.string().nullable(),
  /** dBm; null where the modem does not tell. */
  signalDbm: z.number().nullable(),
  elapsedMs: z.number(),
});
/** The answer to "does the profile work": SIM, registration, network and signal at one moment. */
export type Verification = z.infer<typeof VerificationSchema>;
