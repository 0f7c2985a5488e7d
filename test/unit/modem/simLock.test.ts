import { describe, expect, it } from 'vitest';
import type { Identified } from '../../../main/modem/modem.ts';
import { readSimLock } from '../../../main/modem/readSimLock.ts';
import { unlockSim } from '../../../main/modem/unlockSim.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { bench, codeOf, IDENTIFIED } from './talkTo.ts';

const PIN = '2468';
const PUK = '87654321';
const OK = answer('OK');
const ERROR = answer('ERROR');
const of = (manufacturer: string): Identified => ({
  ...IDENTIFIED,
  identity: { ...IDENTIFIED.identity, manufacturer, model: null },
});
const ANY = of('Acme');

async function lockOf(script: Record<string, Reply>, identified = ANY) {
  const at = bench(script);
  const result = await at.run(readSimLock(at.dialogue, identified, { clock: at.clock }));
  return { ...at, result };
}

describe('reading what the SIM asks for', () => {
  it.each(['READY', 'SIM PIN2', 'SIM PUK2', 'EMPTY_EUICC', 'PH-NET PIN'])('%s: nothing', async (state) => {
    const { result, sent } = await lockOf({ 'AT+CPIN?': answer(`+CPIN: ${state}`, 'OK') });
    expect(result).toEqual({ ok: true, value: null });
    expect(sent).toEqual(['AT+CPIN?']);
  });

  it.each<[string, string, Record<string, Reply>, Identified, number | null, number | null]>([
    [
      'all keys in one answer',
      'SIM PIN',
      { 'AT+CPINR': answer('+CPINR: "SIM PIN",2,3', '+CPINR: "SIM PUK",10,10', 'OK') },
      ANY,
      2,
      10,
    ],
    [
      'keys one by one',
      'SIM PIN',
      {
        'AT+CPINR="SIM PIN"': answer('+CPINR: "SIM PIN",1', 'OK'),
        'AT+CPINR="SIM PUK"': answer('+CPINR: SIM PUK,9', 'OK'),
      },
      of('Nordic'),
      1,
      9,
    ],
    [
      'by the maker’s command',
      'SIM PUK',
      { 'AT+QPINC="SC"': answer('+QPINC: "SC",0,8', 'OK') },
      of('Quectel'),
      0,
      8,
    ],
    [
      'by the standard where the maker’s is refused',
      'SIM PIN',
      { 'AT+QPINC="SC"': ERROR, 'AT+CPINR': answer('+CPINR: "SIM PIN",3', 'OK') },
      of('Quectel'),
      3,
      null,
    ],
    ['by nothing', 'SIM PIN', {}, ANY, null, null],
  ])('tries left: %s', async (_, state, script, identified, pinTries, pukTries) => {
    const { result } = await lockOf({ 'AT+CPIN?': answer(`+CPIN: ${state}`, 'OK'), ...script }, identified);
    const asksFor = state === 'SIM PIN' ? 'pin' : 'puk';
    expect(result).toEqual({ ok: true, value: { asksFor, pinTries, pukTries } });
  });
});

/** A SIM that counts, behind a modem that answers as it is told to. */
function lockedSim(options: { tries?: number; pukTries?: number; refusal?: string; tells?: boolean } = {}) {
  let { tries = 3, pukTries = 10 } = options;
  const { refusal = '+CME ERROR: 16', tells = true } = options;
  let unlocked = false;
  return (command: string): Reply => {
    const asks = unlocked ? 'READY' : tries > 0 ? 'SIM PIN' : 'SIM PUK';
    if (command === 'AT+CPIN?') return answer(`+CPIN: ${asks}`, 'OK');
    if (command === 'AT+CPINR' && tells) {
      return answer(`+CPINR: "SIM PIN",${tries}`, `+CPINR: "SIM PUK",${pukTries}`, 'OK');
    }
    if (!command.startsWith('AT+CPIN=')) return ERROR;
    const right = tries > 0 ? command === `AT+CPIN="${PIN}"` : command === `AT+CPIN="${PUK}","${PIN}"`;
    if (right) {
      unlocked = true;
      return OK;
    }
    if (tries > 0) tries -= 1;
    else pukTries -= 1;
    return answer(
      tries === 0 && refusal.startsWith('+CME') && asks === 'SIM PIN' ? '+CME ERROR: 12' : refusal,
    );
  };
}

async function unlocked(
  script: Parameters<typeof bench>[0],
  key: Parameters<typeof unlockSim>[2],
  echo = false,
) {
  const at = bench(script, { echo });
  const result = await at.run(unlockSim(at.dialogue, ANY, key, { clock: at.clock }));
  return { ...at, result, keysSent: at.sent.filter((command) => command.startsWith('AT+CPIN=')) };
}

