import { describe, expect, it } from 'vitest';
import { readPage } from '../../../main/provider/paging.ts';
import { readProfile } from '../../../main/provider/profile.ts';
import { fc } from '../support/dice.ts';
import { listPage, wireProfile } from './support.ts';

function read(value: unknown) {
  const reading = readProfile(value);
  if (!reading.ok) throw new Error(reading.why);
  return reading.entry;
}

const NULLABLE = [
  ['sid', 'sid'],
  ['account_sid', 'accountSid'],
  ['iccid', 'iccid'],
  ['sim_sid', 'simSid'],
  ['eid', 'eid'],
  ['smdp_plus_address', 'smdpPlusAddress'],
  ['matching_id', 'matchingId'],
  ['activation_code', 'activationCode'],
  ['error_code', 'errorCode'],
  ['error_message', 'errorMessage'],
  ['date_created', 'dateCreated'],
  ['date_updated', 'dateUpdated'],
  ['url', 'url'],
] as const;

describe('an eSIM profile', () => {
  it('has all fields of the API', () => {
    const wire = wireProfile({
      iccid: '8988307000000000001',
      sim_sid: `HS${'d'.repeat(32)}`,
      status: 'available',
      eid: null,
      smdp_plus_address: 'sm-dp-plus.twilio.com',
      matching_id: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
      activation_code: '1$SM-DP-PLUS.TWILIO.COM$AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
      error_code: '83500',
      error_message: 'No eSIM profiles are available.',
    });
    const profile = read(wire);
    for (const [name, property] of NULLABLE) expect(profile[property]).toBe(wire[name]);
    expect(profile.status).toBe('available');
    expect(profile.extra).toEqual({});
  });

  it.each(NULLABLE)('may have %s null, or not at all', (name, property) => {
    expect(read(wireProfile({ [name]: null }))[property]).toBeNull();
    const { [name]: _left, ...without } = wireProfile();
    expect(read(without)[property]).toBeNull();
  });

  it.each(NULLABLE)('is unreadable with %s of a wrong type', (name) => {
    for (const wrong of [true, {}, [], ['a']]) {
      expect(readProfile(wireProfile({ [name]: wrong })).ok).toBe(false);
    }
  });

  it.each([[undefined], [''], [7], [{}], ['x'.repeat(65)]])('is unreadable with the status %s', (status) => {
    expect(readProfile(wireProfile({ status })).ok).toBe(false);
  });

  it('keeps a status that nobody knows yet', () => {
    expect(read(wireProfile({ status: 'suspended-by-operator' })).status).toBe('suspended-by-operator');
  });

  it('reads a status of null as unknown', () => {
    expect(read(wireProfile({ status: null })).status).toBe('unknown');
  });

  it('takes an error code that is a number', () => {
    expect(read(wireProfile({ error_code: 83500 })).errorCode).toBe('83500');
  });

  it('refuses control characters where a machine will read the field', () => {
    expect(readProfile(wireProfile({ activation_code: '1$host$A\nB' })).ok).toBe(false);
    expect(readProfile(wireProfile({ status: '\u009b2J' })).ok).toBe(false);
  });

  it('cleans and cuts the message for people', () => {
    const { errorMessage } = read(wireProfile({ error_message: `no\u0000 \n stock${'!'.repeat(900)}` }));
    expect(errorMessage).toMatch(/^no stock!+…$/);
    expect(errorMessage).toHaveLength(500);
  });

  it('keeps fields that this version does not know, as text', () => {
    const { extra } = read(
      wireProfile({ carrier: 'x', priority: 3, links: { sim: '/v1/Sims/HS1' }, nothing: null, flag: false }),
    );
    expect(extra).toEqual({
      carrier: 'x',
      priority: '3',
      links: '{"sim":"/v1/Sims/HS1"}',
      nothing: 'null',
      flag: 'false',
    });
  });

  it('keeps a bounded number of them, of bounded length, under plain names', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`f${n}`, 'y'.repeat(2_000)]));
    const { extra } = read(wireProfile({ ...many, 'bad name': 'x', ['n'.repeat(65)]: 'x' }));
    expect(Object.keys(extra)).toHaveLength(32);
    expect(Math.max(...Object.values(extra).map((text) => text.length))).toBe(500);
    expect(read(JSON.parse('{"status":"new","__proto__":{"polluted":true}}')).extra).toEqual({});
  });

  it('tells which field is wrong, never what was in it', () => {
    const reading = readProfile(wireProfile({ status: 7, eid: ['very-private'] }));
    expect(reading.ok).toBe(false);
    if (!reading.ok) {
      expect(reading.why).toContain('status');
      expect(reading.why).toContain('eid');
      expect(reading.why).not.toContain('very-private');
    }
  });

  it('is refused, not thrown at, with a length that can be compared with nothing', () => {
    const boundless: unknown = JSON.parse('{"length":{"toString":1}}');
    expect(readProfile(wireProfile({ iccid: boundless }))).toMatchObject({ ok: false });
    expect(readPage(listPage([wireProfile({ iccid: boundless }), wireProfile()]))).toMatchObject({
      ok: true,
      entries: [{ status: 'new' }],
    });
  });

  it('is either read or refused, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        expect(typeof readProfile(value).ok).toBe('boolean');
      }),
    );
  });
});
