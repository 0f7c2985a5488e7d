import { z } from 'zod';

export const AtLogEntrySchema = z.object({
  /** Counts up by one over the life of the process. */
  seq: z.number(),
  /** ms since 1970. */
  at: z.number(),
  port: z.string(),
  /** `sent` a command, `received` a line of an answer, `unsolicited` a line nobody asked for, `note` from the bench itself. */
  direction: z.enum(['sent', 'received', 'unsolicited', 'note']),
  /** Masked already: PINs and identifiers never enter the log. */
  text: z.string(),
});
export type AtLogEntry = z.infer<typeof AtLogEntrySchema>;