describe('unlocking the SIM', () => {
  it('sends the PIN once', async () => {
    const { result, keysSent } = await unlocked(lockedSim(), { pin: PIN });
    expect(result).toEqual({ ok: true, value: null });
    expect(keysSent).toEqual([`AT+CPIN="${PIN}"`]);
  });

  it('sends PUK and new PIN once', async () => {
    const { result, keysSent } = await unlocked(lockedSim({ tries: 0 }), { puk: PUK, newPin: PIN });
    expect(result).toEqual({ ok: true, value: null });
    expect(keysSent.length).toBe(1);
  });

  it.each<[string, Parameters<typeof lockedSim>[0], Parameters<typeof unlockSim>[2], string, string | null]>([
    ['a wrong PIN', {}, { pin: '0000' }, 'sim.pinWrong', '2 left'],
    ['a wrong PIN without a reason', { refusal: 'ERROR' }, { pin: '0000' }, 'sim.pinWrong', '2 left'],
    [
      'a wrong PIN in words',
      { refusal: '+CME ERROR: incorrect password' },
      { pin: '0000' },
      'sim.pinWrong',
      '2 left',
    ],
    ['a wrong PIN, without numbers', { tells: false }, { pin: '0000' }, 'sim.pinWrong', null],
    ['the last wrong PIN', { tries: 1 }, { pin: '0000' }, 'sim.puk', null],
    ['the last wrong PIN without a reason', { tries: 1, refusal: 'ERROR' }, { pin: '0000' }, 'sim.puk', null],
    ['a wrong PUK', { tries: 0 }, { puk: '11111111', newPin: PIN }, 'sim.pukWrong', '9 left'],
  ])('%s is sent once', async (_, sim, key, code, details) => {
    const { result, keysSent } = await unlocked(lockedSim(sim), key);
    expect(codeOf(result)).toBe(code);
    if (details !== null) expect(result.ok ? '' : result.fault.details).toContain(details);
    expect(keysSent.length).toBe(1);
  });

  it.each<[string, Reply, string]>([
    ['a SIM that is busy', answer('+CME ERROR: 14'), 'sim.busy'],
    ['a modem that does not answer', null, 'modem.noAnswer'],
    ['an answer that does not end', '\r\n+CPIN: wait\r\n', 'modem.timeout'],
  ])('%s is not asked twice', async (_, reply, code) => {
    const sim = lockedSim();
    const { result, keysSent } = await unlocked(
      (command) => (command.startsWith('AT+CPIN=') ? reply : sim(command)),
      { pin: PIN },
    );
    expect(codeOf(result)).toBe(code);
    expect(keysSent.length).toBe(1);
  });

  it('a command that is refused without being counted is not a wrong PIN', async () => {
    const sim = lockedSim();
    const { result } = await unlocked((command) => (command.startsWith('AT+CPIN=') ? ERROR : sim(command)), {
      pin: PIN,
    });
    expect(codeOf(result)).toBe('modem.refused');
  });

  it.each<[string, Parameters<typeof lockedSim>[0], Parameters<typeof unlockSim>[2], string]>([
    ['a PIN while the SIM asks for the PUK', { tries: 0 }, { pin: PIN }, 'sim.puk'],
    ['a PUK while the SIM asks for the PIN', {}, { puk: PUK, newPin: PIN }, 'sim.pin'],
    ['what is no PIN', {}, { pin: '12' }, 'internal'],
    ['what would be another command', {}, { pin: '1234"\rAT' }, 'internal'],
  ])('%s is not sent', async (_, sim, key, code) => {
    const { result, keysSent } = await unlocked(lockedSim(sim), key);
    expect(codeOf(result)).toBe(code);
    expect(keysSent).toEqual([]);
  });

  it('a SIM that asks for nothing is sent nothing', async () => {
    const { result, keysSent } = await unlocked({ 'AT+CPIN?': answer('+CPIN: READY', 'OK') }, { pin: PIN });
    expect([codeOf(result), keysSent.length]).toEqual(['ok', 0]);
  });

  it.each<[string, Parameters<typeof unlockSim>[2], number]>([
    ['PIN', { pin: PIN }, 3],
    ['PUK and new PIN', { puk: PUK, newPin: PIN }, 0],
  ])('%s are in no log, with the echo on', async (_, key, tries) => {
    const { log, result } = await unlocked(lockedSim({ tries }), key, true);
    const text = JSON.stringify([log, result]);
    expect(text).toContain('AT+CPIN=****');
    expect(text).not.toMatch(new RegExp(`${PIN}|${PUK}`));
  });
});
