import { describe, expect, it, onTestFinished } from 'vitest';
import { DOORS } from '../../fuzz/doors.ts';
import { knockOn } from '../../fuzz/knock.ts';
import { inputsFor } from '../../fuzz/shares.ts';

/** `npm run fuzz` does the same with many more, and with other seeds. */
const INPUTS = 40_000;
const SEED = 20261124;

describe('whatever comes in from outside', () => {
  it.each(DOORS.map((door, index) => ({ name: door.name, door, index })))(
    'is parsed or refused, and nothing else happens: $name',
    async ({ door, index }) => {
      onTestFinished(() => door.close());
      const count = inputsFor(door, INPUTS);
      expect(await knockOn(door, index, SEED, 0, count)).toMatchObject({ inputs: count });
    },
    120_000,
  );
});
