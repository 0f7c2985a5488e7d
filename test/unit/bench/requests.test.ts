import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { REQUESTS, type RequestName } from '../../../contract/channels.ts';
import { fault } from '../../../contract/fault.ts';
import { fail, ok } from '../../../contract/result.ts';
import { safeParse } from '../../../contract/safeParse.ts';
import { answerRequest, type Handlers } from '../../../main/bench/requests.ts';

/** Handlers that only count; what they answer is `value`. */
function handlersThat(value: unknown): { handlers: Handlers; called: string[] } {
  const called: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(REQUESTS).map((name) => [
      name,
      () => {
        called.push(name);
        return value;
      },
    ]),
  ) as unknown as Handlers; // test data: a table made from the names cannot carry each one's own type
  return { handlers, called };
}

const names = Object.keys(REQUESTS) as RequestName[];
const SECRET = 'do-not-leak-this-secret';

describe('answerRequest', () => {
  it.each([undefined, null, 7, '', 'no.such', '__proto__', 'constructor', 'toString', {}, ['state.get']])(
    'refuses %j as a name',
    async (name) => {
      const { handlers, called } = handlersThat(ok(null));
      const answer = await answerRequest(handlers, name, null);
      expect(answer).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
      expect(called).toEqual([]);
    },
  );

  const malformed: unknown[] = [
    undefined,
    0,
    '',
    'x'.repeat(100_000),
    [],
    [[]],
    { a: 1 },
    { __proto__: { orderId: 'x' } },
    new Map(),
    Number.NaN,
    Object.fromEntries(
      ['orderId', 'deviceId', 'path', 'sid', 'text', 'accountSid'].map((name) => [
        name,
        { length: { toString: 1 } },
      ]),
    ),
  ];
  it.each(names)('%s never reaches its handler with malformed input', async (name) => {
    for (const input of malformed) {
      if (safeParse<z.ZodType>(REQUESTS[name].input, input).success) continue;
      const { handlers, called } = handlersThat(ok(null));
      const answer = await answerRequest(handlers, name, input);
      expect(answer).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
      expect(called).toEqual([]);
    }
  });

  it('does not repeat what was given, which may have been a secret', async () => {
    const { handlers } = handlersThat(ok(null));
    const input = {
      provider: 'twilio',
      accountSid: SECRET,
      keySid: SECRET,
      endpoint: SECRET,
      secret: `${SECRET}\n`,
      keepSecret: SECRET,
    };
    const answer = await answerRequest(handlers, 'account.set', input);
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it('lets nothing out that the contract does not name', async () => {
    const { handlers } = handlersThat(ok({ elapsedMs: 5, secret: SECRET }));
    expect(await answerRequest(handlers, 'account.test', null)).toEqual(ok({ elapsedMs: 5 }));
  });

  it.each([
    [ok({ elapsedMs: 'soon' })],
    [{ ok: true }],
    [null],
    ['text'],
    [{ ok: false, fault: { code: 'x' } }],
  ])('turns a wrong answer (%j) into our own fault', async (value) => {
    const { handlers } = handlersThat(value);
    expect(await answerRequest(handlers, 'account.test', null)).toMatchObject({
      ok: false,
      fault: { code: 'internal' },
    });
  });

  it('passes a fault on', async () => {
    const { handlers } = handlersThat(fail(fault('account.none')));
    expect(await answerRequest(handlers, 'account.test', null)).toEqual(fail(fault('account.none')));
  });

  it('turns a handler that throws into our own fault', async () => {
    const { handlers } = handlersThat(ok(null));
    const broken = { ...handlers, 'account.test': vi.fn().mockRejectedValue(new Error('broken')) };
    expect(await answerRequest(broken, 'account.test', null)).toMatchObject({
      ok: false,
      fault: { code: 'internal', details: 'broken' },
    });
  });
});
