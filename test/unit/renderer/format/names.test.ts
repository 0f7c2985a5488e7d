import { expect, it } from 'vitest';
import { shortName } from '../../../../renderer/format/names.ts';

it.each([
  ['SIMCOM INCORPORATED A7908E', 'SIMCOM A7908E'],
  ['Sierra Wireless, Incorporated', 'Sierra Wireless'],
  ['Fibocom Wireless Inc. FM350-GL', 'Fibocom Wireless FM350-GL'],
  ['Quectel Wireless Solutions Co., Ltd. EM05-G', 'Quectel Wireless Solutions EM05-G'],
  ['Telit LE910C4', 'Telit LE910C4'],
  ['Cologne Incubator 1', 'Cologne Incubator 1'],
  ['Inc', 'Inc'],
])('%s is called %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});
