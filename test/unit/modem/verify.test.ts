import { describe, expect, it } from 'vitest';
import {
  registrationState,
  registrationWords,
  statWords,
  technologyName,
} from '../../../main/modem/networkWords.ts';
import { signalInCesq, signalInCsq } from '../../../main/modem/signalDbm.ts';
import { operatorIn, statIn, verify } from '../../../main/modem/verify.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { bench, codeOf, IDENTIFIED } from './talkTo.ts';

const OK = answer('OK');
const ICCID = '89494026000021436587';

const UP: Readonly<Record<string, Reply>> = {
  'AT+CFUN?': answer('+CFUN: 1', 'OK'),
  'AT+CPIN?': answer('+CPIN: READY', 'OK'),
  'AT+CCID': answer(`+CCID: ${ICCID}`, 'OK'),
  'AT+CEREG?': answer('+CEREG: 0,1', 'OK'),
  'AT+CREG?': answer('+CREG: 0,2', 'OK'),
  'AT+COPS=3,0': OK,
  'AT+COPS?': answer('+COPS: 0,0,"Test net",7', 'OK'),
  'AT+CESQ': answer('+CESQ: 99,99,255,255,20,60', 'OK'),
};

async function verified(
  script: Record<string, Reply> | ((command: string, times: number) => Reply | undefined),
  limitMs?: number,
) {
  const at = bench(typeof script === 'function' ? script : { ...UP, ...script });
  const steps: string[] = [];
  const result = await at.run(
    verify(at.dialogue, IDENTIFIED, {
      clock: at.clock,
      onStep: (step) => steps.push(step),
      ...(limitMs === undefined ? {} : { limitMs }),
    }),
  );
  return { ...at, result, steps };
}

/** Registers as the list says, one look after the other; the last stays. */
function registering(...stats: readonly number[]) {
  return (command: string, times: number): Reply | undefined =>
    command === 'AT+CEREG?'
      ? answer(`+CEREG: 0,${stats[Math.min(times, stats.length - 1)]}`, 'OK')
      : command === 'AT+CREG?'
        ? answer('ERROR')
        : UP[command];
}

describe('whether the profile works', () => {
  it('is told with network, technology and signal', async () => {
    const { result } = await verified({});
    expect(result.ok && result.value).toMatchObject({
      outcome: 'registered',
      simState: 'READY',
      iccid: ICCID,
      registrations: [
        { command: '+CEREG', stat: 1, state: 'home' },
        { command: '+CREG', stat: 2, state: 'searching' },
      ],
      operator: 'Test net',
      technology: 'LTE',
      signalDbm: -80,
    });
  });

  it('changes nothing but how the operator is named', async () => {
    const { sent } = await verified({});
    expect(sent.filter((command) => /=/.test(command))).toEqual(['AT+COPS=3,0']);
  });

  it('is waited for, each news told once', async () => {
    const { result, steps, clock } = await verified(registering(0, 2, 2, 2, 2, 5));
    expect(result.ok && result.value.outcome).toBe('registered');
    expect(steps).toEqual([
      'LTE: not registered, not searching',
      'LTE: searching',
      'LTE: registered, roaming',
    ]);
    expect(clock.monotonic() - 1_000).toBe(10_000);
  });

  it('does not ask again what the modem refuses', async () => {
    const { sent } = await verified(registering(2, 2, 2, 1));
    expect(sent.filter((command) => command === 'AT+CREG?').length).toBe(1);
    expect(sent.filter((command) => command === 'AT+C5GREG?').length).toBe(1);
    expect(sent.filter((command) => command === 'AT+CEREG?').length).toBe(4);
  });

  it.each<[string, readonly number[], string, number]>([
    ['three minutes of searching', [2], 'notRegistered', 180_000],
    ['a denial that stays', [2, 3], 'denied', 32_000],
    ['a denial that passes', [3, 3, 2, 1], 'registered', 6_000],
  ])('%s', async (_, stats, outcome, elapsedMs) => {
    const { result } = await verified(registering(...stats));
    expect(result.ok && [result.value.outcome, result.value.elapsedMs]).toEqual([outcome, elapsedMs]);
  });

  it('ends at the limit that is given', async () => {
    const { result } = await verified(registering(2), 20_000);
    expect(result.ok && [result.value.outcome, result.value.elapsedMs]).toEqual(['notRegistered', 20_000]);
  });

  it.each<[string, Record<string, Reply>, string, string | null]>([
    ['no SIM', { 'AT+CPIN?': answer('+CME ERROR: 10') }, 'simNotReady', null],
    ['a locked SIM', { 'AT+CPIN?': answer('+CPIN: SIM PIN', 'OK') }, 'simNotReady', 'SIM PIN'],
    [
      'an eUICC without a profile',
      { 'AT+CPIN?': answer('+CPIN: EMPTY_EUICC', 'OK') },
      'simNotReady',
      'EMPTY_EUICC',
    ],
    ['flight mode', { 'AT+CFUN?': answer('+CFUN: 4', 'OK') }, 'radioOff', 'READY'],
    ['a modem that is off', { 'AT+CFUN?': answer('+CFUN: 0,0', 'OK') }, 'radioOff', 'READY'],
  ])('%s ends soon', async (_, script, outcome, simState) => {
    const { result, sent, clock } = await verified(script);
    expect(result.ok && [result.value.outcome, result.value.simState]).toEqual([outcome, simState]);
    expect(sent).not.toContain('AT+CEREG?');
    expect(clock.monotonic() - 1_000).toBeLessThan(60_000);
  });

  it('names the operator by number where the modem has no name, and goes on without a signal', async () => {
    const { result } = await verified((command, times) => {
      if (command === 'AT+COPS?') return answer(times === 0 ? '+COPS: 0' : '+COPS: 0,2,"00101",9', 'OK');
      if (command === 'AT+COPS=3,2') return OK;
      return command === 'AT+CESQ' || command === 'AT+CSQ' ? answer('ERROR') : UP[command];
    });
    expect(result.ok && result.value).toMatchObject({
      operator: '00101',
      technology: 'NB-IoT',
      signalDbm: null,
    });
  });

  it('takes the signal from +CSQ where +CESQ has none', async () => {
    const { result } = await verified({
      'AT+CESQ': answer('+CESQ: 99,99,255,255,255,255', 'OK'),
      'AT+CSQ': answer('+CSQ: 20,99', 'OK'),
    });
    expect(result.ok && result.value.signalDbm).toBe(-73);
  });

  it('goes on over answers that do not come', async () => {
    const { result } = await verified((command, times) =>
      command === 'AT+CEREG?' && times === 0 ? null : UP[command === 'AT' ? 'AT+COPS=3,0' : command],
    );
    expect(result.ok && result.value.outcome).toBe('registered');
  });

  it.each([
    ['port.vanished', (at: Awaited<ReturnType<typeof running>>) => at.vanish()],
    ['cancelled', (at: Awaited<ReturnType<typeof running>>) => at.abort.abort()],
  ])('%s ends it', async (code, act) => {
    const at = await running();
    at.clock.after(5_500, () => act(at));
    const result = await at.run(at.work);
    expect(codeOf(result)).toBe(code);
  });

  async function running() {
    const abort = new AbortController();
    const at = bench(registering(2));
    const work = verify(at.dialogue, IDENTIFIED, { clock: at.clock, signal: abort.signal });
    return { ...at, abort, work };
  }
});

