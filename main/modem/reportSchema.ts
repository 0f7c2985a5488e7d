import { z } from 'zod';

/** Raised with every change of shape, so that a report that comes years later can be told apart. */
export const REPORT_VERSION = 1;
export const REPORT_FORMAT = 'esim-bench compatibility report';

const text = z.string().max(500);
/** No answer of a modem that is asked here is longer. */
const line = z.string().max(10_000);

export const ReportCommandSchema = z.object({
  /** What it was sent for. */
  part: z.enum(['identity', 'sim', 'testForms', 'cgla', 'csim', 'vendor', 'slots', 'pinTries', 'network']),
  command: line.regex(/^AT[\x20-\x7e]*$/i),
  /** Identifiers in them are replaced by zeros, in length and shape as they were. */
  lines: z.array(line).max(256),
  /** As the modem wrote it; null where none came. */
  final: text.nullable(),
  /** Why there is no final result: the code of the fault. */
  fault: text.nullable(),
  elapsedMs: z.number().nonnegative(),
});
export type ReportCommand = z.infer<typeof ReportCommandSchema>;

const WaySchema = z.object({
  works: z.boolean(),
  /** What came of it where it does not: a fault's code, and the modem's or the card's own words. */
  reason: text.nullable(),
});
/** Whether a way to the EID works. */
export type ReportWay = z.infer<typeof WaySchema>;

export const ReportAboutSchema = z.object({
  app: z.object({ version: text }),
  /** ms since 1970. */
  at: z.number(),
  usb: z.object({
    vendorId: text.nullable(),
    productId: text.nullable(),
    manufacturer: text.nullable(),
    product: text.nullable(),
  }),
  /** The ports of the device; `finding`: what probing showed, null for those that were not opened. */
  ports: z
    .array(
      z.object({
        interfaceNumber: z.number().nullable(),
        role: z.enum(['at', 'atSecondary', 'nmea', 'diag', 'ppp', 'unknown']),
        finding: z.enum(['at', 'nmea', 'data', 'silent', 'busy', 'failed']).nullable(),
        used: z.boolean(),
      }),
    )
    .max(32),
});
/** What the report says beside what the modem answers. */
export type ReportAbout = z.infer<typeof ReportAboutSchema>;

export const ModemReportSchema = z.object({
  format: z.literal(REPORT_FORMAT),
  version: z.literal(REPORT_VERSION),
  about: ReportAboutSchema,
  modem: z.object({
    manufacturer: text.nullable(),
    model: text.nullable(),
    revision: text.nullable(),
    /** Type code and zeros. */
    imei: text.nullable(),
    simState: text.nullable(),
    /** By which file of main/modem/families it is taken. */
    family: text,
  }),
  ways: z.object({ cgla: WaySchema, csim: WaySchema, vendor: WaySchema.extend({ by: text.nullable() }) }),
  /** Whether all was tried; not where the time was over or the modem stopped to answer. */
  complete: z.boolean(),
  elapsedMs: z.number().nonnegative(),
  commands: z.array(ReportCommandSchema).max(500),
});
/**
 * What was tried on a modem, what it answered, which way to the EID works, and how long each command took. Plain JSON without
 * identifiers, to be attached to a bug report; `tools/reportToFixture.mjs` makes a modem for tests of it.
 */
export type ModemReport = z.infer<typeof ModemReportSchema>;
