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
    'account set --provider kore --client-id bench --endpoint https://x.example --token-endpoint https://y.example/t',
    'account set --provider twilio --account AC1 --name Work',
    'account list',
    'profiles-remote --eid 89044011112233441122334411223321 --status available',
    'fleets --json',
    'sim show --sid HS1',
    'sim activate --sid HS1 --fleet bench --status ready --name Van --no-wait --json',
    'account after-ordering --fleet bench --status active --name {date}-{n}',
    'account after-ordering --off',
    'account use Work',
    'account rename Work Field',
    'account clear Work',
    'account export --out accounts.json',
    'account import accounts.json',
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
    'chip --port COM3 --json',
    'chip reset --port COM3 --confirm 12345678',
    'profiles --port COM3 --baud 9600',
    'profile enable --port COM3 --iccid 89883070000051100018 --yes',
    'profile disable --port COM3 --iccid 89883070000051100018',
    'profile delete --port COM3 --iccid 89883070000051100018 --json',
    'profile nickname --port COM3 --iccid 89883070000051100018 Van',
    'profile nickname --port COM3 --iccid 89883070000051100018',
    'smdp set --port COM3 smdp.example.com',
    'smdp set --port COM3',
    'notifications --port COM3',
    'notifications show --port COM3 --seq 7',
    'notifications remove --port COM3 --seq 7 --yes',
    'slot show --port COM3',
    'slot switch --port COM3 2 --yes',
    'sim unlock --port COM3 --puk',
    'verify --port COM3 --timeout 30',
    'account --json list',
    'chip --json reset --port COM3 --confirm 12345678',
    'probe --port COM3 --out report.json',
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
    ['account --json', /command/i],
    ['order --no-wait again abc', /--no-wait.*behind 'again'/],
    ['chip --port x reset --confirm 12345678', /--port.*behind 'reset'/],
    ['--data-dir= orders', /empty/],
    ['account rename Work', /new name/],
    ['account set', /--provider/],
    ['account set --provider other', /twilio, kore/],
    ['account use', /argument/],
    ['account export', /--out/],
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
    ['chip', /--port/],
    ['chip reset --port x', /--confirm/],
    ['profile', /command/i],
    ['profile enable --port x', /--iccid/],
    ['smdp set --port x a b', /too many arguments/],
    ['notifications show --port x', /--seq/],
    ['notifications remove --port x --seq seven', /whole number/],
    ['slot switch --port x', /number/],
    ['slot switch --port x 9', /whole number from 1 to 8/],
    ['sim unlock', /--port/],
    ['sim unlock --port x 1234', /too many arguments/],
    ['verify --port x --timeout soon', /whole number/],
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
    for (const line of [
      '--json --data-dir /x orders',
      '--data-dir /x orders --json',
      'orders --data-dir /x --json',
      'account --data-dir /x --json list',
      'order --json --data-dir /x show abc',
      'notifications --json show --data-dir /x --port COM3 --seq 7',
    ]) {
      const parsed = parse(line);
      expect(parsed.kind === 'run' ? [parsed.invocation.json, parsed.invocation.dataDir] : null).toEqual([
        true,
        '/x',
      ]);
    }
  });
});
