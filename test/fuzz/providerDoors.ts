import type { Account } from '../../contract/providerTable.ts';
import type { Clock } from '../../main/base/clock.ts';
import { readPage } from '../../main/provider/paging.ts';
import { readProfile } from '../../main/provider/profile.ts';
import type { Profile } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { parseRetryAfter } from '../../main/provider/retry.ts';
import { Dice } from '../faults/dice.ts';
import { type Door, doorOf, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { anyText, deepJson, inPieces, mutateBytes, mutateText, mutateValue, oddValue } from './mutate.ts';

export const ACCOUNT: Account = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: `SK${'b'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};
export const SECRET = 'q8Zp3v+W/s-eCret&"value"=0123456789';
const BASIC = Buffer.from(`${ACCOUNT.keySid}:${SECRET}`).toString('base64');

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
export const ERRORS: readonly unknown[] = [
  { status: 400, code: 20001, message: 'Bad request', more_info: 'https://www.twilio.com/docs/errors/20001' },
  { status: 400, code: 83500, message: 'Out of stock', details: { why: ['none left'] } },
  { type: 'about:blank', title: 'Unauthorized', status: 401, detail: 'no', instance: '/x' },
  { status: 429, code: 20429, message: 'Too many requests' },
];
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
    if (profile.ok) mustBeProfile(profile.profile);
    else must(profile.why.length < 2_000, 'a reason that is too long');
    const page = readPage(value);
    if (page.ok) for (const one of page.profiles) mustBeProfile(one);
    else must(page.why.length < 2_000, 'a reason that is too long');
  },
  show: (value) => JSON.stringify(value),
};

/** What a server answers, or what becomes of the connection. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Uint8Array[];
  /** The connection breaks behind the body. */
  readonly breaks: boolean;
  /** There is no answer at all, but this. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

const STATUSES = [
  200, 200, 200, 201, 201, 204, 301, 302, 304, 400, 401, 403, 404, 407, 408, 409, 429, 429, 500, 502, 503,
  504, 599,
];
const CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'UND_ERR_SOCKET',
  'CERT_HAS_EXPIRED',
  'EPIPE',
  '',
  'ERR_TLS',
];
const DATES = [
  'Tue, 24 Nov 2026 08:00:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'nonsense',
  '',
  '1732435200',
];

function anyHeaders(dice: Dice): Record<string, string> {
  const headers: Record<string, string> = {};
  const value = (text: string) => text.replace(/[^\x20-\x7e]/g, '').slice(0, 5_000);
  if (dice.chance(0.8))
    headers['Content-Type'] = value(
      dice.chance(0.8) ? 'application/json' : mutateText(dice, 'text/html; charset=utf-8'),
    );
  if (dice.chance(0.7)) headers.Date = value(mutateText(dice, dice.pick(DATES)));
  if (dice.chance(0.3))
    headers['Retry-After'] = value(
      mutateText(dice, dice.pick(['1', '120', '-1', '1e9', 'Tue, 24 Nov 2026 08:00:05 GMT'])),
    );
  if (dice.chance(0.4)) headers['Twilio-Request-Id'] = value(mutateText(dice, `RQ${'f'.repeat(32)}`));
  if (dice.chance(0.2))
    headers.Location = value(mutateText(dice, `https://${SECRET}@example.com/?p=${BASIC}`));
  return headers;
}

/** A body as some server may give it; some give back what they were given. */
function anyBody(dice: Dice, shapes: readonly unknown[]): Uint8Array {
  if (dice.chance(0.01)) return Buffer.from(deepJson(dice));
  const text = JSON.stringify(mutateValue(dice, dice.pick(shapes)));
  const echo = dice.pick([
    '',
    '',
    SECRET,
    BASIC,
    encodeURIComponent(SECRET),
    JSON.stringify(SECRET),
    `Basic ${BASIC}`,
  ]);
  const place = dice.int(0, text.length);
  const html = `<html><title>${anyText(dice)}</title><p>${echo}</p></html>`;
  const body = dice.weighted({ json: 6, html: 1, echo: 2, text: 1 });
  const whole =
    body === 'json'
      ? text
      : body === 'html'
        ? html
        : body === 'echo'
          ? text.slice(0, place) + echo + text.slice(place)
          : anyText(dice, 200);
  return dice.chance(0.3) ? mutateBytes(dice, Buffer.from(whole)) : Buffer.from(whole);
}

