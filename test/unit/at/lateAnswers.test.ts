import { describe, expect, it } from 'vitest';
import type { Result } from '../../../contract/result.ts';
import type { AtAnswer, AtDialogue, AtSendOptions } from '../../../main/at/dialogue.ts';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { fc } from '../support/dice.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { answer, type ScriptedLinkOptions, scriptedLink } from '../support/scriptedLink.ts';

function open(options: Omit<ScriptedLinkOptions, 'clock'>) {
  const clock = createFakeClock();
  const modem = scriptedLink({ clock, ...options });
  return { clock, modem, dialogue: openAtDialogue(modem.link, { clock }) };
}

async function settle<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let done: { readonly value: T } | null = null;
  void work.then((value) => {
    done = { value };
  });
  for (let turn = 0; turn < 2_000 && done === null; turn += 1) await clock.advance(clock.nextIn ?? 0);
  if (done === null) throw new Error('never settled');
  return (done as { readonly value: T }).value;
}

const send = (clock: FakeClock, dialogue: AtDialogue, command: string, options?: AtSendOptions) =>
  settle(clock, dialogue.send(command, options));
const shown = (result: Result<AtAnswer>) =>
  result.ok ? [...result.value.lines, result.value.final.kind].join(' ') : result.fault.code;

const slow = (text: string, afterMs: number) => ({ text, afterMs });

describe('after a time-out', () => {
  it('an answer that comes before the next command costs nothing', async () => {
    const { clock, modem, dialogue } = open({
      script: { 'AT+CGMI': slow(answer('Quectel', 'OK'), 6_000), 'AT+CGMM': answer('EM05-G', 'OK') },
    });
    expect(shown(await send(clock, dialogue, 'AT+CGMI'))).toBe('modem.noAnswer');
    await clock.advance(2_000);
    expect(shown(await send(clock, dialogue, 'AT+CGMM'))).toBe('EM05-G ok');
    expect(modem.sent).toEqual(['AT+CGMI', 'AT+CGMM']);
  });

  it.each<[string, NonNullable<ScriptedLinkOptions['whileBusy']>, number]>([
    ['soon, with commands queued', 'queue', 5_050],
    ['after a while, with commands queued', 'queue', 9_000],
    ['soon, with commands dropped', 'drop', 5_050],
    ['after a while, with commands dropped', 'drop', 9_000],
    ['soon, out of turn', 'parallel', 5_050],
    ['in the middle of the probing, out of turn', 'parallel', 5_400],
    ['while the next command runs, out of turn', 'parallel', 6_500],
  ])('an answer that comes %s is not taken for the next', async (_, whileBusy, afterMs) => {
    const { clock, dialogue } = open({
      whileBusy,
      script: (command) =>
        ({
          'AT+CGMI': slow(answer('Quectel', 'OK'), afterMs),
          'AT+CGMM': slow(answer('EM05-G', 'OK'), 100),
          AT: slow(answer('OK'), 10),
          'AT+CMEE?': slow(answer('+CMEE: 1', 'OK'), 10),
        })[command],
    });
    expect(shown(await send(clock, dialogue, 'AT+CGMI'))).toBe('modem.noAnswer');
    expect(shown(await send(clock, dialogue, 'AT+CGMM'))).toMatch(/^(EM05-G ok|modem\.garbled)$/);
    expect(shown(await send(clock, dialogue, 'AT+CGMM'))).toBe('EM05-G ok');
  });

  it('a modem that lost the command is back in step after a probe and a marker', async () => {
    const { clock, modem, dialogue } = open({
      script: {
        'AT+CGMI': null,
        AT: slow(answer('OK'), 10),
        'AT+CMEE?': slow(answer('+CMEE: 1', 'OK'), 10),
        'AT+CGMM': slow(answer('EM05-G', 'OK'), 10),
      },
    });
    await send(clock, dialogue, 'AT+CGMI');
    expect(shown(await send(clock, dialogue, 'AT+CGMM'))).toBe('EM05-G ok');
    expect(modem.sent).toEqual(['AT+CGMI', 'AT', 'AT+CMEE?', 'AT+CGMM']);
  });

  it.each<[string, string | null]>([
    ['refuses every marker', answer('ERROR')],
    ['is silent to what it does not know', null],
  ])('a modem that lost the command and %s gets back into step by quiet', async (_, toMarker) => {
    const { clock, dialogue } = open({
      script: (command) =>
        command === 'AT' || command === 'AT+CGMM'
          ? slow(command === 'AT' ? answer('OK') : answer('EM05-G', 'OK'), 10)
          : command === 'AT+CGMI'
            ? null
            : toMarker,
    });
    await send(clock, dialogue, 'AT+CGMI');
    expect(shown(await send(clock, dialogue, 'AT+CGMM'))).toBe('EM05-G ok');
  });

  it('a modem that stays silent fails the next command, within its own time, by a fault of its own', async () => {
    const { clock, dialogue } = open({ script: () => null });
    await send(clock, dialogue, 'AT+CGMI', { timeoutMs: 1_000 });
    const before = clock.monotonic();
    expect(shown(await send(clock, dialogue, 'AT+CGMM', { timeoutMs: 4_000 }))).toBe('modem.noAnswer');
    expect(clock.monotonic() - before).toBe(4_000);
  });

  it('a port full of positions does not hold up getting back into step', async () => {
    const { clock, modem, dialogue } = open({ script: { 'AT+CGMI': null, AT: answer('OK') } });
    let running = true;
    const flood = () => {
      if (!running) return;
      modem.say('$GPGGA,092750.000,5321.6802,N*76\r\n');
      clock.after(50, flood);
    };
    flood();
    await send(clock, dialogue, 'AT+CGMI', { timeoutMs: 1_000 });
    const result = await send(clock, dialogue, 'AT', { timeoutMs: 10_000 });
    running = false;
    expect(shown(result)).toBe('ok');
  });

  it('a port that says ERROR without end is given up', async () => {
    const { clock, modem, dialogue } = open({ script: () => null });
    await send(clock, dialogue, 'AT+CGMI', { timeoutMs: 1_000 });
    let running = true;
    const flood = () => {
      if (!running) return;
      modem.say(answer('ERROR'));
      clock.after(50, flood);
    };
    clock.after(1, flood);
    const result = await send(clock, dialogue, 'AT+CGMM', { timeoutMs: 1_000 });
    running = false;
    expect(result.ok && result.value.final.kind === 'ok').toBe(false);
  });

  it('unsolicited lines still reach the listeners', async () => {
    const { clock, modem, dialogue } = open({
      script: { 'AT+CGMI': null, AT: slow(answer('+CREG: 1', 'OK'), 10) },
    });
    const lines: string[] = [];
    dialogue.onUnsolicited((line) => lines.push(line));
    await send(clock, dialogue, 'AT+CGMI', { timeoutMs: 1_000 });
    modem.say('\r\n+CREG: 2\r\n');
    await send(clock, dialogue, 'AT');
    expect(lines.slice(0, 2)).toEqual(['+CREG: 2', '+CREG: 1']);
  });
});

