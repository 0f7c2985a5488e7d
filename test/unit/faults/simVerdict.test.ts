import { describe, expect, it } from 'vitest';
import type { Activation, SimWish } from '../../../contract/activation.ts';
import type { StoredSim } from '../../../main/demo/provider/sims.ts';
import type { ProviderRecordEntry } from '../../../main/demo/provider/virtualProvider.ts';
import type { LedgerOrder } from '../../faults/ledgerCopy.ts';
import { judgeSims, type SimEvidence } from '../../faults/simVerdict.ts';

const WISH: SimWish = { fleet: 'Pilot', fleetName: null, simStatus: 'ready', nameTemplate: 'b-{n}' };
const FLEET = {
  sid: 'HF1',
  accountSid: 'AC1',
  uniqueName: 'Pilot',
  networkAccessProfileSid: 'HA1',
  createdAt: 0,
};
const ASKED = 'available: Asked the provider to change the SIM: Fleet Pilot, status ready, name b-1.';

const sim = (given: Partial<StoredSim> = {}): StoredSim => ({
  sid: 'HS1',
  accountSid: 'AC1',
  iccid: '89883070000012345678',
  uniqueName: 'b-1',
  status: 'ready',
  fleetSid: 'HF1',
  createdAt: 0,
  updatedAt: 0,
  scheduled: null,
  ...given,
});

const activation = (given: Partial<Activation> = {}): Activation => ({
  wish: WISH,
  status: 'done',
  heldFor: null,
  uniqueName: 'b-1',
  number: 1,
  attempts: 1,
  fault: null,
  ...given,
});

const order = (given: Partial<LedgerOrder> = {}): LedgerOrder => ({
  id: 'a',
  status: 'available',
  heldFor: null,
  kind: 'eid',
  eid: '89049032123451234512345678901235',
  sid: 'HP1',
  simSid: 'HS1',
  activation: activation(),
  sim: { status: 'ready', uniqueName: 'b-1', fleetSid: 'HF1', at: 0 },
  iccid: null,
  matchingId: null,
  activationCode: null,
  smdpAddress: null,
  callbackUrl: null,
  replaces: null,
  orderAnother: false,
  fault: null,
  candidates: [],
  history: [ASKED],
  ...given,
});

const change = (given: Partial<ProviderRecordEntry> = {}): ProviderRecordEntry => ({
  seq: 0,
  at: 0,
  operation: 'updateSim',
  method: 'POST',
  path: '/v1/Sims/HS1',
  accountSid: 'AC1',
  parameters: { Fleet: 'Pilot', Status: 'ready', UniqueName: 'b-1' },
  committed: 'HS1',
  delivered: 'answer 200',
  ...given,
});

function judged(orders: readonly LedgerOrder[], given: Partial<SimEvidence> = {}): string[] {
  const evidence: SimEvidence = {
    ledgers: [{ orders, problems: [] }],
    wish: WISH,
    sims: [sim()],
    fleets: [FLEET],
    record: [change()],
    fleetsAreTold: true,
    ...given,
  };
  return judgeSims(evidence).map(({ what, text }) => `${what}: ${text}`);
}

const stopped = (providerCode: string, message = '') =>
  order({
    activation: activation({
      status: 'stopped',
      uniqueName: null,
      fault: { code: 'provider.refused', message, hint: '', providerCode },
    }),
  });

describe('the verdict about Sims', () => {
  it('has nothing to say where the Sim is as wished', () => expect(judged([order()])).toEqual([]));

  it.each([
    ['is in no Fleet', { fleetSid: null }, 'its Fleet is null'],
    ['is in another status', { status: 'new' }, 'its status is new'],
    ['has another name', { uniqueName: 'b-2' }, 'its name is b-2, not b-1'],
    ['is being changed', { scheduled: { at: null, status: 'ready', fleetSid: 'HF1' } }, 'under way'],
  ] as const)('finds a Sim that is said to be done and %s', (_, given, text) =>
    expect(judged([order()], { sims: [sim(given)] }).join()).toContain(text),
  );

  it.each([
    ['the wish is not in the order', order({ activation: null }), 'is not in it'],
    ['it goes on', order({ activation: activation({ status: 'scheduled' }) }), 'is not settled'],
    ['it was tried too often', order({ activation: activation({ attempts: 6 }) }), '6 requests in a row'],
    [
      'the ledger says otherwise',
      order({ sim: { status: 'new', uniqueName: null, fleetSid: null, at: 0 } }),
      'says that it is new',
    ],
    ['the Fleet is there that it was stopped for', stopped('83006'), '83006, which is not true'],
    [
      'no other Sim has the name',
      stopped('83011', 'The unique name "b-1" is taken.'),
      '83011, which is not true',
    ],
    ['it was stopped in a status that it has', stopped('83010'), '83010, which is not true'],
  ])('finds that %s', (_, one, text) => expect(judged([one]).join()).toContain(text));

  it('believes a reason that is true', () => {
    expect(judged([stopped('83006')], { fleets: [] })).toEqual([]);
    const taken = stopped('83011', 'The unique name "b-1" is taken by another SIM of the account.');
    expect(judged([taken], { sims: [sim({ uniqueName: null }), sim({ sid: 'HS2' })] })).toEqual([]);
  });

  it('finds two Sims with one name', () =>
    expect(judged([order()], { sims: [sim(), sim({ sid: 'HS2' })] }).join()).toContain(
      'two SIMs are called b-1',
    ));

  it('finds a request that nobody wrote down', () =>
    expect(judged([order({ history: [] })]).join()).toContain(
      '1 requests for SIM HS1, of which 0 are written',
    ));

  it('finds what was asked for again after it was done', () => {
    const twice = order({ history: [ASKED, ASKED] });
    const record = [change(), change({ parameters: { Status: 'ready' }, committed: null })];
    expect(judged([twice], { record })).toEqual(['doubled: SIM HS1 was asked for Status ready again']);
    expect(judged([twice], { record: [change({ committed: null, delivered: 'reset' }), change()] })).toEqual(
      [],
    );
  });

  it('finds a wish that nobody had', () =>
    expect(judged([order()], { wish: null }).join()).toContain('nobody wished anything'));
});
