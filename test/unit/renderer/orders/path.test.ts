import { describe, expect, it } from 'vitest';
import { fault } from '../../../../contract/fault.ts';
import type { Order } from '../../../../contract/order.ts';
import { pathSteps, shareOfUsual, waitingFor } from '../../../../renderer/features/orders/path.ts';
import { AVAILABLE_EID, AVAILABLE_MATCHING, aDevice, anOrder, EIDS, NOW } from '../fixtures.ts';

/** The path in a line: a sign for each step's state. */
const SIGNS = { done: '●', here: '◉', next: '◌', todo: '○', failed: '✕', stopped: '–' } as const;
function drawn(...args: Parameters<typeof pathSteps>): string {
  return pathSteps(...args)
    .map((step) => `${SIGNS[step.state]} ${step.label}`)
    .join('  ');
}

function history(...statuses: string[]): Order['history'] {
  return statuses.map((status, index) => ({ at: NOW + index * 1000, status, note: '' }));
}

describe('the path of a device without an order', () => {
  const rest = '○ ordered  ○ reserving  ○ available  ○ downloaded  ○ installed';
  it.each([
    ['while its EID is read', aDevice({ phase: 'readingEid', eid: null }), `◌ EID  ${rest}`],
    ['once it is read', aDevice(), `◉ EID  ${rest}`],
    [
      'where it could not be read',
      aDevice({ phase: 'failed', eid: null, fault: fault('euicc.none') }),
      `✕ EID  ${rest}`,
    ],
    [
      'while the SIM asks for its PIN',
      aDevice({
        phase: 'failed',
        eid: null,
        fault: fault('sim.pin'),
        simLock: { asksFor: 'pin', pinTries: 3, pukTries: 10 },
      }),
      `◌ EID  ${rest}`,
    ],
    [
      'where its check digits fail',
      aDevice({ eid: { value: EIDS.wrong, valid: false, via: 'csim', elapsedMs: 1 } }),
      `◌ EID  ${rest}`,
    ],
  ])('%s', (_, device, line) => {
    expect(drawn(device, null)).toBe(line);
  });

  it('says how long the reading took', () => {
    expect(pathSteps(aDevice(), null)[0]?.note).toBe('0.3 s');
  });
});

describe('the path of an order', () => {
  it.each([
    [
      'written',
      { status: 'draft', history: history('draft') },
      '● EID  ◌ ordered  ○ reserving  ○ available  ○ downloaded  ○ installed',
    ],
    [
      'sending',
      { status: 'sending', history: history('sending') },
      '● EID  ◌ ordered  ○ reserving  ○ available  ○ downloaded  ○ installed',
    ],
    [
      'unconfirmed',
      { status: 'unconfirmed', history: history('sending', 'unconfirmed') },
      '● EID  ◌ ordered  ○ reserving  ○ available  ○ downloaded  ○ installed',
    ],
    [
      'ordered',
      { status: 'new', history: history('sending', 'new') },
      '● EID  ◉ ordered  ◌ reserving  ○ available  ○ downloaded  ○ installed',
    ],
    ['reserving', {}, '● EID  ● ordered  ◉ reserving  ◌ available  ○ downloaded  ○ installed'],
    ['available', AVAILABLE_EID, '● EID  ● ordered  ● reserving  ◉ available  ◌ downloaded  ○ installed'],
    [
      'installed',
      { status: 'installed', history: history('new', 'available', 'installed') },
      '● EID  ● ordered  ● reserving  ● available  ● downloaded  ● installed',
    ],
    [
      'refused',
      { status: 'refused', history: history('sending', 'refused') },
      '● EID  ✕ refused  ○ reserving  ○ available  ○ downloaded  ○ installed',
    ],
    [
      'failed while reserving',
      { status: 'failed', history: history('new', 'reserving', 'failed') },
      '● EID  ● ordered  ● reserving  ✕ failed  ○ downloaded  ○ installed',
    ],
    [
      'failed while downloading',
      { status: 'failed', history: history('new', 'available', 'failed') },
      '● EID  ● ordered  ● reserving  ● available  ✕ failed  ○ installed',
    ],
    [
      'taken back',
      { status: 'cancelled', history: history('draft', 'cancelled') },
      '● EID  – cancelled  ○ reserving  ○ available  ○ downloaded  ○ installed',
    ],
    [
      'taken over as available',
      { status: 'available', history: history('available') },
      '● EID  ● ordered  ● reserving  ◉ available  ◌ downloaded  ○ installed',
    ],
    [
      'in a status that is new to us',
      { status: 'released', history: history('new', 'released') },
      '● EID  ◉ ordered  ◌ reserving  ○ available  ○ downloaded  ○ installed',
    ],
  ] as ReadonlyArray<readonly [string, Partial<Order>, string]>)('%s', (_, part, line) => {
    expect(drawn(null, anOrder(part))).toBe(line);
  });

  it('has no EID where it is by matching ID', () => {
    expect(drawn(null, anOrder(AVAILABLE_MATCHING))).toBe(
      '● ordered  ● reserving  ◉ available  ◌ downloaded  ○ installed',
    );
  });

  it('takes its times from the first line of history that names the status', () => {
    const order = anOrder({
      status: 'reserving',
      history: [...history('new', 'reserving'), { at: NOW + 9000, status: 'reserving', note: 'again' }],
    });
    const at = Object.fromEntries(pathSteps(null, order).map((step) => [step.key, step.at]));
    expect(at).toMatchObject({ new: NOW, reserving: NOW + 1000, available: null });
  });
});

