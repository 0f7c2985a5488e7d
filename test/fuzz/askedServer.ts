import type { AccountOf } from '../../contract/providerTable.ts';
import type { Clock } from '../../main/base/clock.ts';
import type { ProviderDeps } from '../../main/provider/provider.ts';
import type { Dice } from '../faults/dice.ts';
import { must } from './door.ts';
import { anyText, deepJson, inPieces, mutateBytes, mutateText, mutateValue } from './mutate.ts';

export const ACCOUNT: AccountOf<'twilio'> = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: `SK${'b'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};
export const SECRET = 'q8Zp3v+W/s-eCret&"value"=0123456789';
export const BASIC = Buffer.from(`${ACCOUNT.keySid}:${SECRET}`).toString('base64');

export const ERRORS: readonly unknown[] = [
  { status: 400, code: 20001, message: 'Bad request', more_info: 'https://www.twilio.com/docs/errors/20001' },
  { status: 400, code: 83500, message: 'Out of stock', details: { why: ['none left'] } },
  { type: 'about:blank', title: 'Unauthorized', status: 401, detail: 'no', instance: '/x' },
  { status: 429, code: 20429, message: 'Too many requests' },
];
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
export const DATES = [
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
export function anyAnswer(dice: Dice, shapes: readonly unknown[]): Answer {
  const message = dice.chance(0.3) ? `failed with ${SECRET} and ${BASIC}` : anyText(dice);
  return {
    status: dice.chance(0.9) ? dice.pick(STATUSES) : dice.int(200, 599),
    headers: anyHeaders(dice),
    body: inPieces(dice, anyBody(dice, shapes)),
    breaks: dice.chance(0.1),
    error: dice.chance(0.1) ? { code: dice.pick(CODES), message } : null,
  };
}

function responseOf({ status, headers, body, breaks }: Answer): Response {
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
function given(answer: Answer | undefined): Response {
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
function hastyClock(): Clock {
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

/** What a client is given to ask with, and what came of it. */
export interface AskedServer {
  readonly deps: ProviderDeps;
  /** How often it was asked. */
  readonly asked: () => number;
  /** Everything that was observed of the exchanges. */
  readonly seen: unknown[];
}

/**
 * A server that gives the answers by turns.
 * @param isHome whether the credentials may be taken to an address
 * @param most a client that asks more often asks without end
 */
export function askedServer(
  dice: Dice,
  answers: readonly Answer[],
  isHome: (url: string) => boolean,
  most = 3_000,
): AskedServer {
  const seen: unknown[] = [];
  let asked = 0;
  const deps: ProviderDeps = {
    async fetch(url) {
      must(isHome(url), `credentials were taken to ${url}`);
      const answer = answers[asked % answers.length];
      asked += 1;
      must(asked <= most, 'it asks without end');
      return given(answer);
    },
    secret: async () => ({ ok: true, value: SECRET }),
    clock: hastyClock(),
    random: () => dice.number(),
    observe: (observation) => seen.push(observation),
    userAgent: 'fuzz',
  };
  return { deps, asked: () => asked, seen };
}
