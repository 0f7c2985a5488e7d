import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NamedAccountSchema } from '../../contract/account.ts';
import { type SimWish, SimWishSchema } from '../../contract/activation.ts';
import { counts, fillTemplate, NAME_PARTS, NameTemplateSchema } from '../../contract/nameTemplate.ts';
import { readAccountsFile, writeAccountsFile } from '../../main/bench/accountsFile.ts';
import { wishedActivation } from '../../main/orders/activationLife.ts';
import { draftOf } from '../../main/orders/record.ts';
import { simNameOf } from '../../main/orders/simName.ts';
import { createTokenSource } from '../../main/provider/clientCredentials.ts';
import { readPageOf } from '../../main/provider/paging.ts';
import type { Fleet, Sim, SimUpdate } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { readFleet, readSim } from '../../main/provider/sim.ts';
import { missingOf } from '../../main/provider/simUpdate.ts';
import { Dice } from '../faults/dice.ts';
import {
  ACCOUNT,
  type Answer,
  anyAnswer,
  askedServer,
  ERRORS,
  mustNotTell,
  SECRET,
  showAnswers,
} from './askedServer.ts';
import { type Door, doorOf, hex, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { anyFile, Folder, NAMED_ACCOUNTS } from './fileDoors.ts';
import { anyText, mutateText, mutateValue, oddValue } from './mutate.ts';

const SIM = {
  sid: `HS${'d'.repeat(32)}`,
  account_sid: `AC${'a'.repeat(32)}`,
  unique_name: 'bench-1',
  status: 'ready',
  fleet_sid: `HF${'f'.repeat(32)}`,
  iccid: '89883070000012345678',
  date_created: '2026-11-24T08:00:00Z',
  date_updated: '2026-11-24T08:00:05Z',
  url: `https://supersim.twilio.com/v1/Sims/HS${'d'.repeat(32)}`,
  links: { billing_periods: 'https://supersim.twilio.com/v1/Sims/HS/BillingPeriods' },
};
const FLEET = {
  sid: `HF${'f'.repeat(32)}`,
  account_sid: `AC${'a'.repeat(32)}`,
  unique_name: 'Pilot Fleet',
  data_enabled: true,
  data_limit: 1_000,
  data_metering: 'payg',
  sms_commands_enabled: true,
  network_access_profile_sid: `HA${'e'.repeat(32)}`,
  date_created: '2026-11-24T08:00:00Z',
  date_updated: '2026-11-24T08:00:00Z',
  url: `https://supersim.twilio.com/v1/Fleets/HF${'f'.repeat(32)}`,
};
const meta = (key: string, path: string) => ({
  key,
  page: 0,
  page_size: 50,
  next_page_url: `https://supersim.twilio.com${path}?PageSize=50&Page=1&PageToken=PAx`,
});
const SIMS = { sims: [SIM, { ...SIM, status: 'scheduled' }], meta: meta('sims', '/v1/Sims') };
const FLEETS = { fleets: [FLEET], meta: meta('fleets', '/v1/Fleets') };
const REFUSALS = [83005, 83006, 83007, 83008, 83009, 83010, 83011].map((code) => ({
  code,
  status: 400,
  message: 'It cannot be done.',
  more_info: `https://www.twilio.com/docs/errors/${code}`,
}));
const SHAPES: readonly unknown[] = [SIM, SIM, SIM, SIMS, FLEETS, FLEET, ...REFUSALS, ...ERRORS];

/** Texts are short, and numbers and yes or no are what they are. */
function mustBeShort(entry: Sim | Fleet): void {
  for (const [name, value] of Object.entries(entry)) {
    if (name === 'extra') continue;
    const isText = typeof value === 'string' && value.length <= 1_000;
    const isOther = value === null || typeof value === 'boolean' || Number.isFinite(value);
    must(isText || isOther, `${name} is ${String(value)}`);
  }
  must(Object.keys(entry.extra).length <= 32, 'too many extra fields');
  for (const text of Object.values(entry.extra))
    must(typeof text === 'string' && text.length <= 500, 'an extra field that is no short text');
}

function mustBeSim(sim: Sim): void {
  must(typeof sim.status === 'string' && sim.status !== '', 'a Sim without a status');
  mustBeShort(sim);
}

const UPDATES: readonly SimUpdate[] = [
  { fleet: 'Pilot Fleet', status: 'ready' },
  { fleet: FLEET.sid, status: 'active', uniqueName: 'bench-1' },
  { uniqueName: 'bench-1' },
];

const shapes: Door<unknown> = {
  name: 'API JSON: Sims and Fleets',
  share: 60,
  input: (dice) => mutateValue(dice, dice.chance(0.9) ? dice.pick(SHAPES) : oddValue(dice)),
  feed(value) {
    const sim = readSim(value);
    const fleet = readFleet(value);
    if (!sim.ok) must(sim.why.length < 2_000, 'a reason that is too long');
    if (!fleet.ok) must(fleet.why.length < 2_000, 'a reason that is too long');
    else mustBeShort(fleet.entry);
    if (sim.ok) {
      mustBeSim(sim.entry);
      const known = fleet.ok ? [fleet.entry] : [];
      for (const wanted of UPDATES) {
        const missing = missingOf(sim.entry, wanted, known);
        if (missing === null) continue;
        must(Object.keys(missing).length > 0, 'something is missing that is nothing');
        for (const [name, of] of Object.entries(missing))
          must(
            Object.entries(wanted).some(([key, one]) => key === name && one === of),
            `${name} nobody wants`,
          );
      }
    }
    const sims = readPageOf(value, 'sims', 'Sims', readSim);
    if (sims.ok) for (const one of sims.entries) mustBeSim(one);
    else must(sims.why.length < 2_000, 'a reason that is too long');
    const fleets = readPageOf(value, 'fleets', 'Fleets', readFleet);
    if (fleets.ok) for (const one of fleets.entries) mustBeShort(one);
    else must(fleets.why.length < 2_000, 'a reason that is too long');
  },
  show: (value) => JSON.stringify(value),
};

interface Calls {
  readonly seed: number;
  readonly call: 'fetchSim' | 'updateSim' | 'listSims' | 'listFleets';
  readonly answers: readonly Answer[];
}

const client: Door<Calls> = {
  name: 'Sims and Fleets over HTTP',
  share: 30,
  input: (dice) => ({
    seed: dice.int(0, 2 ** 31),
    call: dice.pick(['fetchSim', 'updateSim', 'updateSim', 'listSims', 'listFleets'] as const),
    answers: Array.from({ length: dice.int(1, 4) }, () => anyAnswer(dice, SHAPES)),
  }),
  async feed({ seed, call, answers }) {
    const dice = new Dice(seed);
    const { asked, deps, seen } = askedServer(
      dice,
      answers,
      (url) => new URL(url).origin === ACCOUNT.endpoint,
    );
    const provider = createProvider(ACCOUNT, deps);
    switch (call) {
      case 'fetchSim': {
        const fetched = await provider.fetchSim(SIM.sid);
        seen.push(fetched);
        if (fetched.ok) mustBeSim(fetched.value);
        else mustBeFault(fetched.fault);
        break;
      }
      case 'updateSim': {
        const outcome = await provider.updateSim(SIM.sid, dice.pick(UPDATES));
        seen.push(outcome);
        must(asked() === 1, 'a change was asked for more than once');
        if (outcome.kind === 'updated' || outcome.kind === 'scheduled') mustBeSim(outcome.sim);
        else mustBeFault(outcome.fault);
        break;
      }
      case 'listSims':
        for await (const page of provider.listSims({ pageSize: 50 })) {
          seen.push(page);
          if (!page.ok) mustBeFault(page.fault);
          else for (const sim of page.value) mustBeSim(sim);
        }
        break;
      case 'listFleets':
        for await (const page of provider.listFleets({ pageSize: 50 })) {
          seen.push(page);
          if (!page.ok) mustBeFault(page.fault);
          else for (const fleet of page.value) mustBeShort(fleet);
        }
    }
    mustNotTell(seen, SECRET);
  },
  show: ({ seed, call, answers }) => JSON.stringify({ seed, call, answers: showAnswers(answers) }),
};

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.t0ken-Value_0123456789.c2ln';
const TOKEN_SHAPES: readonly unknown[] = [
  { access_token: TOKEN, expires_in: 3_600, token_type: 'Bearer', scope: 'all' },
  { access_token: TOKEN, expires_in: '60', token_type: 'bearer' },
  { access_token: TOKEN },
  { access_token: TOKEN, expires_in: 1e308 },
  { access_token: `${TOKEN}\r\nX-Other: 1` },
  { error: 'invalid_client', error_description: `client_secret ${SECRET} is wrong` },
  { error: 'unauthorized_client' },
  { code: 401, message: `no ${TOKEN}` },
];
const TOKEN_ENDPOINT = 'https://api.korewireless.com/api-services/v1/auth/token';

const tokens: Door<{ readonly seed: number; readonly answers: readonly Answer[] }> = {
  name: 'the token endpoint',
  share: 30,
  input: (dice) => ({
    seed: dice.int(0, 2 ** 31),
    answers: Array.from({ length: dice.int(1, 4) }, () => anyAnswer(dice, TOKEN_SHAPES)),
  }),
  async feed({ seed, answers }) {
    const { deps, seen } = askedServer(new Dice(seed), answers, (url) => url === TOKEN_ENDPOINT, 100);
    const source = createTokenSource({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'bench-1', deps });
    const first = await source.get();
    if (first.ok) {
      must(/^[\x21-\x7e]+$/.test(first.value), 'a token that is no header');
      source.discard(first.value);
    } else {
      mustBeFault(first.fault);
      seen.push(first.fault);
    }
    const second = await source.get();
    if (!second.ok) {
      mustBeFault(second.fault);
      seen.push(second.fault);
    }
    mustNotTell(seen, SECRET);
    mustNotTell(seen, TOKEN);
  },
  show: ({ seed, answers }) => JSON.stringify({ seed, answers: showAnswers(answers) }),
};

const TEMPLATES = [
  'pump 7',
  '{imei}',
  '{eid:last8}',
  'bench-{date}-{n}',
  '{device} {iccid:last4} {order}',
  '{n}{n}',
  '{{n}}',
];

const names: Door<{ readonly template: string; readonly device: string; readonly n: number }> = {
  name: 'templates of unique names',
  share: 60,
  input: (dice) => ({
    template:
      dice.weighted({ near: 5, parts: 3, any: 1 }) === 'near'
        ? mutateText(dice, dice.pick(TEMPLATES))
        : Array.from({ length: dice.int(0, 12) }, () =>
            dice.pick([...NAME_PARTS.map((part) => `{${part}}`), '{', '}', ':last4}', anyText(dice, 5)]),
          ).join(''),
    device: anyText(dice),
    n: dice.pick([0, 1, 2, 999, Number.MAX_SAFE_INTEGER]),
  }),
  feed({ template, device, n }) {
    const parsed = NameTemplateSchema.safeParse(template);
    const wish: SimWish = { fleet: 'f', fleetName: null, simStatus: 'ready', nameTemplate: template };
    must(SimWishSchema.safeParse(wish).success === parsed.success, 'a wish of another opinion');
    if (!parsed.success) {
      must((parsed.error.issues[0]?.message ?? '') !== '', 'a refusal without a reason');
      return;
    }
    const { order } = draftOf(
      'abc',
      {
        target: { kind: 'eid', eid: '89049032123451234512345678901235' },
        device: { id: 'd', name: device, imei: '867929068986654' },
        account: { provider: 'twilio', accountSid: 'AC1', endpoint: ACCOUNT.endpoint },
        callback: null,
        orderAnother: false,
        replaces: null,
      },
      0,
    );
    const known = { imei: '1', eid: '2', iccid: '3', device, order: '4', date: '5' };
    const filled = fillTemplate(template, known, n);
    must(filled.ok, 'something is not known that is');
    const taken = new Set<string>();
    const activation = wishedActivation(wish, true);
    for (let time = 1; time <= 5; time += 1) {
      const name = simNameOf(order, activation, taken);
      if (!name.ok) {
        mustBeFault(name.fault);
        must(template.includes('iccid'), 'the ICCID alone is not known');
        return;
      }
      const { uniqueName, number } = name.value;
      must(uniqueName !== null, 'no name');
      if (uniqueName === null) return;
      must(number === (counts(template) ? time : 1), `${number} as the ${time}th number`);
      must(!counts(template) || !taken.has(uniqueName), 'a name that is taken');
      taken.add(uniqueName);
    }
  },
  show: (input) => JSON.stringify(input),
};

const accountsFolder = new Folder();
const ACCOUNTS_FILE = { format: 'esim-bench accounts', version: 1, accounts: NAMED_ACCOUNTS };

const accounts: Door<Uint8Array> = {
  name: 'a file of accounts',
  share: 20,
  input: (dice) => anyFile(dice, ACCOUNTS_FILE),
  feed(bytes) {
    const dir = accountsFolder.next();
    const path = join(dir, 'accounts.json');
    writeFileSync(path, bytes);
    const read = readAccountsFile(path);
    if (!read.ok) mustBeFault(read.fault);
    else {
      for (const account of read.value)
        must(NamedAccountSchema.safeParse(account).success, 'an account that is none');
      must(writeAccountsFile(join(dir, 'again.json'), read.value).ok, 'it cannot be written again');
      const again = readAccountsFile(join(dir, 'again.json'));
      must(again.ok && JSON.stringify(again.value) === JSON.stringify(read.value), 'others came back');
    }
    rmSync(dir, { recursive: true });
  },
  show: hex,
  close: () => accountsFolder.close(),
};

export const SIM_DOORS = [doorOf(shapes), doorOf(client), doorOf(tokens), doorOf(names), doorOf(accounts)];
