import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import { createOutput, orderExitCode, orderObject } from '../../../main/cli/output.ts';
import { ORDER_FIELDS } from '../../support/orderFields.ts';
import { orderOf } from '../bench/support/states.ts';
import { sink } from './sink.ts';

function outputTo(json: boolean) {
  const out = sink();
  const err = sink();
  return { output: createOutput(json, out.stream, err.stream), out: out.text, err: err.text };
}

describe('output', () => {
  it('writes results to stdout and progress to stderr', () => {
    const { output, out, err } = outputTo(false);
    output.result({ a: 1 }, 'one');
    output.progress('working');
    expect([out(), err()]).toEqual(['one\n', 'working\n']);
  });

  it('writes one object a line with --json, and no progress', () => {
    const { output, out, err } = outputTo(true);
    output.result({ a: 1, text: 'two\nlines' }, 'one');
    output.progress('working');
    expect([out(), err()]).toEqual(['{"a":1,"text":"two\\nlines"}\n', '']);
  });

  it('prints a fault as an object on stdout with --json, and as sentences on stderr', () => {
    const { output, out, err } = outputTo(true);
    expect(output.fault(fault('port.busy', { details: 'EBUSY' }))).toBe(3);
    const { error } = JSON.parse(out());
    expect(Object.keys(error)).toEqual(['code', 'message', 'hint', 'details']);
    expect(err()).toContain(error.message);
  });

  it('gives a program what support asks for, where it is known', () => {
    const { output, out } = outputTo(true);
    output.fault(fault('provider.refused', { providerCode: '83010', requestId: 'RQ1' }));
    output.fault(fault('port.notFound'));
    const [refused, notFound] = out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error);
    expect(refused).toMatchObject({ providerCode: '83010', requestId: 'RQ1' });
    expect(Object.keys(notFound)).toEqual(['code', 'message', 'hint']);
  });

  it('gives the reason once where a command fails for what it was told before', () => {
    const { output, out, err } = outputTo(true);
    output.notice(fault('settings.setAside', { details: 'settings.json.unreadable-1' }));
    expect(output.fault(fault('settings.setAside', { details: 'settings.json.unreadable-1' }))).toBe(6);
    expect(err().match(/set aside/g)).toHaveLength(1);
    expect(JSON.parse(out())).toMatchObject({ error: { code: 'settings.setAside' } });
  });
});

describe('orderObject', () => {
  it('has exactly the documented fields', () => {
    expect(Object.keys(orderObject(orderOf()))).toEqual(ORDER_FIELDS);
  });
});

describe('orderExitCode', () => {
  it.each([
    ['available', null, 0],
    ['downloaded', null, 0],
    ['installed', null, 0],
    ['failed', fault('order.failed'), 7],
    ['refused', fault('provider.outOfStock'), 7],
    ['refused', fault('provider.refused'), 7],
    ['unconfirmed', fault('order.unconfirmed'), 8],
    ['draft', fault('provider.offline'), 8],
    ['sending', null, 8],
    ['reserving', null, 8],
    ['a status nobody knows yet', null, 8],
  ])('%s: %#', (status, reason, code) => {
    expect(orderExitCode(orderOf({ status, fault: reason }))).toBe(code);
  });
});
