import { resolve } from 'node:path';
import { parseAppArguments } from '../../main/app/options.ts';
import { parseCommandLine } from '../../main/cli/program.ts';
import { type Door, doorOf, must } from './door.ts';
import { anyText, mutateText } from './mutate.ts';

const WORDS = [
  ...'ports eid account set show test clear order again choose cancel archive orders resume ledger export check help'.split(
    ' ',
  ),
  ...'--json --data-dir --port --baud --provider --account --key --endpoint --eid --matching-id --callback-url'.split(
    ' ',
  ),
  ...'--callback-method --no-wait --timeout --qr --force --another --adopt --sid --undo --format --out --archived'.split(
    ' ',
  ),
  ...'chip reset profiles profile enable disable delete nickname smdp notifications remove verify probe slot switch sim unlock'.split(
    ' ',
  ),
  ...'--iccid --yes --confirm --seq --puk --iccid=89 --seq=-1 --confirm= --timeout=0 89000000000000000013 smdp.example.com 2 0 9'.split(
    ' ',
  ),
  ...'--help -h --version -V -- - --demo --auto --no-json --json=1 --baud=9600 --__proto__ __proto__ --constructor'.split(
    ' ',
  ),
  ...'/dev/ttyUSB2 115200 1e9 -1 GET csv jsonl esim.png 89044011112233441122334411223321 twilio x'.split(' '),
];

/** Whole command lines, to which only a little is done. */
const WHOLE = [
  'chip --port /dev/ttyUSB2 --json',
  'chip reset --port COM7 --confirm 12345678',
  'profiles --port /dev/ttyUSB2 --baud 9600',
  'profile enable --port /dev/ttyUSB2 --iccid 89000000000000000013 --yes',
  'profile disable --port /dev/ttyUSB2 --iccid 89000000000000000013',
  'profile delete --port /dev/ttyUSB2 --iccid 89000000000000000013 --yes',
  'profile nickname --port /dev/ttyUSB2 --iccid 89000000000000000013 Gate',
  'smdp set --port /dev/ttyUSB2 smdp.example.com',
  'notifications --port /dev/ttyUSB2',
  'notifications show --port /dev/ttyUSB2 --seq 7',
  'notifications remove --port /dev/ttyUSB2 --seq 7 --yes',
  'verify --port /dev/ttyUSB2 --timeout 10',
  'probe --port /dev/ttyUSB2 --out report.json',
  'slot show --port /dev/ttyUSB2',
  'slot switch --port /dev/ttyUSB2 2 --yes',
  'sim unlock --port /dev/ttyUSB2 --puk',
].map((line) => line.split(' '));

type WordDice = Parameters<Door<string[]>['input']>[0];

function nearlyWhole(dice: WordDice): string[] {
  const line = [...dice.pick(WHOLE)];
  for (let times = dice.pick([0, 1, 1, 2, 3]); times > 0; times -= 1) {
    const word = dice.chance(0.5) ? dice.pick(WORDS) : mutateText(dice, dice.pick(line));
    line.splice(dice.int(0, line.length), dice.int(0, 1), ...(dice.chance(0.7) ? [word] : []));
    if (line.length === 0) line.push(word);
  }
  return line;
}

const words = (dice: WordDice) => (dice.chance(0.5) ? nearlyWhole(dice) : anyWords(dice));

const anyWords = (dice: WordDice) =>
  Array.from({ length: dice.int(0, 8) }, () =>
    dice.chance(0.85)
      ? dice.pick(WORDS)
      : dice.chance(0.5)
        ? mutateText(dice, dice.pick(WORDS))
        : anyText(dice, 12),
  );

const commandLine: Door<string[]> = {
  name: 'argv of the CLI',
  share: 25,
  input: words,
  feed(argv) {
    const parsed = parseCommandLine(argv, '1.2.3');
    switch (parsed.kind) {
      case 'wrong':
        must(parsed.message !== '', 'wrong without a word');
        return;
      case 'text':
        must(typeof parsed.text === 'string', 'no text');
        return;
      case 'run':
        must(typeof parsed.invocation.json === 'boolean', 'neither JSON nor not');
        must(
          parsed.invocation.dataDir === null ||
            argv.some((word) => word.includes(parsed.invocation.dataDir ?? '')),
          'a folder out of nothing',
        );
    }
  },
  show: (argv) => JSON.stringify(argv),
};

const appArguments: Door<string[]> = {
  name: 'argv of the app',
  share: 60,
  input: words,
  feed(argv) {
    const options = parseAppArguments(argv, '/somewhere');
    must(options.mode === 'real' || options.mode === 'demo', 'no mode');
    must(options.dataDir === resolve(options.dataDir), 'a folder that is not absolute');
    must(options.baudRate >= 300 && options.baudRate <= 4_000_000, `a speed of ${options.baudRate}`);
    for (const port of options.ports) must(port !== '' && port.length <= 255, 'a port without a path');
    must(!options.auto || options.mode === 'demo', 'a walk on the real bench');
  },
  show: (argv) => JSON.stringify(argv),
};

export const ARGV_DOORS = [doorOf(commandLine), doorOf(appArguments)];
