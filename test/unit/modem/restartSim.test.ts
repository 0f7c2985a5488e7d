import { describe, expect, it } from 'vitest';
import type { Identified } from '../../../main/modem/modem.ts';
import { readSlots } from '../../../main/modem/readSlots.ts';
import { refreshSim } from '../../../main/modem/refreshSim.ts';
import { switchSlot } from '../../../main/modem/switchSlot.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { bench, codeOf, IDENTIFIED } from './talkTo.ts';

const OK = answer('OK');
const ERROR = answer('ERROR');
const OLD = '89494026000021436587';
const NEW = '89000123456789012341';
const READY: Reply = answer('+CPIN: READY', 'OK');
const of = (manufacturer: string): Identified => ({
  ...IDENTIFIED,
  identity: { ...IDENTIFIED.identity, manufacturer, model: null },
});

/** A modem that shows the new ICCID once one of these commands was sent. */
function modem(
  options: { follows?: string | null; takes?: readonly string[]; cpin?: (times: number) => Reply } = {},
) {
  const {
    follows = 'AT+CFUN=1',
    takes = ['AT+CFUN=0', 'AT+CFUN=4', 'AT+CFUN=1'],
    cpin = () => READY,
  } = options;
  let iccid = follows === null ? NEW : OLD;
  let looks = 0;
  return (command: string): Reply => {
    if (command === 'AT+CPIN?') return cpin(looks++);
    if (command === 'AT+CCID') return answer(`+CCID: ${iccid}`, 'OK');
    if (command === follows && takes.includes(command)) iccid = NEW;
    return takes.includes(command) ? OK : ERROR;
  };
}

async function refreshed(
  script: Parameters<typeof bench>[0],
  { iccid, identified = of('Acme') }: { iccid?: string | null; identified?: Identified } = {},
) {
  const at = bench(script);
  const options = { clock: at.clock, ...(iccid === undefined ? {} : { iccid }) };
  const result = await at.run(refreshSim(at.dialogue, identified, options));
  return { ...at, result, cfuns: at.sent.filter((command) => /CFUN|RESET|REBOOT/.test(command)).join(' ') };
}

const shown = (result: Awaited<ReturnType<typeof refreshed>>['result']) =>
  result.ok ? result.value : result.fault.code;

describe('starting the SIM anew', () => {
  it.each<[string, Parameters<typeof modem>[0], string | null | undefined, string, string]>([
    ['is not needed where the modem follows the card', { follows: null }, NEW, 'ready', ''],
    ['switches off and on', {}, NEW, 'ready', 'AT+CFUN=0 AT+CFUN=1'],
    ['switches off and on without looking', { follows: null }, undefined, 'ready', 'AT+CFUN=0 AT+CFUN=1'],
    [
      'takes the radio where off is refused',
      { takes: ['AT+CFUN=4', 'AT+CFUN=1'] },
      NEW,
      'ready',
      'AT+CFUN=0 AT+CFUN=4 AT+CFUN=1',
    ],
    [
      'restarts the modem where nothing else brings the profile',
      { follows: 'never', takes: ['AT+CFUN=0', 'AT+CFUN=4', 'AT+CFUN=1', 'AT+CFUN=1,1'] },
      NEW,
      'restarting',
      'AT+CFUN=0 AT+CFUN=1 AT+CFUN=4 AT+CFUN=1 AT+CFUN=1,1',
    ],
    [
      'says that it came back though it shows another',
      { follows: 'never' },
      NEW,
      'ready',
      'AT+CFUN=0 AT+CFUN=1 AT+CFUN=4 AT+CFUN=1 AT+CFUN=1,1',
    ],
    ['is refused', { takes: [] }, NEW, 'modem.refused', 'AT+CFUN=0 AT+CFUN=4 AT+CFUN=1,1'],
  ])('%s', async (_, how, iccid, outcome, cfuns) => {
    const result = await refreshed(modem(how), iccid === undefined ? {} : { iccid });
    expect([shown(result.result), result.cfuns]).toEqual([outcome, cfuns]);
  });

  it.each<[string, string]>([
    ['Telit', 'AT+CFUN=4 AT+CFUN=1'],
    ['Cinterion', 'AT+CFUN=4 AT+CFUN=1'],
    ['Quectel', 'AT+CFUN=0 AT+CFUN=1'],
    ['Nordic Semiconductor', 'AT+CFUN=0 AT+CFUN=1'],
  ])('of %s begins with %s', async (manufacturer, cfuns) => {
    const result = await refreshed(modem({ follows: null }), { identified: of(manufacturer) });
    expect(result.cfuns).toBe(cfuns);
  });

  it.each<[string, string]>([
    ['Telit', 'AT#REBOOT'],
    ['u-blox', 'AT+CFUN=15'],
    ['Fibocom', 'AT+CFUN=15'],
    ['SIMCom', 'AT+CRESET'],
    ['Sierra Wireless', 'AT!RESET'],
    ['huawei', 'AT^RESET'],
    ['Sequans', 'AT^RESET'],
    ['Acme', 'AT+CFUN=1,1'],
  ])('of %s may restart it by %s', async (manufacturer, command) => {
    const { result, sent } = await refreshed(modem({ takes: [command] }), { identified: of(manufacturer) });
    expect(shown(result)).toBe('restarting');
    expect(sent.at(-1)).toBe(command);
  });

  it('knows that no ICCID is right, too', async () => {
    const script = (command: string): Reply =>
      command === 'AT+CPIN?' ? answer('+CPIN: EMPTY_EUICC', 'OK') : answer('+CME ERROR: 10');
    const result = await refreshed(script, { iccid: null });
    expect([shown(result.result), result.cfuns]).toEqual(['ready', '']);
  });

  it('waits for a SIM that takes its time', async () => {
    const cpin = (times: number): Reply =>
      times < 8 ? (times % 2 === 0 ? answer('+CME ERROR: 14') : answer('+CPIN: NOT READY', 'OK')) : READY;
    const { result, clock } = await refreshed(modem({ follows: null, cpin }));
    expect(shown(result)).toBe('ready');
    expect(clock.monotonic() - 1_000).toBeGreaterThan(7_000);
  });

  it('believes a missing SIM after a while: an eUICC without a profile may look like one', async () => {
    const { result } = await refreshed(modem({ follows: null, cpin: () => answer('+CME ERROR: 10') }));
    expect(shown(result)).toBe('ready');
  });

  it('gives up on a SIM that stays busy', async () => {
    const { result, clock } = await refreshed(modem({ follows: null, cpin: () => answer('+CME ERROR: 14') }));
    expect(shown(result)).toBe('sim.notReady');
    expect(clock.monotonic() - 1_000).toBeLessThan(70_000);
  });

  it('is restarting where the port goes', async () => {
    const at = bench((command) => (command === 'AT+CFUN=0' ? null : OK));
    at.clock.after(2_000, () => at.vanish());
    expect(await at.run(refreshSim(at.dialogue, of('Acme'), { clock: at.clock }))).toEqual({
      ok: true,
      value: 'restarting',
    });
  });

  it('switches on again what it has switched off, also where it is cancelled', async () => {
    const abort = new AbortController();
    const at = bench(modem({ follows: null }));
    const script = refreshSim(at.dialogue, of('Acme'), { clock: at.clock, signal: abort.signal });
    while (!at.sent.includes('AT+CFUN=0')) await at.clock.settle();
    abort.abort();
    expect(codeOf(await at.run(script))).toBe('cancelled');
    expect(at.sent).toContain('AT+CFUN=1');
  });

  it('switches on again though switching off was not answered', async () => {
    const at = bench((command) => (command === 'AT+CFUN=0' ? null : command === 'AT+CPIN?' ? READY : OK));
    expect(await at.run(refreshSim(at.dialogue, of('Acme'), { clock: at.clock }))).toMatchObject({
      value: 'ready',
    });
    expect(at.sent).toContain('AT+CFUN=1');
  });
});