describe('after a command was cancelled', () => {
  it('its answer is not taken for the next', async () => {
    const { clock, dialogue } = open({
      script: {
        'AT+CGMI': slow(answer('Quectel', 'OK'), 500),
        'AT+CGMM': answer('EM05-G', 'OK'),
        AT: answer('OK'),
      },
    });
    const abort = new AbortController();
    const first = dialogue.send('AT+CGMI', { signal: abort.signal });
    const second = dialogue.send('AT+CGMM');
    await clock.advance(100);
    abort.abort();
    expect(shown(await first)).toBe('cancelled');
    expect(shown(await settle(clock, second))).toBe('EM05-G ok');
  });
});

describe('an answer that makes no sense', () => {
  it('is put right by doubting: the answer that comes late is set aside', async () => {
    // The modem still owes an answer to a program that was killed.
    const { clock, modem, dialogue } = open({
      script: { 'AT+CGMI': slow(answer('Quectel', 'OK'), 50), AT: answer('OK') },
    });
    const first = dialogue.send('AT+CGMI');
    await clock.settle();
    modem.say(answer('OK'));
    expect(shown(await settle(clock, first))).toBe('ok');
    dialogue.doubt();
    expect(shown(await send(clock, dialogue, 'AT+CGMI'))).toBe('Quectel ok');
  });
});

/** Commands numbered from 1; each answer carries its number, in a line, a bare line or the final result alone. */
function numbered(command: string): { readonly number: number; readonly text: string } | null {
  const match = /^AT\+K([LBF])=(\d+)$/.exec(command);
  if (match === null) return null;
  const number = Number(match[2]);
  const text = {
    L: answer(`+KL: ${number}`, 'OK'),
    B: answer(`${number}`, 'OK'),
    F: answer(`+CME ERROR: ${number}`),
  }[match[1] ?? ''];
  return text === undefined ? null : { number, text };
}

function numberIn(got: AtAnswer): number {
  if (got.final.kind === 'cme') return got.final.code ?? -1;
  return Number(/\d+/.exec(got.lines.join(' '))?.[0] ?? -1);
}

const step = fc.record({
  form: fc.constantFrom('L', 'B', 'F'),
  latencyMs: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 15_000 })),
  lost: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  cancelAfterMs: fc.option(fc.integer({ min: 0, max: 3_000 }), { freq: 4 }),
  pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
});
const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });

function splitBy(sizes: readonly number[]) {
  return (bytes: Uint8Array): Uint8Array[] => {
    const chunks: Uint8Array[] = [];
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      chunks.push(bytes.subarray(at, at + size));
      at += size;
    }
    return chunks;
  };
}

describe('whatever is late, lost or cancelled', () => {
  it.each<[string, 'queue' | 'drop', boolean]>([
    ['queues commands and knows markers', 'queue', true],
    ['queues commands and knows no markers', 'queue', false],
    ['drops commands while busy and knows markers', 'drop', true],
    ['drops commands while busy and knows no markers', 'drop', false],
  ])('no answer is taken for another command of a modem that %s', async (_, whileBusy, knowsMarkers) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 6 }),
        cuts,
        fc.boolean(),
        async (steps, sizes, echo) => {
          const { clock, dialogue } = open({
            whileBusy,
            echo,
            split: splitBy(sizes),
            script: (command) => {
              if (command === 'AT') return slow(answer('OK'), 20);
              if (knowsMarkers && command === 'AT+CMEE?') return slow(answer('+CMEE: 1', 'OK'), 20);
              if (knowsMarkers && command === 'ATS3?') return slow(answer('013', 'OK'), 20);
              const own = numbered(command);
              const known = own === null ? undefined : steps[own.number - 1];
              if (own === null || known === undefined) return answer('ERROR');
              return known.lost ? null : slow(`\r\n+CREG: 1\r\n${own.text}`, known.latencyMs);
            },
          });
          for (const [index, { form, cancelAfterMs, pauseMs }] of steps.entries()) {
            const abort = new AbortController();
            const stop = cancelAfterMs === null ? () => {} : clock.after(cancelAfterMs, () => abort.abort());
            const result = await send(clock, dialogue, `AT+K${form}=${index + 1}`, {
              timeoutMs: 2_000,
              signal: abort.signal,
            });
            stop();
            if (result.ok) expect(numberIn(result.value)).toBe(index + 1);
            await clock.advance(pauseMs);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
