import { describe, expect, it } from 'vitest';
import { parseLpa } from '../../../../renderer/format/lpa.ts';
import { readScanned } from '../../../../renderer/format/scanned.ts';
import { EIDS } from '../fixtures.ts';

describe('what a scanner or a QR gave', () => {
  it.each([
    ['bare', EIDS.free],
    ['in groups', '8900 1012 0123 4123 4012 3456 7890 1224'],
    ['with dashes', '8900-1012-0123-4123-4012-3456-7890-1224'],
    ['after EID:', `EID:${EIDS.free}`],
    ['after EID and a blank', `EID ${EIDS.free}`],
    ['among other fields', `IMEI:867929068986654;EID:${EIDS.free};SN:12`],
    ['on a line of its own', `Model EM05-G\n${EIDS.free}\nMade in 2026`],
    ['with wrong check digits, for the technician to judge', '89001012012341234012345678901225'],
  ])('finds an EID %s', (_, text) => {
    const read = readScanned(text);
    expect(read.kind).toBe('eid');
    if (read.kind === 'eid') expect(read.eid).toMatch(/^890010120123412340123456789012(24|25)$/);
  });

  it.each([
    ['an activation code', 'LPA:1$sm-dp-plus.twilio.com$AAAAA-BBBBB', 'activationCode'],
    ['an IMEI', '867929068986654', 'other'],
    ['more digits than an EID has', `1${EIDS.free}4`, 'other'],
    ['nothing', '', 'other'],
    ['a web address', 'https://example.com/89', 'other'],
  ])('takes %s for what it is', (_, text, kind) => {
    expect(readScanned(text).kind).toBe(kind);
  });
});

describe('an LPA string', () => {
  it.each([
    ['LPA:1$smdp.example.com$ABC-123', 'smdp.example.com', 'ABC-123'],
    ['LPA:1$smdp.example.com$', 'smdp.example.com', ''],
    ['lpa:1$smdp.example.com$ABC$1.3.6.1$1', 'smdp.example.com', 'ABC'],
  ])('%s', (text, smdpAddress, matchingId) => {
    expect(parseLpa(text)).toEqual({ smdpAddress, matchingId });
  });

  it.each(['', 'LPA:2$a$b', '1$smdp.example.com$ABC', 'LPA:1$$ABC', 'LPA:1$only'])('is not %j', (text) => {
    expect(parseLpa(text)).toBeNull();
  });
});
