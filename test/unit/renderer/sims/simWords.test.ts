import { describe, expect, it } from 'vitest';
import {
  ACTIVATION_HELD_FOR,
  ACTIVATION_STATUSES,
  type Activation,
  type ActivationStatus,
} from '../../../../contract/activation.ts';
import { fault } from '../../../../contract/fault.ts';
import {
  activationSentence,
  fieldOfFault,
  scheduledSince,
  simEndSentence,
  simState,
  simStateInList,
  simStatus,
  simStatusWords,
  wantsAnotherWish,
  wishInWords,
} from '../../../../renderer/features/sims/simWords.ts';
import { anActivation, anOrder, aSim, NOW } from '../fixtures.ts';

const taken = fault('provider.refused', {
  message: 'The unique name "A" is taken by another SIM of the account.',
  providerCode: '83011',
});

const SENTENCES: readonly (readonly [ActivationStatus, Activation['heldFor'], string])[] = [
  ['waiting', 'profile', 'Waiting for the profile: the SIM comes with it'],
  ['waiting', 'turn', 'Waiting for its turn'],
  ['waiting', 'network', 'Waiting until Twilio can be reached'],
  ['waiting', 'limit', 'Waiting until Twilio takes more requests'],
  ['waiting', 'sim', 'Waiting until Twilio knows the SIM'],
  ['waiting', 'account', 'Waiting for credentials that Twilio accepts'],
  ['waiting', null, 'About to be sent'],
  ['sending', null, 'Sending the change to Twilio'],
  ['unconfirmed', null, 'Looking up what became of the change'],
  ['scheduled', null, 'Twilio is changing the SIM'],
  ['done', null, 'Done, as wished'],
  ['stopped', null, 'The SIM was not changed'],
];

describe('what happens with the activation of a SIM', () => {
  it.each(SENTENCES)('%s, held for %s', (status, heldFor, sentence) => {
    expect(activationSentence(anActivation({ status, heldFor }), 'Twilio')).toBe(sentence);
  });

  it('has a sentence for everything that there can be', () => {
    const told = new Set(SENTENCES.map(([status, heldFor]) => `${status} ${heldFor}`));
    const all = [
      ...ACTIVATION_STATUSES.map((status) => `${status} ${null}`),
      ...ACTIVATION_HELD_FOR.map((heldFor) => `waiting ${heldFor}`),
    ];
    expect([...told].sort()).toEqual(all.sort());
  });

  it('is told with the fault where there is one', () => {
    expect(activationSentence(anActivation({ status: 'stopped', fault: taken }), 'Twilio')).toBe(
      taken.message,
    );
  });

  it.each(ACTIVATION_STATUSES)('is told without an exclamation mark: %s', (status) => {
    for (const heldFor of [...ACTIVATION_HELD_FOR, null]) {
      const activation = anActivation({ status, heldFor });
      const order = anOrder({ activation, sim: aSim(), simSid: 'HS1' });
      expect(activationSentence(activation, 'KORE')).not.toMatch(/!|undefined|null/);
      expect(simState(order).word).not.toMatch(/!|undefined|null/);
      expect(simState(order).word.length).toBeLessThan(12);
    }
  });
});

