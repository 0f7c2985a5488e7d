import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REQUESTS, type RequestName, resultSchema } from '../../contract/channels.ts';
import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { benchHandlers } from '../../main/bench/handlers.ts';
import { answerRequest, type Handlers } from '../../main/bench/requests.ts';
import { composeDemoBench, type DemoComposition } from '../../main/compose.ts';
import type { Dice } from '../faults/dice.ts';
import { type Door, doorOf, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { fastFolder } from './folders.ts';
import { anyText, mutateText, mutateValue, oddValue } from './mutate.ts';

const NAMES = Object.keys(REQUESTS) as RequestName[];
const SECRET = 'do-not-leak-this-secret';

/** What the window may send. */
const INPUTS: Readonly<Record<string, readonly unknown[]>> = {
  'devices.addPort': [{ path: '/dev/ttyUSB9', baudRate: 115200 }],
  'devices.remove': [{ deviceId: 'device-1' }],
  'orders.create': [
    {
      target: { kind: 'eid', eid: '89049032123451234512345678901235' },
      callback: null,
      acceptInvalidEid: false,
      orderAnother: false,
    },
    {
      target: { kind: 'matchingId' },
      callback: { url: 'https://example.com', method: 'POST' },
      acceptInvalidEid: true,
      orderAnother: true,
    },
    {
      target: { kind: 'device', deviceId: 'device-1' },
      callback: null,
      acceptInvalidEid: false,
      orderAnother: false,
    },
  ],
  'orders.adopt': [{ sid: `HP${'c'.repeat(32)}`, deviceId: null }],
  'orders.chooseCandidate': [{ orderId: 'abc', sid: 'HP1' }],
  'chip.change': [
    { deviceId: 'device-1', change: { kind: 'enable', iccid: '89883070000051100018' } },
    { deviceId: 'device-1', change: { kind: 'nickname', iccid: '89883070000051100018', nickname: 'Van' } },
    { deviceId: 'device-1', change: { kind: 'defaultSmdp', address: 'smdp.example.com' } },
    { deviceId: 'device-1', change: { kind: 'reset', typedDigits: '33223344' } },
  ],
  'devices.enterPuk': [{ deviceId: 'device-1', puk: '12345678', newPin: '1234' }],
  'orders.archive': [{ orderId: 'abc', archived: true }],
  'orders.saveQr': [{ orderId: 'abc', format: 'png' }],
  'account.set': [
    {
      provider: 'twilio',
      accountSid: `AC${'a'.repeat(32)}`,
      keySid: null,
      endpoint: 'https://supersim.twilio.com',
      secret: SECRET,
      keepSecret: 'session',
    },
  ],
  'sims.activate': [
    {
      orderId: 'abc',
      wish: { fleet: 'Pilot Fleet', fleetName: null, simStatus: 'ready', nameTemplate: 'b-{eid:last8}-{n}' },
    },
  ],
  'account.setSimDefaults': [
    {
      name: 'Account',
      simDefaults: {
        wish: { fleet: `HF${'a'.repeat(32)}`, fleetName: 'Van', simStatus: 'active', nameTemplate: null },
        byItself: true,
      },
    },
  ],
  'settings.set': [
    { theme: 'dark', callbackUrl: null, callbackMethod: 'GET', showIdentifiers: true, atLogOpen: true },
  ],
  'clipboard.write': [{ text: 'hello' }],
};
const USUAL: readonly unknown[] = [null, { orderId: 'abc' }, { deviceId: 'device-1' }];

interface Payload {
  readonly name: unknown;
  readonly input: unknown;
}

/** What structured cloning lets through and JSON does not. */
function notJson(dice: Dice): unknown {
  const circle: unknown[] = [];
  circle.push(circle);
  const own = { orderId: 'abc' };
  return dice.pick([
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    10n,
    new Map([['orderId', 'abc']]),
    new Set([1]),
    new Date(Number.NaN),
    /x/,
    new Uint8Array(8),
    new Error('no'),
    circle,
    { orderId: circle },
    Object.assign(Object.create(own), {}),
    new Array(1_000_000),
    'x'.repeat(1_000_000),
  ]);
}

function anyPayload(dice: Dice): Payload {
  const known = dice.pick(NAMES);
  const name = dice.chance(0.95)
    ? known
    : dice.pick([
        anyText(dice),
        mutateText(dice, known),
        oddValue(dice),
        '__proto__',
        'constructor',
        'toString',
      ]);
  const valid = dice.pick(INPUTS[known] ?? USUAL);
  const input = dice.weighted({ valid: 2, mutated: 12, odd: 2, notJson: 1 });
  return {
    name,
    input:
      input === 'valid'
        ? valid
        : input === 'mutated'
          ? mutateValue(dice, valid, 0.2)
          : input === 'odd'
            ? oddValue(dice)
            : notJson(dice),
  };
}

function show({ name, input }: Payload): string {
  const seen = new Set<unknown>();
  return JSON.stringify([name, input], (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return '(again)';
    seen.add(value);
    return value;
  });
}

function mustBeAnswer(name: unknown, answer: Result<unknown>): void {
  if (!answer.ok) {
    mustBeFault(answer.fault);
    must(!JSON.stringify(answer).includes(SECRET), 'the answer has the secret in it');
    return;
  }
  const schema = REQUESTS[name as RequestName].output;
  must(resultSchema(schema).safeParse(answer).success, 'the answer is not what the contract says');
}

/** The check alone: handlers get nothing but what the contract names, and whatever they give is checked too. */
const border: Door<Payload & { readonly answer: unknown }> = {
  name: 'IPC: the border',
  share: 90,
  input: (dice) => ({
    ...anyPayload(dice),
    answer: dice.pick([ok(null), fail(fault('internal')), oddValue(dice), ok(oddValue(dice)), undefined]),
  }),
  async feed({ name, input, answer }) {
    const reached: [RequestName, unknown][] = [];
    const handlers = Object.fromEntries(
      NAMES.map((known) => [
        known,
        (given: unknown) => {
          reached.push([known, given]);
          return answer;
        },
      ]),
      // A table made from the names cannot carry each one's own type.
    ) as unknown as Handlers;
    const answered = await answerRequest(handlers, name, input);
    for (const [known, given] of reached) {
      must(known === name, 'another handler was reached');
      must(REQUESTS[known].input.safeParse(given).success, 'a handler got what the contract does not name');
    }
    mustBeAnswer(name, answered);
  },
  show,
};

let demo: Promise<DemoComposition> | null = null;
let folder = '';
let served = 0;

async function demoBench(): Promise<DemoComposition> {
  if (demo === null) {
    folder = mkdtempSync(join(fastFolder(), 'fuzz-bench-'));
    demo = composeDemoBench(folder);
    (await demo).bench.openOrders();
  }
  return demo;
}

async function closeBench(): Promise<void> {
  const composed = await demo;
  demo = null;
  served = 0;
  if (composed === null) return;
  composed.demo.stop();
  await composed.bench.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The bench itself behind it, with virtual ports and a virtual provider. */
const wholeBench: Door<Payload> = {
  name: 'IPC: the bench behind it',
  share: 3,
  input: anyPayload,
  async feed({ name, input }) {
    const { bench } = await demoBench();
    const notHere = () => fail(fault('internal', { message: 'No window here.' }));
    const windowless = {
      'devices.saveReport': notHere,
      'accounts.export': notHere,
      'accounts.import': notHere,
      'proxy.signIn': notHere,
      'proxy.forget': notHere,
      'orders.saveQr': notHere,
      'orders.printQr': notHere,
      'atLog.export': notHere,
      'ledger.export': notHere,
      'clipboard.write': notHere,
      'demo.open': notHere,
    };
    const answered = await answerRequest({ ...benchHandlers(bench), ...windowless }, name, input);
    mustBeAnswer(name, answered);
    must(!JSON.stringify(bench.store.snapshot()).includes(SECRET), 'the state has the secret in it');
    served += 1;
    // Orders pile up, which is what they are for.
    if (served >= 300) await closeBench();
  },
  show,
  close: closeBench,
};

export const IPC_DOORS = [doorOf(border), doorOf(wholeBench)];
