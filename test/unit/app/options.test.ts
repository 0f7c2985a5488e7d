import { describe, expect, it } from 'vitest';
import { parseAppArguments } from '../../../main/app/options.ts';

const parse = (...argv: string[]) => parseAppArguments(argv, '/home/me');

describe('parseAppArguments', () => {
  it('is for real work without arguments', () => {
    expect(parse()).toMatchObject({ mode: 'real', auto: false, ports: [], baudRate: 115200, out: null });
  });

  it('passes over what is Chromium’s or Electron’s', () => {
    expect(parse('.', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', '--demo')).toMatchObject({
      mode: 'demo',
    });
  });

  it('takes ports and their speed', () => {
    expect(parse('--port', '/dev/ttyUSB2', '--port=COM7', '--baud', '9600')).toMatchObject({
      ports: ['/dev/ttyUSB2', 'COM7'],
      baudRate: 9600,
    });
  });

  it.each([
    ['an empty port', ['--port', '']],
    ['a port without value', ['--port']],
    ['a port with control characters', ['--port', '/dev/tty\nUSB0']],
  ])('leaves out %s', (_what, argv) => {
    expect(parse(...argv).ports).toEqual([]);
  });

  it.each([['abc'], ['-1'], ['1e99'], ['']])('uses the usual speed for --baud %s', (text) => {
    expect(parse('--baud', text).baudRate).toBe(115200);
  });

  it('makes folders absolute', () => {
    expect(parse('--data-dir', 'bench', '--out', 'shots')).toMatchObject({
      dataDir: '/home/me/bench',
      out: '/home/me/shots',
    });
  });

  it('walks by itself in the demo alone, where no real order can be made', () => {
    expect(parse('--auto').auto).toBe(false);
    expect(parse('--demo', '--auto').auto).toBe(true);
  });

  it('keeps the demo away from the real data', () => {
    expect(parse('--demo').dataDir).not.toBe(parse().dataDir);
  });
});