describe('what an order waits for', () => {
  const waits = (part: Partial<Order>) => waitingFor(anOrder(part), 'Twilio');

  it.each([
    [{ status: 'draft' }, 'About to be sent', 'bench'],
    [
      { status: 'draft', heldFor: 'turn' },
      'Waiting for its turn: the orders before it are sent first',
      'bench',
    ],
    [{ status: 'draft', heldFor: 'network' }, 'Waiting until Twilio can be reached', 'provider'],
    [{ status: 'draft', heldFor: 'limit' }, 'Waiting until Twilio takes more requests', 'provider'],
    [{ status: 'draft', heldFor: 'account' }, 'Waiting for credentials that Twilio accepts', 'technician'],
    [{ status: 'draft', heldFor: 'choice' }, 'Waiting for you to choose', 'technician'],
    [{ status: 'sending' }, 'Sending the order to Twilio', 'bench'],
    [{ status: 'unconfirmed' }, 'Looking the order up at Twilio', 'bench'],
    [{ status: 'unconfirmed', heldFor: 'nothingFound' }, 'Waiting for you to decide', 'technician'],
    [{ status: 'new' }, 'Waiting for Twilio to reserve a profile', 'provider'],
    [{ status: 'reserving' }, 'Waiting for Twilio to prepare the profile', 'provider'],
    [{ status: 'available' }, 'Waiting for the device to download it', 'technician'],
    [{ status: 'downloaded' }, 'Waiting for the device to install it', 'technician'],
    [{ status: 'released' }, 'Twilio says “released”', 'provider'],
  ] as const)('%j', (part, sentence, on) => {
    expect(waits(part)).toMatchObject({ sentence, on });
  });

  it.each(['installed', 'failed', 'refused', 'cancelled'])('nothing once it is %s', (status) => {
    expect(waits({ status })).toBeNull();
  });

  it('counts from the request where the usual time does', () => {
    expect(waits({ status: 'reserving', history: history('sending', 'new', 'reserving') })).toMatchObject({
      since: NOW,
      usual: true,
    });
  });

  it('counts from when the status began, whatever was noted since', () => {
    const lines = [
      ...history('sending', 'unconfirmed'),
      { at: NOW + 60_000, status: 'unconfirmed', note: 'Not in the list yet.' },
    ];
    expect(waits({ status: 'unconfirmed', history: lines })?.since).toBe(NOW + 1000);
    expect(waits({ status: 'draft', heldFor: 'network', history: history('draft', 'draft') })?.since).toBe(
      NOW,
    );
  });
});

describe('the share of the usual time', () => {
  it('grows with time and never claims to be there', () => {
    expect(shareOfUsual(0, 11_000, 22_000)).toBe(0.5);
    expect(shareOfUsual(0, 22_000, 22_000)).toBe(0.95);
    expect(shareOfUsual(0, 900_000, 22_000)).toBe(0.95);
  });

  it('is not known without a usual time, and not negative on a clock that was set back', () => {
    expect(shareOfUsual(0, 1, null)).toBeNull();
    expect(shareOfUsual(0, 1, 0)).toBeNull();
    expect(shareOfUsual(5000, 0, 22_000)).toBe(0);
  });
});