describe('states of registration', () => {
  it.each([
    [0, 'notSearching'],
    [1, 'home'],
    [2, 'searching'],
    [3, 'denied'],
    [4, 'unknown'],
    [5, 'roaming'],
    [6, 'home'],
    [7, 'roaming'],
    [8, 'emergencyOnly'],
    [9, 'home'],
    [10, 'roaming'],
    [11, 'emergencyOnly'],
    [42, 'unknown'],
  ])('%i: %s', (stat, state) => {
    expect(registrationState(stat)).toBe(state);
    expect(statWords(stat)).not.toBe('');
  });

  it('are told by what they are for', () => {
    expect(
      registrationWords([
        { command: '+C5GREG', stat: 0, state: 'notSearching' },
        { command: '+CREG', stat: 3, state: 'denied' },
      ]),
    ).toBe('5G: not registered, not searching; calls: registration denied');
  });

  it.each<[string, number | null]>([
    ['+CEREG: 0,1', 1],
    ['+CEREG:2,5,"1A2B","01234567",7', 5],
    ['+CEREG: 1', 1],
    ['+CEREG: 1,"1A2B","01234567",7', 1],
    ['+CEREG: 4,11', 11],
    ['0,2', 2],
    ['+CEREG: ', null],
    ['+CEREG: x', null],
  ])('in %s: %s', (line, stat) => {
    expect(statIn([line], '+CEREG')).toBe(stat);
  });
});

describe('the operator', () => {
  it.each<[string, string | null, string | null]>([
    ['+COPS: 0,0,"Test net",7', 'Test net', 'LTE'],
    ['+COPS: 0,2,"26201",11', '26201', 'NR'],
    ['+COPS: 1,0,"A, B",13', 'A, B', 'LTE with NR'],
    ['+COPS: 0,0,"Test net"', 'Test net', null],
    ['+COPS: 0,0,"Test net",99', 'Test net', null],
    ['+COPS: 0', null, null],
  ])('%s', (line, operator, technology) => {
    expect(operatorIn([line])).toEqual({ operator, technology });
  });

  it('has a name for each technology', () => {
    expect([7, 9, 11, 17].map(technologyName)).toEqual(['LTE', 'NB-IoT', 'NR', null]);
  });
});

describe('the signal', () => {
  it.each<[string, number | null]>([
    ['+CESQ: 99,99,255,255,20,97', -43],
    ['+CESQ: 99,99,255,255,20,1', -139],
    ['+CESQ: 99,99,255,255,255,255,70,80,60', -76],
    ['+CESQ: 99,99,40,255,255,255', -80],
    ['+CESQ: 30,99,255,255,255,255', -80],
    ['+CESQ: 99,99,255,255,255,255', null],
    ['+CESQ: 99,99,255,255,20,98', null],
    ['+CESQ: 1', null],
  ])('%s: %s dBm', (line, dbm) => {
    expect(signalInCesq([line])).toBe(dbm);
  });

  it.each<[string, number | null]>([
    ['+CSQ: 0,0', -113],
    ['+CSQ: 31,99', -51],
    ['+CSQ: 15', -83],
    ['15,99', -83],
    ['+CSQ: 99,99', null],
    ['+CSQ: x', null],
  ])('%s: %s dBm', (line, dbm) => {
    expect(signalInCsq([line])).toBe(dbm);
  });
});
