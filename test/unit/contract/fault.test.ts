import { describe, expect, it } from 'vitest';
import { exitCodeOf, FAULTS, FaultSchema, fault } from '../../../contract/fault.ts';

const rows = Object.entries(FAULTS);

describe('every fault', () => {
  it.each(rows)('%s says what happened and what to do, in plain words', (_code, row) => {
    for (const sentence of [row.message, row.hint]) {
      expect(sentence).toMatch(/^[A-Z].*[.)]$/);
      expect(sentence).not.toMatch(/!|\b(EACCES|EBUSY|ENOENT|[Uu]ndefined|[Pp]lease|[Ss]orry)\b/);
      expect(sentence.length).toBeLessThan(200);
    }
  });

  it.each(rows)('%s has an exit code of its own kind, never success', (_code, row) => {
    expect([2, 3, 4, 5, 6, 7, 8, 70]).toContain(row.exit);
  });

  it('passes the border', () => {
    for (const code of Object.keys(FAULTS) as (keyof typeof FAULTS)[]) {
      expect(FaultSchema.parse(fault(code))).toEqual(fault(code));
    }
  });
});

describe('fault', () => {
  it('lets a place that knows better replace the sentence', () => {
    expect(fault('port.busy', { message: 'Held by minicom.' })).toMatchObject({
      code: 'port.busy',
      message: 'Held by minicom.',
      hint: FAULTS['port.busy'].hint,
    });
  });
  it('gives the exit code of its row', () => expect(exitCodeOf(fault('eid.invalid'))).toBe(2));
});
