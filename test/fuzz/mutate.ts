import type { Dice } from '../faults/dice.ts';

/** Bytes with something wrong with them: turned, lost, doubled, cut, put in, put together from two. */
export function mutateBytes(dice: Dice, bytes: Uint8Array, others: readonly Uint8Array[] = []): Uint8Array {
  let mutated = [...bytes];
  for (let times = dice.pick([0, 1, 1, 1, 2, 3, 6]); times > 0; times -= 1) {
    const at = dice.int(0, Math.max(0, mutated.length - 1));
    const count = dice.pick([1, 1, 1, 2, 4, 16]);
    switch (
      dice.weighted({ turn: 4, set: 3, drop: 3, insert: 3, double: 1, cut: 1, splice: 1, flood: 0.05 })
    ) {
      case 'turn':
        if (mutated.length > 0) mutated[at] = (mutated[at] ?? 0) ^ (1 << dice.int(0, 7));
        break;
      case 'set':
        if (mutated.length > 0)
          mutated[at] = dice.pick([0, 1, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 13, 10, 62, 34]);
        break;
      case 'drop':
        mutated.splice(at, count);
        break;
      case 'insert':
        mutated.splice(at, 0, ...Array.from({ length: count }, () => dice.int(0, 255)));
        break;
      case 'double':
        mutated.splice(at, 0, ...mutated.slice(at, at + count * 8));
        break;
      case 'cut':
        mutated = mutated.slice(0, at);
        break;
      case 'splice': {
        const other = others.length === 0 ? bytes : dice.pick(others);
        mutated = [...mutated.slice(0, at), ...other.slice(dice.int(0, other.length))];
        break;
      }
      case 'flood': {
        const byte = dice.int(0, 255);
        mutated = [...mutated.slice(0, at), ...new Array<number>(dice.int(1_000, 40_000)).fill(byte)];
        break;
      }
    }
  }
  return Uint8Array.from(mutated);
}

/** The same bytes in pieces, wherever they may be cut. */
export function inPieces(dice: Dice, bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  // A long text in single bytes would take its time and tell no more.
  const longest = Math.max(dice.pick([1, 3, 16, 64, 4_096]), Math.ceil(bytes.length / 1_000));
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + dice.int(1, longest));
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

const CHARACTERS = [
  ...'abcXYZ0129 \t\r\n"\'\\$<>&;:,./?#%+-=_{}[]()|`~^*@!',
  '\0',
  '\u001b',
  '\u007f',
  'é',
  'ß',
  'İ',
  '\u200b',
  '\u202e',
  '\ud83d',
  '😀',
  '�',
];

export function anyText(dice: Dice, longest = 40): string {
  if (dice.chance(0.01)) return dice.pick(CHARACTERS).repeat(dice.int(1_000, 20_000));
  return Array.from({ length: dice.int(0, longest) }, () => dice.pick(CHARACTERS)).join('');
}

/** A text with something wrong with it. */
export function mutateText(dice: Dice, text: string): string {
  let mutated = text;
  for (let times = dice.pick([0, 1, 1, 2, 3]); times > 0; times -= 1) {
    const at = dice.int(0, mutated.length);
    const end = at + dice.int(0, 4);
    mutated = dice.pick([
      mutated.slice(0, at) + dice.pick(CHARACTERS) + mutated.slice(at),
      mutated.slice(0, at) + mutated.slice(end),
      mutated.slice(0, at) + anyText(dice, 6) + mutated.slice(end),
      mutated.slice(0, at),
      mutated + mutated.slice(at),
      dice.chance(0.5) ? mutated.toUpperCase() : mutated.toLowerCase(),
    ]);
  }
  return mutated;
}

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'length',
  'then',
  '0',
  'ok',
  'kind',
];

/** A value as it may stand anywhere in JSON. */
export function oddValue(dice: Dice, depth = 0): unknown {
  const kinds = {
    null: 3,
    boolean: 2,
    number: 4,
    text: 6,
    list: depth > 3 ? 0 : 2,
    object: depth > 3 ? 0 : 2,
    deep: 0.05,
  };
  switch (dice.weighted(kinds)) {
    case 'null':
      return null;
    case 'boolean':
      return dice.chance(0.5);
    case 'number':
      return dice.pick([
        0,
        -0,
        1,
        -1,
        0.1,
        1e300,
        -1e300,
        2 ** 53,
        2 ** 31,
        4294967296,
        200,
        115200,
        dice.int(-1_000, 1_000),
      ]);
    case 'text':
      return dice.chance(0.5) ? anyText(dice) : dice.pick(ODD_NAMES);
    case 'list':
      return Array.from({ length: dice.pick([0, 1, 2, 5]) }, () => oddValue(dice, depth + 1));
    case 'object':
      return oddObject(dice, depth);
    case 'deep': {
      let value: unknown = 1;
      for (let left = dice.pick([50, 300]); left > 0; left -= 1)
        value = left % 2 === 0 ? [value] : { a: value };
      return value;
    }
  }
}

function oddObject(dice: Dice, depth: number): Record<string, unknown> {
  const names = Array.from({ length: dice.pick([0, 1, 2, 5, 40]) }, () =>
    dice.chance(0.5) ? dice.pick(ODD_NAMES) : anyText(dice, 12),
  );
  // As JSON.parse does: `__proto__` is a name like any other.
  return Object.fromEntries(names.map((name) => [name, oddValue(dice, depth + 1)]));
}

/** JSON that goes very deep; a parser takes it, and whatever walks through it may not. */
export function deepJson(dice: Dice): string {
  const depth = dice.pick([1_000, 5_000, 50_000]);
  return dice.chance(0.5)
    ? '['.repeat(depth) + ']'.repeat(depth)
    : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** A JSON value with other values in some places, names left out and names put in. */
export function mutateValue(dice: Dice, value: unknown, probability = 0.12): unknown {
  if (dice.chance(probability / 3)) return oddValue(dice);
  if (Array.isArray(value)) {
    const list = value.map((one) => mutateValue(dice, one, probability));
    if (dice.chance(probability) && list.length > 0) list.push(dice.pick(list));
    return dice.chance(probability) ? list.slice(1) : list;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(() => !dice.chance(probability / 2))
      .map(([name, inner]): [string, unknown] => [name, mutateValue(dice, inner, probability)]);
    if (dice.chance(probability)) entries.push([dice.pick(ODD_NAMES), oddValue(dice)]);
    return Object.fromEntries(entries);
  }
  if (!dice.chance(probability)) return value;
  return typeof value === 'string' ? mutateText(dice, value) : oddValue(dice);
}
