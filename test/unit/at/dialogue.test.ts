import { describe, expect, it } from 'vitest';
import type { Result } from '../../../contract/result.ts';
import type { AtAnswer, AtSendOptions } from '../../../main/at/dialogue.ts';
import { type AtLogLine, openAtDialogue } from '../../../main/at/openDialogue.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { answer, type ScriptedLinkOptions, scriptedLink } from '../support/scriptedLink.ts';

function open(options: Omit<ScriptedLinkOptions, 'clock'>) {
  const clock = createFakeClock();
  const modem = scriptedLink({ clock, ...options });
  const log: AtLogLine[] = [];
  const dialogue = openAtDialogue(modem.link, { clock, log: (line) => log.push(line) });
  const unsolicited: string[] = [];
  dialogue.onUnsolicited((line) => unsolicited.push(line));
  /** Sends and lets time pass until there is a result. */
  async function send(command: string, sendOptions?: AtSendOptions): Promise<Result<AtAnswer>> {
    let result: Result<AtAnswer> | null = null;
    void dialogue.send(command, sendOptions).then((got) => {
      result = got;
    });
    for (let turn = 0; turn < 1_000 && result === null; turn += 1) await clock.advance(clock.nextIn ?? 0);
    if (result === null) throw new Error(`no result for ${command}`);
    return result;
  }
  return { clock, modem, dialogue, send, log, unsolicited };
}

const linesOf = (result: Result<AtAnswer>) => (result.ok ? result.value.lines : result.fault.code);
const codeOf = (result: Result<AtAnswer>) => (result.ok ? result.value.final.kind : result.fault.code);

describe('one command', () => {
  it('ends with a CR and gives the lines before the final result', async () => {
    const { send, modem } = open({ script: { 'AT+CGMI': answer('Quectel', 'OK') } });
    const result = await send('AT+CGMI');
    expect(result).toEqual({ ok: true, value: { lines: ['Quectel'], final: { kind: 'ok' }, elapsedMs: 0 } });
    expect(modem.sent).toEqual(['AT+CGMI']);
  });

  it('tells how long the modem took', async () => {
    const { send } = open({ script: { 'AT+CCHO="A0"': { text: answer('+CCHO: 1', 'OK'), afterMs: 700 } } });
    const result = await send('AT+CCHO="A0"');
    expect(result.ok && result.value.elapsedMs).toBe(700);
  });

  it.each([
    ['an echo', '', true],
    ['no echo', '', false],
    ['an unsolicited line between echo and answer', '\r\n+CREG: 2\r\n', true],
  ])('is read with %s', async (_, between, echo) => {
    const { send } = open({ echo, script: { 'AT+CGMM': `${between}${answer('EM05-G', 'OK')}` } });
    expect(linesOf(await send('AT+CGMM'))).toEqual(['EM05-G']);
  });

  it('gives a refusal as an answer', async () => {
    const { send } = open({ script: { 'AT+CPIN?': answer('+CME ERROR: 10') } });
    const result = await send('AT+CPIN?');
    expect(result.ok && result.value.final).toEqual({ kind: 'cme', code: 10, text: '10' });
  });

  it('hands unsolicited lines to the listeners, during a command and between two', async () => {
    const { send, modem, unsolicited } = open({
      script: { 'AT+CGMM': '\r\nRING\r\nEM05-G\r\n^RSSI: 7\r\nOK\r\n+ESIMS: 1,29\r\n' },
    });
    expect(linesOf(await send('AT+CGMM'))).toEqual(['EM05-G']);
    modem.say('\r\n+CREG: 1\r\n');
    expect(unsolicited).toEqual(['RING', '^RSSI: 7', '+ESIMS: 1,29', '+CREG: 1']);
  });

  it('answers a modem that asks for text without end now and then alone', async () => {
    const { send, modem, clock } = open({ script: { AT: '\r\n> ', '\x1b': '\r\n> \r\n> \r\n> ' } });
    const sent = send('AT', { timeoutMs: 1_000 });
    await clock.advance(1_000);
    expect((await sent).ok).toBe(false);
    const escapes = modem.sent.filter((command) => command === '\x1b').length;
    expect(escapes).toBeGreaterThan(0);
    expect(escapes).toBeLessThanOrEqual(11);
  });

  it('leaves a prompt it did not ask for, and ends with what the modem says then', async () => {
    const { send, modem } = open({ script: { 'AT+CMGS=1': '\r\n> ', '\x1b': answer('OK') } });
    expect(codeOf(await send('AT+CMGS=1'))).toBe('ok');
    expect(modem.sent).toEqual(['AT+CMGS=1', '\x1b']);
  });

  it('takes NO CARRIER as a stray line where the answer follows', async () => {
    const { send, unsolicited } = open({ script: { 'AT+CGMM': '\r\nNO CARRIER\r\nEM05-G\r\nOK\r\n' } });
    expect(linesOf(await send('AT+CGMM'))).toEqual(['EM05-G']);
    expect(unsolicited).toEqual(['NO CARRIER']);
  });

  it('takes NO CARRIER as the final result where nothing else comes', async () => {
    const { send } = open({ script: { 'AT+CGMM': answer('NO CARRIER') } });
    const result = await send('AT+CGMM');
    expect(result.ok && result.value.final).toEqual({ kind: 'other', text: 'NO CARRIER' });
  });

  it.each(['AT\rAT+CPIN=1234', 'AT\n', '', 'AT+CGMI\0', 'ATÄ'])(
    'is refused where it is not one line: %j',
    async (command) => {
      const { send, modem } = open({ script: {} });
      expect(codeOf(await send(command))).toBe('internal');
      expect(modem.sent).toEqual([]);
    },
  );
});

