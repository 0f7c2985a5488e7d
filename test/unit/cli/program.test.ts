import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../main/cli/program.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '), '1.2.3');

describe('parseCommandLine', () => {
  it.each([
    'ports',
    'ports --json',
    '--json ports',
    '--data-dir /x eid --port /dev/ttyUSB2 --baud 9600',
    'account set --provider twilio --account AC1 --key SK1 --endpoint https://x.example',
    'account show',
    'account test',
    'account clear',
    'order --port COM3 --qr esim.png --timeout 60',
    'order --eid 89044011112233441122334411223321 --no-wait --force',
    'order --matching-id --callback-url https://x.example --callback-method GET',
    'orders --json',
    'order show abc --json',
    'order again abc --no-wait',
    'order again abc --timeout 5 --qr esim.svg',
    'order choose abc --sid HP1',
    'order cancel abc',
    'order archive abc',
    'order archive abc --undo',
    'resume --timeout 5',
    'ledger export',
    'ledger export --format csv --out orders.csv',
    'ledger check --json',
  ])('takes: %s', (line) => {
    expect(parse(line).kind).toBe('run');
  });

  it.each([
    ['', /command/i],
    ['fly', /unknown command/],
    ['ports --loud', /unknown option/],
    ['eid', /--port/],
    ['eid --port', /argument missing/],
    ['eid --port x --baud fast', /whole number/],
    ['eid --port x --baud 1e9', /whole number/],
    ['account', /command/i],
    ['account set --provider twilio', /--account/],
    ['order --timeout -5 --matching-id', /whole number/],
    ['order --callback-method PUT --matching-id', /GET/],
    ['order show', /argument/],
    ['order again', /argument/],
    ['order choose abc', /--sid/],
    ['order cancel a b', /too many arguments/],
    ['ledger', /command/i],
    ['ledger export --format xml', /jsonl, csv/],
    ['ledger export --out', /argument missing/],
    ['ports extra', /too many arguments/],
  ])('refuses: %s', (line, words) => {
    const parsed = parse(line);
    expect(parsed.kind).toBe('wrong');
    expect(parsed.kind === 'wrong' ? parsed.message : '').toMatch(words);
  });

  it.each(['--help', 'order --help', 'help', '--version'])('answers %s with text', (line) => {
    const parsed = parse(line);
    expect(parsed.kind).toBe('text');
    expect(parsed.kind === 'text' ? parsed.text : '').not.toBe('');
  });

  it('finds --json and --data-dir wherever they stand', () => {
    for (const line of ['--json --data-dir /x orders', '--data-dir /x orders --json']) {
      const parsed = parse(line);
      expect(parsed.kind === 'run' ? [parsed.invocation.json, parsed.invocation.dataDir] : null).toEqual([
        true,
        '/x',
      ]);
    }
  });
});