/** An answer whose body is, most often, nearly one of these shapes. */
export function anyAnswer(dice: Dice, shapes: readonly unknown[] = SHAPES): Answer {
  const message = dice.chance(0.3) ? `failed with ${SECRET} and ${BASIC}` : anyText(dice);
  return {
    status: dice.chance(0.9) ? dice.pick(STATUSES) : dice.int(200, 599),
    headers: anyHeaders(dice),
    body: inPieces(dice, anyBody(dice, shapes)),
    breaks: dice.chance(0.1),
    error: dice.chance(0.1) ? { code: dice.pick(CODES), message } : null,
  };
}

export function responseOf({ status, headers, body, breaks }: Answer): Response {
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers });
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = body[next];
      next += 1;
      if (piece !== undefined) controller.enqueue(Uint8Array.from(piece));
      else if (breaks)
        controller.error(
          new TypeError('terminated', {
            cause: Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }),
          }),
        );
      else controller.close();
    },
  });
  return new Response(stream, { status, headers });
}

/** What a fetch comes to that is answered so. */
export function given(answer: Answer | undefined): Response {
  if (answer !== undefined && answer.error === null) return responseOf(answer);
  const { code = '', message = '' } = answer?.error ?? {};
  throw new TypeError(`fetch failed: ${message}`, { cause: Object.assign(new Error(message), { code }) });
}

/** What cannot be in anything that is told: the secret, in any form that it may come back in. */
export function mustNotTell(told: unknown, secret: string): void {
  const text = JSON.stringify(told) ?? '';
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    must(!text.includes(form), 'the secret came back');
}

export function showAnswers(answers: readonly Answer[]): unknown {
  return answers.map((answer) => ({ ...answer, body: Buffer.concat(answer.body).toString('latin1') }));
}

/** A clock on which no limit ends and every pause is over at once. */
export function hastyClock(): Clock {
  let passed = 0;
  return {
    now: () => Date.UTC(2026, 10, 24, 8) + passed,
    monotonic: () => passed,
    after(ms, callback) {
      if (ms >= 30_000) return () => undefined;
      let stopped = false;
      setImmediate(() => {
        if (stopped) return;
        passed += ms;
        callback();
      });
      return () => {
        stopped = true;
      };
    },
  };
}

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
    answers: Array.from({ length: dice.int(1, 5) }, () => anyAnswer(dice)),
  }),
  async feed({ seed, call, answers }) {
    const dice = new Dice(seed);
    let asked = 0;
    const seen: unknown[] = [];
    const provider = createProvider(ACCOUNT, {
      async fetch(url) {
        must(new URL(url).origin === ACCOUNT.endpoint, `credentials were taken to ${url}`);
        const answer = answers[asked % answers.length];
        asked += 1;
        must(asked <= 3_000, 'it asks without end');
        return given(answer);
      },
      secret: async () => ({ ok: true, value: SECRET }),
      clock: hastyClock(),
      random: () => dice.number(),
      observe: (observation) => seen.push(observation),
      userAgent: 'fuzz',
    });
    if (call === 'create') {
      const target = dice.chance(0.5)
        ? ({ kind: 'matchingId' } as const)
        : ({ kind: 'eid', eid: PROFILE.eid } as const);
      const outcome = await provider.create({ target, callback: null });
      seen.push(outcome);
      must(asked === 1, 'an order was sent more than once');
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