describe('the log', () => {
  it('has all that was sent and came, masked', async () => {
    const { send, log } = open({
      echo: true,
      script: { 'AT+CPIN="1234"': answer('OK'), 'AT+CGSN': '\r\n+CREG: 1\r\n867698040000001\r\n\r\nOK\r\n' },
    });
    await send('AT+CPIN="1234"');
    await send('AT+CGSN');
    expect(log).toEqual([
      { direction: 'sent', text: 'AT+CPIN=****' },
      { direction: 'received', text: 'AT+CPIN=****' },
      { direction: 'received', text: 'OK' },
      { direction: 'sent', text: 'AT+CGSN' },
      { direction: 'received', text: 'AT+CGSN' },
      { direction: 'unsolicited', text: '+CREG: 1' },
      { direction: 'received', text: '***********0001' },
      { direction: 'received', text: 'OK' },
    ]);
  });

  it('has the stand-in for a command that names one, in its echo too', async () => {
    const { send, log } = open({ echo: true, script: { 'AT+SECRET=abc': answer('OK') } });
    await send('AT+SECRET=abc', { logAs: 'AT+SECRET=…' });
    expect(JSON.stringify(log)).not.toContain('abc');
  });
});

describe('several commands', () => {
  it('go out one at a time, in order', async () => {
    const { dialogue, modem, clock } = open({
      script: (command) => ({ text: answer(command.slice(3), 'OK'), afterMs: 100 }),
    });
    const results = ['AT+A', 'AT+B', 'AT+C'].map((command) => dialogue.send(command));
    await clock.advance(50);
    expect(modem.sent).toEqual(['AT+A']);
    await clock.advance(100);
    expect(modem.sent).toEqual(['AT+A', 'AT+B']);
    await clock.advance(200);
    expect((await Promise.all(results)).map(linesOf)).toEqual([['A'], ['B'], ['C']]);
    expect(dialogue.commandsSent).toBe(3);
  });
});

describe('time limits', () => {
  it.each<[string, string, string]>([
    ['nothing came', '', 'modem.noAnswer'],
    ['only unsolicited lines came', '\r\n+CREG: 1\r\nRING\r\n', 'modem.noAnswer'],
    ['the port sends positions', '\r\n$GPRMC,092750.000,A,5321.6802,N*43\r\n', 'modem.noAnswer'],
    ['an answer began', '\r\n+CGLA: 46,"BF3E"\r\n', 'modem.timeout'],
    ['a line without end came', '\r\nOK', 'modem.noAnswer'],
  ])('when %s', async (_, text, code) => {
    const { send, clock } = open({ script: { 'AT+CGLA=1,22,"80"': text } });
    const before = clock.monotonic();
    expect(codeOf(await send('AT+CGLA=1,22,"80"', { timeoutMs: 2_000 }))).toBe(code);
    expect(clock.monotonic() - before).toBe(2_000);
  });

  it('hold where the write itself never ends', async () => {
    const { send, modem } = open({ script: {} });
    modem.breakWrites('hang');
    expect(codeOf(await send('AT', { timeoutMs: 500 }))).toBe('modem.noAnswer');
  });
});

