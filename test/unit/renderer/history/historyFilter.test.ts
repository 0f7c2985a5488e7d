import { describe, expect, it } from 'vitest';
import { REQUESTS } from '../../../../contract/channels.ts';
import {
  eidNote,
  isFiltered,
  NO_FILTER,
  STATUS_WORDS,
  statusOf,
  withTyped,
} from '../../../../renderer/features/history/historyFilter.ts';
import { EIDS } from '../fixtures.ts';

const SIM = `HS${'0123456789abcdef'.repeat(2)}`;
const grouped = EIDS.quectel.replace(/(.{4})/g, '$1 ');

describe('what is typed becomes the filter', () => {
  it.each([
    ['an EID', { eid: EIDS.quectel }, { eid: EIDS.quectel }],
    ['an EID as it is on a label', { eid: `EID: ${grouped}` }, { eid: EIDS.quectel }],
    ['an EID whose check digits do not hold', { eid: EIDS.wrong }, { eid: EIDS.wrong }],
    ['a whole SIM SID', { simSid: ` ${SIM} ` }, { simSid: SIM }],
    ['a status, by its word here', { status: 'ordered' }, { status: 'new' }],
    ['nothing but blanks', { eid: '  ', simSid: ' ', status: ' ' }, {}],
  ])('at once: %s', (_what, typed, filter) => {
    expect(withTyped(NO_FILTER, typed).filter).toEqual({ ...NO_FILTER.filter, ...filter });
  });

  it.each([
    ['part of a SIM SID', { simSid: 'HS01' }, { simSid: 'HS01' }],
    ['a status that this version does not know', { status: 'paused' }, { status: 'paused' }],
    ['the beginning of a status', { status: 'avail' }, { status: 'avail' }],
    ['a status by the provider’s own word', { status: 'new' }, { status: 'new' }],
  ])('when it is done, not before: %s', (_what, typed, filter) => {
    const typing = withTyped(NO_FILTER, typed);
    expect(typing.filter).toEqual(NO_FILTER.filter);
    expect(typing.typed).toMatchObject(typed);
    expect(withTyped(typing, {}, true).filter).toEqual({ ...NO_FILTER.filter, ...filter });
  });

  it.each(['8904', 'no EID', `${EIDS.quectel}0`])('never: the EID “%s”', (eid) => {
    expect(withTyped(NO_FILTER, { eid }, true).filter.eid).toBeNull();
  });

  it('stays what it was while an EID is changed, until that is whole again or gone', () => {
    const whole = withTyped(NO_FILTER, { eid: EIDS.quectel });
    const changed = withTyped(whole, { eid: EIDS.quectel.slice(0, -1) });
    expect(changed.filter.eid).toBe(EIDS.quectel);
    expect(withTyped(changed, { eid: EIDS.simcom }).filter.eid).toBe(EIDS.simcom);
    expect(withTyped(changed, { eid: '' }).filter.eid).toBeNull();
  });

  it('leaves what is in the other fields', () => {
    const both = withTyped(withTyped(NO_FILTER, { eid: EIDS.quectel }), { status: 'failed' });
    expect(both.filter).toEqual({ eid: EIDS.quectel, simSid: null, status: 'failed' });
    expect(isFiltered(both.filter)).toBe(true);
    expect(isFiltered(withTyped(both, { eid: '', status: '' }).filter)).toBe(false);
  });

  it('never makes a request that main refuses, however long the text', () => {
    const { filter } = withTyped(
      NO_FILTER,
      { eid: '8'.repeat(500), simSid: 'x'.repeat(500), status: 'y'.repeat(500) },
      true,
    );
    expect(REQUESTS['profiles.page'].input.safeParse({ filter, cursor: null }).success).toBe(true);
  });
});

describe('the words for a status', () => {
  it('are those of the list, and lead back to the provider’s', () => {
    expect(STATUS_WORDS).toEqual(['ordered', 'reserving', 'available', 'downloaded', 'installed', 'failed']);
    expect(STATUS_WORDS.map(statusOf)).toEqual([
      'new',
      'reserving',
      'available',
      'downloaded',
      'installed',
      'failed',
    ]);
  });
});

describe('what is said of an EID that is typed', () => {
  it.each([
    ['', null],
    [grouped, null],
    ['8904 4011', { word: 'The EID has 8 of 32 digits: not filtered by it yet.', tone: 'waiting' }],
    [EIDS.wrong, { word: 'The check digits of this EID do not hold. A digit is wrong.', tone: 'waiting' }],
    ['89x', { word: 'This is no EID: it has characters that are not digits.', tone: 'failed' }],
  ])('“%s”', (typed, note) => {
    expect(eidNote(typed)).toEqual(note);
  });
});
