import { describe, expect, it } from 'vitest';
import { toHex } from '../../../main/euicc/hex.ts';
import { refusalOf } from '../../../main/modem/errors.ts';
import { apduIn, fieldsOf, withoutPrefix } from '../../../main/modem/fields.ts';
import { fc } from '../support/dice.ts';

describe('fields', () => {
  it.each([
    ['46,"BF3E"', ['46', 'BF3E']],
    ['"a,b",c', ['a,b', 'c']],
    [' 1 , "SUB1" ', ['1', 'SUB1']],
    ['', ['']],
    ['1,,2', ['1', '', '2']],
    ['"open', ['open']],
  ])('%j', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each([
    ['+CGLA: 46', '46'],
    ['+CGLA:46', '46'],
    ['+cgla : 46', '46'],
    ['46', '46'],
    ['+CGLA', ''],
    ['+CGLAX: 46', '+CGLAX: 46'],
  ])('%j without its prefix', (line, rest) => {
    expect(withoutPrefix(line, '+CGLA')).toBe(rest);
  });
});

describe('an APDU in an answer', () => {
  it.each<[string, string[], string | null]>([
    ['by the book', ['+CGLA: 4,"9000"'], '9000'],
    ['without a prefix', ['4,"9000"'], '9000'],
    ['hex alone', ['9000'], '9000'],
    ['quoted hex alone', ['"9000"'], '9000'],
    ['with its length in bytes', ['+CGLA: 2,"9000"'], '9000'],
    ['in two lines', ['+CGLA: 8,"6F00', '9000"'], '6F009000'],
    ['with a stray line behind it', ['+CGLA: 4,"9000"', '1234'], '9000'],
    ['cut off', ['+CGLA: 8,"9000"'], null],
    ['half a byte', ['+CGLA: 3,"900"'], null],
    ['no hex', ['+CGLA: 4,"90G0"'], null],
    ['nothing', [], null],
    ['a prefix alone', ['+CGLA:'], null],
  ])('%s', (_, lines, expected) => {
    const bytes = apduIn(lines, '+CGLA');
    expect(bytes === null ? null : toHex(bytes)).toBe(expected);
  });

  it('takes any lines without an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        expect(() => apduIn(lines, '+CGLA')).not.toThrow();
      }),
    );
  });
});

describe('refusals', () => {
  it.each([
    ['3', 'unknown'],
    ['4', 'unsupported'],
    ['10', 'noSim'],
    ['11', 'pin'],
    ['12', 'puk'],
    ['13', 'simFailure'],
    ['14', 'busy'],
    ['15', 'simFailure'],
    ['20', 'full'],
    ['22', 'notFound'],
    ['515', 'busy'],
    ['9999', 'unknown'],
    ['SIM not inserted', 'noSim'],
    ['SIM PIN required', 'pin'],
    ['SIM PUK required', 'puk'],
    ['SIM PIN2 required', 'unknown'],
    ['sim busy', 'busy'],
    ['operation not supported', 'unsupported'],
    ['Parameters error', 'unsupported'],
    ['UIM not inserted', 'noSim'],
    ['', 'unknown'],
  ])('+CME ERROR: %s', (text, refusal) => {
    expect(refusalOf({ kind: 'cme', code: /^\d+$/.test(text) ? Number(text) : null, text })).toBe(refusal);
  });

  it.each([
    [{ kind: 'ok' }, null],
    [{ kind: 'error' }, 'unsupported'],
    [{ kind: 'other', text: 'COMMAND NOT SUPPORT' }, 'unsupported'],
    [{ kind: 'cms', code: 500, text: '500' }, 'unknown'],
  ] as const)('%j', (final, refusal) => {
    expect(refusalOf(final)).toBe(refusal);
  });
});
