import { z } from 'zod';

export type SafeParsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: z.ZodError };

/**
 * `schema.safeParse`, for whatever comes from outside: it never throws. zod's own does: its checks of length compare what an object
 * has as `length`, be that what it may, and `{"length":{"toString":1}}` cannot be compared. (So in zod 4.6.)
 */
export function safeParse<T extends z.ZodType>(schema: T, value: unknown): SafeParsed<z.output<T>> {
  try {
    return schema.safeParse(value);
  } catch {
    const error = new z.ZodError([{ code: 'custom', path: [], message: 'cannot be read', input: undefined }]);
    return { success: false, error };
  }
}
