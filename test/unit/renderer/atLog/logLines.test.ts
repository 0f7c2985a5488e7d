import { describe, expect, it } from 'vitest';
import { appended, portsIn } from '../../../../renderer/features/atLog/logLines.ts';
import { anAtLog } from '../fixtures.ts';

const lines = anAtLog();
const line = (seq: number, port = 'p') => ({ seq, at: 0, port, direction: 'sent' as const, text: '' });

describe('the AT log in the window', () => {
  it('takes each line once, whatever comes twice', () => {
    const first = appended([], lines.slice(0, 10));
    expect(appended(first, lines.slice(5)).map((entry) => entry.seq)).toEqual(
      lines.map((entry) => entry.seq),
    );
  });

  it('is the same object where nothing is new, so that nothing is drawn again', () => {
    expect(appended(lines, lines)).toBe(lines);
    expect(appended(lines, [])).toBe(lines);
  });

  it('lets the oldest lines go', () => {
    const many = Array.from({ length: 50 }, (_, index) => line(index));
    const kept = appended(many, [line(50), line(51)], 20);
    expect(kept.map((entry) => entry.seq)).toEqual(Array.from({ length: 20 }, (_, index) => 32 + index));
  });

  it('names each port once', () => {
    expect(portsIn([line(1, 'b'), line(2, 'a'), line(3, 'b')])).toEqual(['b', 'a']);
  });
});
