import { describe, expect, it } from 'vitest';
import { typed } from '../../../../main/demo/modem/atPort.ts';
import type { AnswerFault, StreamFault } from '../../../../main/demo/modem/faults.ts';
import { terminal } from './terminal.ts';

/** Without harm: `\r\n+CMEE: 0\r\n\r\nOK\r\n`, 20 bytes. */
const COMMAND = 'AT+CMEE?';
const UNHARMED = '\r\n+CMEE: 0\r\n\r\nOK\r\n';

describe('a fault in an answer', () => {
  it.each<[string, AnswerFault['what'], string]>([
    ['drops bytes', { kind: 'drop', from: 2, count: 6 }, '\r\n 0\r\n\r\nOK\r\n'],
    [
      'garbles bytes',
      { kind: 'garble', from: 2, count: 2, xor: 0x80 },
      '\r\n\u00ab\u00c3MEE: 0\r\n\r\nOK\r\n',
    ],
    [
      'puts a line into the middle',
      { kind: 'line', text: 'RING', at: 4 },
      '\r\n+C\r\nRING\r\nMEE: 0\r\n\r\nOK\r\n',
    ],
    ['stops', { kind: 'stop', after: 5 }, '\r\n+CM'],
    ['unplugs', { kind: 'unplug', after: 7 }, '\r\n+CMEE'],
    ['says nothing', { kind: 'silent' }, ''],
    ['refuses', { kind: 'error', cme: null }, '\r\nERROR\r\n'],
    ['refuses with a number', { kind: 'error', cme: 14 }, '\r\nERROR\r\n'],
  ])('%s', (_what, what, text) => {
    const { modem, send } = terminal({ echo: 'never' });
    modem.harmAnswers({ what });
    expect(send(COMMAND)).toBe(text);
  });

  it('happens once, to the commands that it is for, after those it lets pass', () => {
    const { modem, send } = terminal({ echo: 'never' });
    modem.harmAnswers({ command: 'at+cmee', skip: 1, what: { kind: 'silent' } });
    expect(send('AT')).toBe('\r\nOK\r\n');
    expect(send(COMMAND)).toBe(UNHARMED);
    expect(send(COMMAND)).toBe('');
    expect(send(COMMAND)).toBe(UNHARMED);
  });

  it('happens to all where it has no end, until it is taken back', () => {
    const { modem, send } = terminal({ echo: 'never' });
    modem.harmAnswers({ times: null, what: { kind: 'silent' } });
    for (let time = 0; time < 3; time += 1) expect(send(COMMAND)).toBe('');
    modem.clearFaults();
    expect(send(COMMAND)).toBe(UNHARMED);
  });

  it('comes late', async () => {
    const { modem, send, clock, heard } = terminal({ echo: 'never' });
    modem.harmAnswers({ what: { kind: 'late', ms: 9_000 } });
    expect(send(COMMAND)).toBe('');
    await clock.advance(8_999);
    expect(heard()).toBe('');
    await clock.advance(1);
    expect(heard()).toBe(UNHARMED);
  });

  it('that stopped it lasts until a reset', () => {
    const { modem, send } = terminal({ echo: 'never' });
    modem.harmAnswers({ what: { kind: 'stop', after: 0 } });
    expect(send(COMMAND)).toBe('');
    expect(send(COMMAND)).toBe('');
    modem.reset();
    expect(send(COMMAND)).toBe(UNHARMED);
  });

  it('carries the command out though it is silent', () => {
    const { modem, send } = terminal({ echo: 'never' });
    modem.harmAnswers({ what: { kind: 'silent' } });
    expect(send('AT+CMEE=2')).toBe('');
    expect(send(COMMAND)).toBe('\r\n+CMEE: 2\r\n\r\nOK\r\n');
  });
});

describe('a fault in the stream', () => {
  it.each<[string, StreamFault, string]>([
    ['stops what it says', { direction: 'out', at: 6, what: { kind: 'stop' } }, '\r\n+CME'],
    [
      'drops what it says',
      { direction: 'out', at: 0, what: { kind: 'drop', count: 3 } },
      'CMEE: 0\r\n\r\nOK\r\n',
    ],
    [
      'garbles what it says',
      { direction: 'out', at: 2, what: { kind: 'garble', count: 1, xor: 0x01 } },
      '\r\n*CMEE: 0\r\n\r\nOK\r\n',
    ],
    [
      'puts something in',
      { direction: 'out', at: 2, what: { kind: 'insert', text: '\u0000\u0000' } },
      '\r\n\u0000\u0000+CMEE: 0\r\n\r\nOK\r\n',
    ],
    ['drops what it is sent', { direction: 'in', at: 3, what: { kind: 'drop', count: 1 } }, '\r\nERROR\r\n'],
    ['stops what it is sent', { direction: 'in', at: 3, what: { kind: 'stop' } }, ''],
  ])('%s', (_what, fault, text) => {
    const { modem, send } = terminal({ echo: 'never' });
    modem.harmStream(fault);
    expect(send(COMMAND)).toBe(text);
  });

  it.each(Array.from({ length: UNHARMED.length + 1 }, (_, at) => at))(
    'unplugs at byte %i of what it says',
    (at) => {
      const { modem, send } = terminal({ echo: 'never' });
      modem.harmStream({ direction: 'out', at, what: { kind: 'unplug' } });
      expect(send(COMMAND)).toBe(UNHARMED.slice(0, at));
      expect(modem.present).toBe(at === UNHARMED.length);
    },
  );

  it.each(Array.from({ length: COMMAND.length + 1 }, (_, at) => at))(
    'unplugs at byte %i of what it is sent',
    (at) => {
      const { modem, send } = terminal({ echo: 'never' });
      modem.harmStream({ direction: 'in', at, what: { kind: 'unplug' } });
      expect(send(COMMAND)).toBe('');
      expect(modem.present).toBe(false);
    },
  );
});

describe('a modem that is unplugged', () => {
  it('says so, is deaf and dumb, and starts cold when it is plugged in again', () => {
    const { modem, send, heard } = terminal();
    const seen: boolean[] = [];
    modem.onPresence((present) => seen.push(present));
    send('ATE0');
    modem.unplug();
    modem.unplug();
    expect(send('AT')).toBe('');
    modem.say('RING');
    expect(heard()).toBe('');
    modem.plugIn();
    expect(seen).toEqual([false, true]);
    expect(send('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('never sends the answer that was under way', async () => {
    const { modem, clock, heard } = terminal({
      latency: { command: 100, sim: 0, channel: 0, apdu: 0 },
      echo: 'never',
    });
    modem.write(typed(COMMAND));
    await clock.advance(50);
    modem.unplug();
    modem.plugIn();
    await clock.advance(1_000);
    expect(heard()).toBe('');
  });
});
