import { describe, expect, it } from 'vitest';
import { cleanText, createRedactor, cutText } from '../../../main/provider/redact.ts';
import { fc } from '../support/dice.ts';
import { SECRET } from './support.ts';

const redactor = createRedactor([SECRET]);
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('text on its way into a fault', () => {
  it.each([
    ['plain', SECRET],
    ['in a sentence', `Wrong password "${SECRET}" given`],
    ['percent-encoded', `?password=${encodeURIComponent(SECRET)}`],
    ['escaped for JSON', JSON.stringify({ password: SECRET })],
    ['escaped for HTML', SECRET.replace(/&/g, '&amp;').replace(/"/g, '&quot;')],
    ['in base64', base64(SECRET)],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['as Basic', `Basic ${base64(`SK123:${SECRET}`)}`],
    ['as Basic without the word', base64(`SK123:${SECRET}`)],
    ['as Basic with one letter more in front', base64(`SK1234:${SECRET}`)],
    ['as Basic with two letters more in front', base64(`SK12345:${SECRET}`)],
    ['with a NUL in it', `${SECRET.slice(0, 9)}\u0000${SECRET.slice(9)}`],
    ['with a zero-width blank in it', `${SECRET.slice(0, 9)}\u200b${SECRET.slice(9)}`],
    ['broken over two lines', `${SECRET.slice(0, 9)}\r\n${SECRET.slice(9)}`],
  ])('does not carry a secret that is there %s', (_how, raw) => {
    const text = redactor.text(raw, 1_000);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(SECRET.slice(0, 9));
    expect(text.replace(/\s/g, '')).not.toContain(base64(SECRET).slice(4, 24));
    expect(text).toContain('•••');
  });

  it('carries no credentials of anybody', () => {
    expect(createRedactor([]).text('Authorization: Bearer abc.def-ghi_jkl', 100)).toBe(
      'Authorization: Bearer •••',
    );
  });

  it('finds any secret anywhere, in plain and in Basic form', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom(...'abcXYZ0123456789+/=&<>"\\$^.*') }),
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (secret, before, after) => {
          const one = createRedactor([secret]);
          expect(one.text(`${before} ${secret} ${after}`, 10_000)).not.toContain(secret);
          const basic = base64(`${before}:${secret}`);
          const core = base64(secret).slice(4, -8);
          if (core.length >= 8) expect(one.text(basic, 10_000)).not.toContain(core);
        },
      ),
    );
  });

  it('marks each secret once and leaves everything around it as it was', () => {
    const two = createRedactor(['first-secret', 'first-secret-longer', 'İstanbul-geheim']);
    expect(two.text('İ a first-secret-longer, FIRST-SECRET. ß İSTANBUL-geheim!', 200)).toBe(
      'İ a •••, •••. ß •••!',
    );
    expect(two.text('first-secretfirst-secret', 200)).toBe('••••••');
    expect(two.text('first-secre t', 200)).toBe('•••');
  });

  it('is one clean line of bounded length', () => {
    expect(redactor.text('a\u0007b\u001b[31m\r\n\tc \u202e d', 100)).toBe('ab[31m c d');
    expect(redactor.text('x'.repeat(500), 100)).toHaveLength(100);
  });

  it('is not spoilt by a secret too short to be one', () => {
    expect(createRedactor(['a']).text('a banana', 100)).toBe('a banana');
  });
});

describe('data', () => {
  it('has the secret taken out of strings and names, at any depth, and nothing else changed', () => {
    const value = { a: [1, null, true, { [`x-${SECRET}`]: `y ${base64(`SK:${SECRET}`)}` }], eid: '8904' };
    const text = JSON.stringify(redactor.data(value));
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(base64(SECRET).slice(4, 24));
    expect(redactor.data({ a: [1, null, true], eid: '8904' })).toEqual({ a: [1, null, true], eid: '8904' });
  });

  it('is left alone for a secret so short that it may be there by chance', () => {
    const value = { smdp_plus_address: 'smdp.demo.example' };
    expect(createRedactor(['demo']).data(value)).toEqual(value);
  });
});

describe('cutting', () => {
  it('says that something was cut and leaves no half character', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
    expect(cutText('a😀bc', 3)).toBe('a…');
  });
  it('cleans to one line', () => {
    expect(cleanText(' a\u2028b\u0000\n\n c ')).toBe('a b c');
  });
});
