import { expect, it } from 'vitest';
import { putIn } from '../../../../renderer/features/sims/putIn.ts';

it.each([
  ['at the end where nothing is marked', 'a-', null, null, 'a-{n}', 5],
  ['at the cursor', 'a-b', 1, 1, 'a{n}-b', 4],
  ['in place of what is marked', 'a-b', 1, 3, 'a{n}', 4],
  ['into nothing', '', 0, 0, '{n}', 3],
  ['at the end where the mark is of a longer text', 'a', 9, 12, 'a{n}', 4],
])('a part is put in %s', (_, text, from, to, after, cursor) => {
  expect(putIn(text, '{n}', from, to)).toEqual({ text: after, cursor });
});
