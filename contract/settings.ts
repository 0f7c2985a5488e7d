import { z } from 'zod';
import { CallbackMethodSchema, CallbackUrlSchema } from './order.ts';

export const SettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Sent with every order unless it names its own. */
  callbackUrl: CallbackUrlSchema.nullable().default(null),
  callbackMethod: CallbackMethodSchema.default('POST'),
  /** Shown in full instead of masked. */
  showIdentifiers: z.boolean().default(false),
  atLogOpen: z.boolean().default(false),
});
export type Settings = z.infer<typeof SettingsSchema>;
/** Only what is to change. */
export const SettingsChangeSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).exactOptional(),
  callbackUrl: CallbackUrlSchema.nullable().exactOptional(),
  callbackMethod: CallbackMethodSchema.exactOptional(),
  showIdentifiers: z.boolean().exactOptional(),
  atLogOpen: z.boolean().exactOptional(),
});
export type SettingsChange = z.infer<typeof SettingsChangeSchema>;