describe('bounds', () => {
  it.each<[string, string]>([
    ['a line without end', 'x'.repeat(9_000)],
    ['lines without end', 'line\r\n'.repeat(300)],
    ['long lines without end', `${'x'.repeat(8_000)}\r\n`.repeat(9)],
  ])('%s is garbled', async (_, text) => {
    const { send } = open({
      script: (command) => (command === 'AT' ? answer('OK') : `\r\n${text}\r\nOK\r\n`),
    });
    expect(codeOf(await send('AT+CGMI'))).toBe('modem.garbled');
    expect(codeOf(await send('AT'))).toBe('ok');
  });
});

describe('cancelling', () => {
  it('takes a waiting command out of the queue, unsent', async () => {
    const { dialogue, modem, clock } = open({ script: { 'AT+A': { text: answer('OK'), afterMs: 100 } } });
    const abort = new AbortController();
    const first = dialogue.send('AT+A');
    const second = dialogue.send('AT+B', { signal: abort.signal });
    abort.abort();
    expect(codeOf(await second)).toBe('cancelled');
    await clock.advance(200);
    expect(codeOf(await first)).toBe('ok');
    expect(modem.sent).toEqual(['AT+A']);
  });

  it('ends the command under way at once', async () => {
    const { dialogue, clock } = open({ script: { 'AT+A': null } });
    const abort = new AbortController();
    const result = dialogue.send('AT+A', { signal: abort.signal });
    await clock.advance(10);
    abort.abort();
    expect(codeOf(await result)).toBe('cancelled');
  });

  it('sends nothing where it was cancelled before', async () => {
    const { send, modem } = open({ script: {} });
    expect(codeOf(await send('AT+A', { signal: AbortSignal.abort() }))).toBe('cancelled');
    expect(modem.sent).toEqual([]);
  });

  it('ends getting back into step too', async () => {
    const { dialogue, send, clock } = open({ script: () => null });
    await send('AT+A', { timeoutMs: 100 });
    const abort = new AbortController();
    const result = dialogue.send('AT+B', { signal: abort.signal });
    await clock.advance(500);
    abort.abort();
    expect(codeOf(await result)).toBe('cancelled');
  });
});

describe('the end of the port', () => {
  it('fails the running command, all that wait, and all that come later, with the reason', async () => {
    const { dialogue, modem } = open({ script: { 'AT+A': null } });
    const ends: unknown[] = [];
    dialogue.onClosed((reason) => ends.push(reason?.code));
    const results = [dialogue.send('AT+A'), dialogue.send('AT+B')];
    modem.vanish();
    expect((await Promise.all(results)).map(codeOf)).toEqual(['port.vanished', 'port.vanished']);
    expect(codeOf(await dialogue.send('AT'))).toBe('port.vanished');
    expect(dialogue.closed).toBe(true);
    expect(ends).toEqual(['port.vanished']);
  });

  it('is no fault where we closed it', async () => {
    const { dialogue } = open({ script: { 'AT+A': null } });
    const ends: unknown[] = [];
    const result = dialogue.send('AT+A');
    await dialogue.close();
    dialogue.onClosed((reason) => ends.push(reason));
    expect(codeOf(await result)).toBe('cancelled');
    expect(ends).toEqual([null]);
    await dialogue.close();
  });

  it('ends getting back into step', async () => {
    const { dialogue, send, modem, clock } = open({ script: () => null });
    await send('AT+A', { timeoutMs: 100 });
    const result = dialogue.send('AT+B');
    await clock.advance(300);
    modem.vanish();
    expect(codeOf(await result)).toBe('port.vanished');
  });

  it('shows in a failing write', async () => {
    const { send, modem } = open({ script: {} });
    modem.breakWrites('fail');
    expect(codeOf(await send('AT'))).toBe('port.failed');
  });
});
