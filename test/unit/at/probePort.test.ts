import { describe, expect, it } from 'vitest';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { PROBE_LIMIT_MS, type ProbeOptions, probePort } from '../../../main/at/probePort.ts';
import { speedsToTry } from '../../../main/serial/speeds.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { answer, type ScriptedLinkOptions, scriptedLink } from '../support/scriptedLink.ts';

const UART = speedsToTry(true);
const GPS = '$GPGGA,092750.000,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,*76\r\n';
const DIAG = Uint8Array.of(0x7e, 0x10, 0x00, 0xa4, 0x90, 0x81, 0x7e);
const slow = (text: string, afterMs: number) => ({ text, afterMs });

function port(options: Partial<ScriptedLinkOptions>) {
  const clock = createFakeClock();
  return { clock, ...scriptedLink({ clock, script: () => null, ...options }) };
}

/** Probes until done; gives how long that took, too. */
async function probed(at: ReturnType<typeof port>, options: Partial<ProbeOptions> = {}) {
  const before = at.clock.monotonic();
  let after: number | null = null;
  const work = probePort(at.link, { clock: at.clock, ...options }).then((result) => {
    after = at.clock.monotonic();
    return result;
  });
  for (let turn = 0; turn < 500 && after === null; turn += 1) await at.clock.advance(at.clock.nextIn ?? 0);
  return { result: await work, elapsedMs: (after ?? Number.NaN) - before };
}

describe('speeds worth trying', () => {
  it('are one where the speed does not matter', () => {
    expect(speedsToTry(false)).toEqual([115200]);
    expect(speedsToTry(false, 9600)).toEqual([9600]);
  });

  it('are each of the usual ones once, the given one first', () => {
    const speeds = speedsToTry(true, 38400);
    expect(speeds.slice(0, 3)).toEqual([38400, 115200, 9600]);
    expect(new Set(speeds).size).toBe(speeds.length);
    expect(speeds.length).toBe(8);
  });
});

describe('probing a port', () => {
  it.each<[string, ScriptedLinkOptions['script'], boolean]>([
    ['at once', { AT: answer('OK') }, false],
    ['with ERROR', { AT: answer('ERROR') }, false],
    ['with an echo and a line before', { AT: 'AT\r\r\n+CREG: 1\r\n\r\nOK\r\n' }, false],
    ['a second late', { AT: slow(answer('OK'), 1_000) }, false],
    ['only the second time', (command, times) => (command === 'AT' && times > 0 ? answer('OK') : null), true],
    ['after it was asked again', (_, times) => (times === 0 ? slow(answer('OK'), 1_400) : null), true],
  ])('a modem that answers %s is AT', async (_, script, answersOwed) => {
    const { result } = await probed(port({ script }));
    expect(result).toEqual({ ok: true, value: { kind: 'at', baudRate: 115200, answersOwed } });
  });

  it.each(UART)('a modem at %i is found at its speed', async (baudRate) => {
    const at = port({ script: { AT: slow(answer('OK'), 50) }, baudRate });
    const { result, elapsedMs } = await probed(at, { speeds: UART });
    expect(result.ok && result.value).toMatchObject({ kind: 'at', baudRate });
    expect(at.link.baudRate).toBe(baudRate);
    expect(elapsedMs).toBeLessThanOrEqual(PROBE_LIMIT_MS);
  });

  it.each<[string, readonly number[]]>([
    ['on USB', [115200]],
    ['on a UART', UART],
  ])('a silent port %s costs two seconds at most', async (_, speeds) => {
    const at = port({});
    const { result, elapsedMs } = await probed(at, { speeds });
    expect(result).toEqual({ ok: true, value: { kind: 'silent' } });
    expect(elapsedMs).toBeLessThanOrEqual(PROBE_LIMIT_MS);
    expect(new Set(at.sent)).toEqual(new Set(['AT']));
  });

  it('a port that takes no bytes costs two seconds, too', async () => {
    const at = port({});
    at.breakWrites('hang');
    const { result, elapsedMs } = await probed(at, { speeds: UART });
    expect(result).toEqual({ ok: true, value: { kind: 'silent' } });
    expect(elapsedMs).toBeLessThanOrEqual(PROBE_LIMIT_MS);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['positions', GPS, 'nmea'],
    ['what is no text', DIAG, 'data'],
  ])('a port that talks %s is never written to', async (_, said, kind) => {
    const at = port({ script: { AT: answer('OK') } });
    at.clock.after(100, () => at.say(said));
    const { result } = await probed(at, { speeds: UART });
    expect(result).toEqual({ ok: true, value: { kind } });
    expect(at.sent).toEqual([]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['positions', GPS, 'nmea'],
    ['what is no text', DIAG, 'data'],
  ])('a port that talks %s once it was asked is asked once', async (_, said, kind) => {
    const at = port({});
    at.clock.after(300, () => at.say(said));
    const { result } = await probed(at);
    expect(result).toEqual({ ok: true, value: { kind } });
    expect(at.sent).toEqual(['AT']);
  });

  it('a byte or two of noise while a UART is opened make no data of it', async () => {
    const at = port({ script: { AT: answer('OK') } });
    at.clock.after(1, () => at.say(Uint8Array.of(0xff, 0x00)));
    const { result } = await probed(at, { speeds: UART });
    expect(result.ok && result.value.kind).toBe('at');
  });

  it('a final result that was there before is no answer', async () => {
    const at = port({});
    at.clock.after(50, () => at.say(answer('OK')));
    const { result } = await probed(at);
    expect(result).toEqual({ ok: true, value: { kind: 'silent' } });
  });

  it('a port that vanishes is a fault', async () => {
    const at = port({});
    at.clock.after(500, () => at.vanish());
    const { result } = await probed(at);
    expect(result.ok ? null : result.fault.code).toBe('port.vanished');
  });

  it.each([0, 100, 700])('is broken off after %i ms', async (afterMs) => {
    const at = port({});
    const abort = new AbortController();
    if (afterMs === 0) abort.abort();
    else at.clock.after(afterMs, () => abort.abort());
    const { result, elapsedMs } = await probed(at, { signal: abort.signal });
    expect(result.ok ? null : result.fault.code).toBe('cancelled');
    expect(elapsedMs).toBe(afterMs);
    expect(at.clock.pending).toBe(0);
  });

  it('an answer that comes late is not taken for the next command’s', async () => {
    // Two AT were sent when the first is answered; the second is worked on still.
    const at = port({
      script: (command, times) =>
        command === 'AT'
          ? slow(answer('OK'), times === 0 ? 1_400 : 600)
          : command === 'AT+CMEE?'
            ? slow(answer('+CMEE: 1', 'OK'), 20)
            : slow(answer('Quectel', 'OK'), 1_000),
    });
    const { result } = await probed(at);
    if (!result.ok || result.value.kind !== 'at') throw new Error('not found');
    const dialogue = openAtDialogue(at.link, { clock: at.clock });
    expect(result.value.answersOwed).toBe(true);
    dialogue.doubt();
    const sending = dialogue.send('AT+CGMI');
    await at.clock.advance(20_000);
    const told = await sending;
    expect(told.ok && told.value.lines).toEqual(['Quectel']);
  });
});