describe('slots', () => {
  it.each<[string, Record<string, Reply>, unknown]>([
    [
      'Quectel',
      { 'AT+QUIMSLOT?': answer('+QUIMSLOT: 2', 'OK') },
      { active: 2, count: 2, labels: ['SIM1', 'SIM2'] },
    ],
    ['Quectel', {}, null],
    [
      'Dell',
      { 'AT^SWITCH_SLOT?': answer('SIM1 ENABLE', 'OK') },
      { active: 1, count: 2, labels: ['SIM1', 'SIM2'] },
    ],
    ['Fibocom', { 'AT+GTDUALSIM?': null }, null],
    ['Acme', {}, null],
  ])('of %s are read', async (manufacturer, script, expected) => {
    const at = bench(script);
    const result = await at.run(readSlots(at.dialogue, of(manufacturer), { clock: at.clock }));
    expect(result).toEqual({ ok: true, value: expected });
  });

  it.each<[string, number, Record<string, Reply>, string]>([
    ['Quectel', 2, { 'AT+QUIMSLOT=2': OK, 'AT+CPIN?': READY }, 'ready'],
    ['Quectel', 1, { 'AT+QUIMSLOT=1': ERROR }, 'modem.refused'],
    ['Quectel', 3, {}, 'slot.unknown'],
    ['Quectel', 0, {}, 'slot.unknown'],
    ['Acme', 1, {}, 'slot.unknown'],
    ['Fibocom', 1, { 'AT+GTDUALSIM=0': OK, 'AT+CPIN?': answer('+CPIN: SIM PIN', 'OK') }, 'ready'],
  ])('of %s: to %i', async (manufacturer, slot, script, outcome) => {
    const at = bench(script);
    const result = await at.run(switchSlot(at.dialogue, of(manufacturer), slot, { clock: at.clock }));
    expect(result.ok ? result.value : result.fault.code).toBe(outcome);
    if (outcome === 'slot.unknown') expect(at.sent).toEqual([]);
  });

  it('are switched by a modem that restarts', async () => {
    const at = bench({ 'AT+QUIMSLOT=2': OK, 'AT+CPIN?': READY });
    at.clock.after(2_000, () => at.vanish());
    const result = await at.run(switchSlot(at.dialogue, of('Quectel'), 2, { clock: at.clock }));
    expect(result).toEqual({ ok: true, value: 'restarting' });
  });
});
