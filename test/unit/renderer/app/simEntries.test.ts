import { describe, expect, it } from 'vitest';
import { simEntries } from '../../../../renderer/app/simEntries.ts';
import { AVAILABLE_EID, anActivation, anOrder, aSim, NOW } from '../fixtures.ts';

const quectel = anOrder({ ...AVAILABLE_EID, id: 'q', sim: aSim() });
const busy = anOrder({ ...AVAILABLE_EID, id: 'busy', activation: anActivation({ status: 'scheduled' }) });
const refused = anOrder({ id: 'refused', status: 'refused' });
const away = anOrder({ ...AVAILABLE_EID, id: 'away', archivedAt: NOW });
const simcom = anOrder({
  ...AVAILABLE_EID,
  id: 's',
  device: { id: 'd', name: 'SIMCom A7908E', imei: null },
  sim: aSim({ uniqueName: 'Field unit' }),
});
const orders = [quectel, busy, refused, away, simcom];
const ids = (words: readonly string[], inSight: string | null = null) =>
  simEntries(orders, words, inSight).map(({ orderId }) => orderId);

describe('the SIMs that the palette offers to activate', () => {
  it('are those that something may be wished of', () => {
    expect(ids(['activate'])).toEqual(['q', 's']);
  });

  it('begin with the order in sight, which is the only one before anything is typed', () => {
    expect(ids(['sim'], 's')).toEqual(['s', 'q']);
    expect(ids([], 's')).toEqual(['s']);
    expect(ids([])).toEqual([]);
    expect(ids([], 'busy')).toEqual([]);
  });

  it.each([
    ['by the device', ['activate', 'simcom'], ['s']],
    ['by the unique name', ['sim', 'field'], ['s']],
    ['not where the query is not about SIMs', ['quectel'], []],
    ['not where a word is nowhere', ['activate', 'nowhere'], []],
  ])('are found %s', (_, words, found) => {
    expect(ids(words)).toEqual(found);
  });

  it('say what they are', () => {
    expect(simEntries(orders, ['activate'], null)[0]).toEqual({
      orderId: 'q',
      label: 'Activate the SIM of Quectel EM05-G',
      description: 'new · ICCID …1234 5678',
    });
  });

  it('are a few, however many orders there are', () => {
    const many = Array.from({ length: 500 }, (_, index) => anOrder({ id: `o${index}` }));
    expect(simEntries(many, ['sim'], null)).toHaveLength(5);
  });
});