describe('the state of a SIM', () => {
  it.each([
    ['new', 'new', 'idle'],
    ['ready', 'ready', 'ready'],
    ['active', 'active', 'done'],
    ['inactive', 'inactive', 'gone'],
    ['scheduled', 'scheduled', 'busy'],
    ['resetting', 'resetting', 'idle'],
  ])('%s is shown as the word %s and the shape %s', (status, word, tone) => {
    expect(simStatusWords(status)).toMatchObject({ word, tone });
    expect(simStatusWords(status).sentence).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['nothing is known', { simSid: 'HS1', sim: null, activation: null }, 'not asked yet'],
    ['there is none yet', { simSid: null, sim: null, activation: null }, 'comes with the profile'],
    ['the provider has told', { simSid: 'HS1', sim: aSim({ status: 'active' }), activation: null }, 'active'],
    [
      'something is under way',
      { simSid: 'HS1', sim: aSim(), activation: anActivation({ status: 'sending' }) },
      'sending',
    ],
    [
      'it has stopped',
      { simSid: 'HS1', sim: aSim(), activation: anActivation({ status: 'stopped' }) },
      'stopped',
    ],
    [
      'it was done, and has gone on since',
      { simSid: 'HS1', sim: aSim({ status: 'active' }), activation: anActivation({ status: 'done' }) },
      'active',
    ],
  ])('where %s', (_, order, word) => {
    expect(simState(order).word).toBe(word);
  });

  it('is what the provider said, whatever is under way', () => {
    const order = { simSid: 'HS1', sim: aSim(), activation: anActivation({ status: 'stopped' }) };
    expect(simStatus(order).word).toBe('new');
  });

  it('is left out of a list where nothing is known and nothing wished', () => {
    expect(simStateInList(anOrder())).toBeNull();
    expect(simStateInList(anOrder({ activation: anActivation() }))?.word).toBe('waiting');
  });
});

describe('since when the provider changes it', () => {
  it('is when it said so first', () => {
    const activation = anActivation({ status: 'scheduled' });
    const sim = aSim({ status: 'scheduled', at: NOW - 14_000 });
    expect(scheduledSince({ activation, sim, updatedAt: NOW })).toBe(NOW - 14_000);
  });

  it('is when the order was last changed, where the provider said only that a change is under way', () => {
    const activation = anActivation({ status: 'scheduled' });
    expect(scheduledSince({ activation, sim: aSim(), updatedAt: NOW - 500 })).toBe(NOW - 500);
  });

  it('is not told of what is not scheduled', () => {
    expect(scheduledSince({ activation: anActivation(), sim: aSim(), updatedAt: NOW })).toBeNull();
    expect(
      scheduledSince({ activation: null, sim: aSim({ status: 'scheduled' }), updatedAt: NOW }),
    ).toBeNull();
  });
});

describe('a wish in words', () => {
  const { wish } = anActivation();
  it.each([
    [wish, 'ready in Fleet “Pilot Fleet”, named {imei}'],
    [{ ...wish, fleetName: null, nameTemplate: null }, 'ready in Fleet “HF55555555555555555555555555555555”'],
    [{ ...wish, simStatus: 'active' as const, nameTemplate: null }, 'active in Fleet “Pilot Fleet”'],
  ])('%#', (of, words) => {
    expect(wishInWords(of)).toBe(words);
  });

  it('has the name that was made of it, where there is one', () => {
    expect(wishInWords(wish, '8679')).toBe('ready in Fleet “Pilot Fleet”, named 8679');
  });
});

describe('how an activation has ended', () => {
  it.each([
    ['done', null, 'SIM ready'],
    ['stopped', taken, 'SIM not changed. The unique name "A" is taken by another SIM of the account.'],
    ['stopped', null, 'SIM not changed.'],
    ['scheduled', null, null],
    ['waiting', null, null],
  ] as const)('%s', (status, why, sentence) => {
    const order = { activation: anActivation({ status, fault: why }), sim: aSim({ status: 'ready' }) };
    expect(simEndSentence(order)).toBe(sentence);
  });

  it('is nothing where nothing was wished', () => {
    expect(simEndSentence({ activation: null, sim: aSim() })).toBeNull();
  });
});

describe('what stopped an activation', () => {
  it.each([
    [taken, true, 'name'],
    [fault('activation.unnamed'), true, 'name'],
    [fault('provider.notFound', { providerCode: '83006' }), true, 'fleet'],
    [fault('provider.refused', { providerCode: '83007' }), true, 'fleet'],
    [fault('provider.refused', { providerCode: '83010' }), true, 'simStatus'],
    [fault('provider.notFound', { providerCode: '83005' }), false, null],
    [fault('activation.incomplete'), false, null],
    [null, false, null],
  ] as const)('%#: whether another wish is needed, and in which field', (why, another, field) => {
    expect(wantsAnotherWish({ fault: why })).toBe(another);
    expect(fieldOfFault(why)).toBe(field);
  });
});
