import { readPage } from '../../main/provider/paging.ts';
import { readProfile } from '../../main/provider/profile.ts';
import type { Profile } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { parseRetryAfter } from '../../main/provider/retry.ts';
import { Dice } from '../faults/dice.ts';
import {
  ACCOUNT,
  type Answer,
  anyAnswer,
  askedServer,
  BASIC,
  DATES,
  ERRORS,
  mustNotTell,
  SECRET,
  showAnswers,
} from './askedServer.ts';
import { type Door, doorOf, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { anyText, mutateText, mutateValue, oddValue } from './mutate.ts';

const PROFILE = {
  sid: `HP${'c'.repeat(32)}`,
  account_sid: ACCOUNT.accountSid,
  iccid: '89883070000012345678',
  sim_sid: `HS${'d'.repeat(32)}`,
  status: 'available',
  eid: '89049032123451234512345678901235',
  smdp_plus_address: 'sm-dp-plus.example.com',
  matching_id: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  activation_code: '1$SM-DP-PLUS.EXAMPLE.COM$AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  error_code: null,
  error_message: null,
  date_created: '2026-11-24T08:00:00Z',
  date_updated: '2026-11-24T08:00:05Z',
  url: `https://supersim.twilio.com/v1/ESimProfiles/HP${'c'.repeat(32)}`,
};
const PAGE = {
  esim_profiles: [PROFILE, { ...PROFILE, sid: `HP${'e'.repeat(32)}`, status: 'new' }],
  meta: {
    key: 'esim_profiles',
    page: 0,
    page_size: 50,
    next_page_url: 'https://supersim.twilio.com/v1/ESimProfiles?PageSize=50&Page=1&PageToken=PAx',
  },
};
const SHAPES: readonly unknown[] = [PROFILE, PAGE, ...ERRORS];

/** What a profile may be, wherever it came from. */
function mustBeProfile(profile: Profile): void {
  must(typeof profile.status === 'string' && profile.status !== '', 'a profile without a status');
  for (const [name, value] of Object.entries(profile)) {
    if (name === 'extra') continue;
    must(
      value === null || (typeof value === 'string' && value.length <= 1_000),
      `${name} is ${String(value)}`,
    );
  }
  must(Object.keys(profile.extra).length <= 32, 'too many extra fields');
  for (const text of Object.values(profile.extra)) {
    must(typeof text === 'string' && text.length <= 500, 'an extra field that is no short text');
  }
}

const shapes: Door<unknown> = {
  name: 'API JSON: profiles and pages',
  share: 120,
  input: (dice) => mutateValue(dice, dice.chance(0.9) ? dice.pick(SHAPES) : oddValue(dice)),
  feed(value) {
    const profile = readProfile(value);
    if (profile.ok) mustBeProfile(profile.entry);
    else must(profile.why.length < 2_000, 'a reason that is too long');
    const page = readPage(value);
    if (page.ok) for (const one of page.entries) mustBeProfile(one);
    else must(page.why.length < 2_000, 'a reason that is too long');
  },
  show: (value) => JSON.stringify(value),
};

interface Calls {
  readonly seed: number;
  readonly call: 'create' | 'fetch' | 'list' | 'check';
  readonly answers: readonly Answer[];
}

const client: Door<Calls> = {
  name: 'API over HTTP',
  share: 40,
  input: (dice) => ({
    seed: dice.int(0, 2 ** 31),
    call: dice.pick(['create', 'fetch', 'list', 'check'] as const),
    answers: Array.from({ length: dice.int(1, 5) }, () => anyAnswer(dice, SHAPES)),
  }),
  async feed({ seed, call, answers }) {
    const dice = new Dice(seed);
    const { asked, deps, seen } = askedServer(
      dice,
      answers,
      (url) => new URL(url).origin === ACCOUNT.endpoint,
    );
    const provider = createProvider(ACCOUNT, deps);
    if (call === 'create') {
      const target = dice.chance(0.5)
        ? ({ kind: 'matchingId' } as const)
        : ({ kind: 'eid', eid: PROFILE.eid } as const);
      const outcome = await provider.create({ target, callback: null });
      seen.push(outcome);
      must(asked() === 1, 'an order was sent more than once');
      if (outcome.kind === 'created') {
        mustBeProfile(outcome.profile);
        must(outcome.profile.sid !== null, 'a profile without a SID was created');
      } else mustBeFault(outcome.fault);
    } else if (call === 'list') {
      for await (const page of provider.list({ eid: PROFILE.eid, pageSize: 50 })) {
        seen.push(page);
        if (!page.ok) mustBeFault(page.fault);
        else for (const profile of page.value) mustBeProfile(profile);
      }
    } else {
      const answer = call === 'fetch' ? await provider.fetch(PROFILE.sid) : await provider.check();
      seen.push(answer);
      if (!answer.ok) mustBeFault(answer.fault);
      else if (answer.value !== null) mustBeProfile(answer.value);
    }
    for (const secret of [SECRET, BASIC]) mustNotTell(seen, secret);
  },
  show: ({ seed, call, answers }) => JSON.stringify({ seed, call, answers: showAnswers(answers) }),
};

const retryAfter: Door<{ readonly header: string; readonly now: number }> = {
  name: 'Retry-After',
  share: 30,
  input: (dice) => ({
    header: dice.chance(0.5) ? anyText(dice) : mutateText(dice, dice.pick([...DATES, '5', '0.5', '1e300'])),
    now: dice.pick([0, Date.UTC(2026, 10, 24), Number.MAX_SAFE_INTEGER]),
  }),
  feed({ header, now }) {
    const ms = parseRetryAfter(header, now);
    must(ms === null || (ms >= 0 && ms <= 3_600_000), `a pause of ${ms} ms`);
  },
  show: (input) => JSON.stringify(input),
};

export const PROVIDER_DOORS = [doorOf(shapes), doorOf(client), doorOf(retryAfter)];
