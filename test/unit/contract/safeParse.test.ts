import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { safeParse } from '../../../contract/safeParse.ts';

/** Something that has a length which can be compared with nothing. */
const BOUNDLESS: unknown = JSON.parse('{"length":{"toString":1,"valueOf":1}}');

describe('parsing what comes from outside', () => {
  it('gives what the schema gives', () => {
    expect(safeParse(z.string().max(3), 'abc')).toEqual({ success: true, data: 'abc' });
    const parsed = safeParse(z.object({ a: z.string() }), { a: 1 });
    expect(parsed.success ? null : parsed.error.issues[0]?.path).toEqual(['a']);
  });

  it.each([
    ['a bounded text', z.string().max(3), BOUNDLESS],
    ['a bounded text within an object', z.object({ a: z.string().max(3) }), { a: BOUNDLESS }],
    ['a text that must be something', z.string().min(1), BOUNDLESS],
    ['a bounded list', z.array(z.unknown()).max(3), BOUNDLESS],
  ])('refuses %s whose length can be compared with nothing, and does not throw', (_what, schema, value) => {
    const parsed = safeParse(schema, value);
    expect(parsed.success ? null : parsed.error.issues[0]?.message).toBe('cannot be read');
  });
});
