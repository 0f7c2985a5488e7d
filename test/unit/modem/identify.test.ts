import { describe, expect, it } from 'vitest';
import { identify } from '../../../main/modem/identify.ts';
import { probeAt } from '../../../main/modem/probeAt.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { bench, codeOf, GOOD, IDENTITY, IMEI } from './talkTo.ts';

async function identified(changes: Record<string, Reply>, options: Parameters<typeof bench>[1] = {}) {
  const at = bench({ ...GOOD, ...changes }, options);
  const result = await at.run(identify(at.dialogue, { clock: at.clock }));
  return { ...at, result };
}

describe('identifying a modem', () => {
  it('takes seven commands, the probe before included', async () => {
    const { dialogue, run, clock, sent } = bench(GOOD);
    expect(codeOf(await run(probeAt(dialogue)))).toBe('ok');
    const result = await run(identify(dialogue, { clock }));
    expect(result.ok && result.value).toEqual({
      identity: IDENTITY,
      simState: 'READY',
      simFault: null,
      memory: { identity: IDENTITY, eidVia: null, vendor: null },
    });
    expect(sent).toEqual(['ATE0', 'AT+CMEE=1', 'AT+CGMI', 'AT+CGMM', 'AT+CGMR', 'AT+CGSN', 'AT+CPIN?']);
    expect(dialogue.commandsSent).toBe(7);
  });

  it.each<[string, Record<string, Reply>, Partial<typeof IDENTITY>]>([
    [
      'prefixes and quotes',
      { 'AT+CGMI': answer('+CGMI: "Fibocom Wireless Inc."', 'OK') },
      { manufacturer: 'Fibocom Wireless Inc.' },
    ],
    ['a blank before the colon', { 'AT+CGMM': answer('+CGMM : FM350-GL', 'OK') }, { model: 'FM350-GL' }],
    ['a label', { 'AT+CGMR': answer('Revision: A7670M7', 'OK') }, { revision: 'A7670M7' }],
    ['a name that looks like a command', { 'AT+CGMI': answer('AT&T', 'OK') }, { manufacturer: 'AT&T' }],
    [
      'an unsolicited line in between',
      { 'AT+CGMI': answer('+ESIMS: 1,29', 'Quectel', '^RSSI: 7', 'OK') },
      { manufacturer: 'Quectel' },
    ],
    ['several lines', { 'AT+CGMR': answer('R1', 'built yesterday', 'OK') }, { revision: 'R1' }],
    ['a prefixed IMEI', { 'AT+CGSN': answer(`+CGSN: "${IMEI}"`, 'OK') }, { imei: IMEI }],
    [
      'an IMEI without its check digit',
      { 'AT+CGSN': answer('86769804000000', 'OK') },
      { imei: '867698040000005' },
    ],
    [
      'an IMEI with the software version',
      { 'AT+CGSN': answer('4901542032375104', 'OK') },
      { imei: '490154203237518' },
    ],
    [
      'a serial number that is no IMEI',
      { 'AT+CGSN': answer('80A1B2C3', 'OK') },
      { imei: null as unknown as string },
    ],
    [
      'V.250 commands alone',
      { 'AT+CGMI': answer('ERROR'), 'AT+GMI': answer('Acme', 'OK') },
      { manufacturer: 'Acme' },
    ],
    ['nothing to tell', { 'AT+CGMM': answer('+CME ERROR: 4') }, { model: null as unknown as string }],
    [
      'an answer that goes on for ever',
      { 'AT+CGMM': answer('x'.repeat(300), 'OK') },
      { model: 'x'.repeat(100) },
    ],
    ['no number for errors', { 'AT+CMEE=1': answer('ERROR') }, {}],
  ])('reads %s', async (_, changes, expected) => {
    const { result } = await identified(changes);
    expect(result.ok && result.value.identity).toEqual({ ...IDENTITY, ...expected });
  });

  it('works with the echo on for good', async () => {
    const { result } = await identified({ ATE0: answer('ERROR') }, { echo: true });
    expect(result.ok && result.value.identity).toEqual(IDENTITY);
  });

  it.each<[string, Reply, string | null, string | null]>([
    ['ready', answer('+CPIN: READY', 'OK'), 'READY', null],
    ['ready, without a prefix', answer('READY', 'OK'), 'READY', null],
    ['without a blank', answer('+CPIN:READY', 'OK'), 'READY', null],
    ['an eUICC without a profile', answer('+CPIN: EMPTY_EUICC', 'OK'), 'EMPTY_EUICC', null],
    ['PIN', answer('+CPIN: SIM PIN', 'OK'), 'SIM PIN', 'sim.pin'],
    ['PUK', answer('+CPIN: SIM PUK', 'OK'), 'SIM PUK', 'sim.puk'],
    ['PIN2', answer('+CPIN: SIM PIN2', 'OK'), 'SIM PIN2', null],
    ['not inserted', answer('+CPIN: NOT INSERTED', 'OK'), 'NOT INSERTED', 'sim.missing'],
    ['10', answer('+CME ERROR: 10'), null, 'sim.missing'],
    ['10 as text', answer('+CME ERROR: SIM not inserted'), null, 'sim.missing'],
    ['11', answer('+CME ERROR: 11'), 'SIM PIN', 'sim.pin'],
    ['12', answer('+CME ERROR: 12'), 'SIM PUK', 'sim.puk'],
    ['13', answer('+CME ERROR: 13'), null, 'sim.failure'],
    ['13 as text', answer('+CME ERROR: SIM failure'), null, 'sim.failure'],
    ['busy for ever', answer('+CME ERROR: 14'), null, 'sim.busy'],
    ['0', answer('+CME ERROR: 0'), null, null],
    ['ERROR', answer('ERROR'), null, 'sim.failure'],
  ])('SIM: %s', async (_, reply, state, code) => {
    const { result } = await identified({ 'AT+CPIN?': reply });
    expect(result.ok && [result.value.simState, result.value.simFault?.code ?? null]).toEqual([state, code]);
  });

  it.each([
    ['busy', answer('+CME ERROR: 14')],
    ['busy, as text', answer('+CME ERROR: SIM busy')],
    ['asking to wait', answer('+CME ERROR: 515')],
    ['not ready', answer('+CPIN: NOT READY', 'OK')],
    ['starting, on a modem that gives no reasons', answer('ERROR')],
  ])('waits for a SIM that is %s', async (_, first) => {
    const at = bench((command, times) => (command === 'AT+CPIN?' && times < 3 ? first : GOOD[command]));
    const result = await at.run(identify(at.dialogue, { clock: at.clock }));
    expect(result.ok && result.value.simState).toBe('READY');
    expect(at.sent.filter((command) => command === 'AT+CPIN?').length).toBe(4);
  });
});

