import { describe, expect, it } from 'vitest';
import { LateOutcomes } from '../../../main/orders/lateOutcomes.ts';

/** A ledger that takes so many writes, then none. */
function ledger(takes: number) {
  const written: string[] = [];
  const room = { for: takes };
  const outcomes = new LateOutcomes<string>((id, event) => {
    if (room.for === 0) return false;
    room.for -= 1;
    written.push(`${id} ${event}`);
    return true;
  });
  return { outcomes, room, written };
}

describe('what became of requests', () => {
  it('is written at once where the ledger takes it', () => {
    const { outcomes, written } = ledger(1);
    outcomes.write('a', 'made');
    expect(written).toEqual(['a made']);
    expect(outcomes.writeLate()).toBe(true);
    expect(written).toEqual(['a made']);
  });

  it('is kept in its order where the ledger is full, and written once when it has room', () => {
    const { outcomes, room, written } = ledger(0);
    for (const id of ['a', 'b', 'c']) outcomes.write(id, 'made');
    room.for = 2;
    expect(outcomes.writeLate()).toBe(false);
    expect(written).toEqual(['a made', 'b made']);
    room.for = 5;
    expect(outcomes.writeLate()).toBe(true);
    expect(written).toEqual(['a made', 'b made', 'c made']);
  });
});
