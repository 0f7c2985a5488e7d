import { describe, expect, it } from 'vitest';
import { identify } from '../../../main/modem/identify.ts';
import { readEid } from '../../../main/modem/readEid.ts';
import { BY_CSIM, bench, EID, GOOD, IDENTITY } from './talkTo.ts';

/** Cuts the stream of all that a modem says in one place, counted from its first byte. */
function cutAt(place: number) {
  let said = 0;
  return (bytes: Uint8Array): Uint8Array[] => {
    const at = place - said;
    said += bytes.length;
    return at > 0 && at < bytes.length ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes];
  };
}

async function dialogue(
  script: Parameters<typeof bench>[0],
  split: (bytes: Uint8Array) => Uint8Array[],
): Promise<string> {
  const at = bench(script, { split, echo: true });
  const identified = await at.run(identify(at.dialogue, { clock: at.clock }));
  if (!identified.ok) return identified.fault.code;
  const read = await at.run(readEid(at.dialogue, identified.value, { clock: at.clock }));
  if (!read.ok) return read.fault.code;
  return JSON.stringify([identified.value.identity, read.value.eid.value, at.sent]);
}

/** How many bytes the modem says in all. */
async function lengthOf(script: Parameters<typeof bench>[0]): Promise<number> {
  let length = 0;
  await dialogue(script, (bytes) => {
    length += bytes.length;
    return [bytes];
  });
  return length;
}

describe('a whole dialogue for an EID', () => {
  it.each<[string, Parameters<typeof bench>[0]]>([
    ['+CGLA', GOOD],
    ['+CSIM', { ...GOOD, ...BY_CSIM }],
  ])('by %s is the same wherever its bytes are cut', async (_, script) => {
    const whole = await dialogue(script, (bytes) => [bytes]);
    expect(whole).toContain(EID);
    expect(whole).toContain(IDENTITY.model);
    const length = await lengthOf(script);
    expect(length).toBeGreaterThan(400);
    for (let place = 1; place < length; place += 1) {
      const cut = await dialogue(script, cutAt(place));
      if (cut !== whole) throw new Error(`cut at ${place}: ${cut}`);
    }
  });

  it.each([1, 2, 3, 7])('is the same in pieces of %i', async (size) => {
    const inPieces = (bytes: Uint8Array) =>
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
    expect(await dialogue(GOOD, inPieces)).toBe(await dialogue(GOOD, (bytes) => [bytes]));
  });
});