describe('a modem that is known', () => {
  const memory = { identity: IDENTITY, eidVia: 'vendor', vendor: 'quectel' } as const;

  it('is recognised by its IMEI and firmware', async () => {
    const at = bench(GOOD);
    const result = await at.run(identify(at.dialogue, { clock: at.clock, memory }));
    expect(result.ok && result.value.memory).toEqual(memory);
    expect(at.sent).toEqual(['ATE0', 'AT+CMEE=1', 'AT+CGSN', 'AT+CGMR', 'AT+CPIN?']);
  });

  it('keeps what was learnt when its firmware has changed', async () => {
    const at = bench({ ...GOOD, 'AT+CGMR': answer('R2', 'OK') });
    const result = await at.run(identify(at.dialogue, { clock: at.clock, memory }));
    const identity = { ...IDENTITY, revision: 'R2' };
    expect(result.ok && result.value.memory).toEqual({ identity, eidVia: 'vendor', vendor: 'quectel' });
  });

  it('is forgotten when another one is there', async () => {
    const at = bench({ ...GOOD, 'AT+CGSN': answer('356938035643809', 'OK') });
    const result = await at.run(identify(at.dialogue, { clock: at.clock, memory }));
    expect(result.ok && [result.value.identity.imei, result.value.memory.eidVia]).toEqual([
      '356938035643809',
      null,
    ]);
  });
});

