import { z } from 'zod';

export const BAUD_RATES = [9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600] as const;
export const DEFAULT_BAUD_RATE = 115200;

/** A port's path as given by a person: `/dev/ttyUSB2`, `COM7`, `/dev/cu.usbmodem1`. */
export const PortPathSchema = z
  .string()
  .trim()
  .min(1)
  .max(255)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
  .regex(/^[^\u0000-\u001f]+$/, 'a path has no control characters');

export const BaudRateSchema = z.number().int().min(300).max(4_000_000);

export const PortSchema = z.object({
  path: z.string(),
  /** As USB says it; null where the port is not on USB or the system does not tell. */
  manufacturer: z.string().nullable(),
  product: z.string().nullable(),
  serialNumber: z.string().nullable(),
  locationId: z.string().nullable(),
  /** Four hex digits in lower case, without 0x. */
  vendorId: z.string().nullable(),
  productId: z.string().nullable(),
  /** Which interface of its USB device it is (`bInterfaceNumber`): tells a modem's AT port from its others. Null where unknown. */
  interfaceNumber: z.number().nullable(),
});
/** A serial port of this computer. Its path is no identity: the same device may come back on another one. */
export type Port = z.infer<typeof PortSchema>;