describe('what is not well', () => {
  it('a silent port is no AT port', async () => {
    const at = bench(() => null);
    expect(codeOf(await at.run(identify(at.dialogue, { clock: at.clock })))).toBe('modem.noAnswer');
    expect(at.clock.monotonic() - 1_000).toBeLessThan(12_000);
  });

  it('a modem that takes five seconds for every command is waited for', async () => {
    const at = bench((command) => {
      const reply = GOOD[command];
      return typeof reply === 'string' ? { text: reply, afterMs: 5_500 } : answer('ERROR');
    });
    const result = await at.run(identify(at.dialogue, { clock: at.clock }));
    expect(result.ok && result.value.identity).toEqual(IDENTITY);
    expect(at.sent).toEqual(['ATE0', 'AT+CMEE=1', 'AT+CGMI', 'AT+CGMM', 'AT+CGMR', 'AT+CGSN', 'AT+CPIN?']);
  });

  it('a port that sends positions is no AT port', async () => {
    const at = bench(() => '$GPRMC,092750.000,A,5321.6802,N*43\r\n');
    expect(codeOf(await at.run(probeAt(at.dialogue)))).toBe('modem.noAnswer');
  });

  it('a port that only echoes never answers', async () => {
    const at = bench(() => null, { echo: true });
    expect(codeOf(await at.run(probeAt(at.dialogue)))).toBe('modem.timeout');
  });

  it('the first command may get lost while the modem finds the speed', async () => {
    const at = bench((command, times) => (command === 'ATE0' && times === 0 ? null : GOOD[command]));
    const result = await at.run(identify(at.dialogue, { clock: at.clock }));
    expect(result.ok && result.value.identity).toEqual(IDENTITY);
  });

  it('one question may stay unanswered', async () => {
    const { result } = await identified({ 'AT+CGMR': null, 'AT+GMR': answer('R9', 'OK') });
    expect(result.ok && result.value.identity).toEqual({ ...IDENTITY, revision: 'R9' });
  });

  it('a modem that dies in between is told', async () => {
    const at = bench((command) => (/ATE0|CMEE=1|CGMI/.test(command) ? GOOD[command] : null));
    expect(codeOf(await at.run(identify(at.dialogue, { clock: at.clock })))).toMatch(
      /^modem\.(noAnswer|timeout)$/,
    );
  });

  it.each<[string, string]>([
    ['OK', answer('OK')],
    ['a line and OK', answer('+CGLA: 4,"6A82"', 'OK')],
    ['a bare line and OK', answer('Acme', 'OK')],
    ['ERROR', answer('ERROR')],
  ])('%s that another program left to be answered is not taken for ours', async (_, left) => {
    const at = bench({ ...GOOD, 'AT+OLD': { text: left, afterMs: 300 } }, {}, 'AT+OLD');
    const result = await at.run(identify(at.dialogue, { clock: at.clock }));
    expect(result.ok && result.value.identity).toEqual(IDENTITY);
    expect(result.ok && result.value.simState).toBe('READY');
  });

  it('an abort ends it', async () => {
    const at = bench({ ...GOOD, 'AT+CGMM': null });
    const abort = new AbortController();
    const work = identify(at.dialogue, { clock: at.clock, signal: abort.signal });
    await at.clock.advance(100);
    abort.abort();
    expect(codeOf(await at.run(work))).toBe('cancelled');
  });

  it('a port that goes away ends it', async () => {
    const at = bench({ ...GOOD, 'AT+CGMM': null });
    const work = identify(at.dialogue, { clock: at.clock });
    await at.clock.advance(100);
    at.vanish();
    expect(codeOf(await at.run(work))).toBe('port.vanished');
  });
});
