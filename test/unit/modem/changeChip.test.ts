import { describe, expect, it } from 'vitest';
import { changeChip } from '../../../main/modem/changeChip.ts';
import type { ChangeChip, ModemMemory } from '../../../main/modem/modem.ts';
import { answer, type Reply, type Script } from '../support/scriptedLink.ts';
import { CHIP, ICCID, REQUEST, steps } from './chipScript.ts';
import { apdu, BY_CSIM, bench, CCHO, cgla, EID_ANSWER, GET_EID, IDENTIFIED } from './talkTo.ts';

type Change = Parameters<ChangeChip>[2];
const ENABLE: Change = { kind: 'enable', iccid: ICCID };
const SENT = cgla('1', REQUEST.enable);

async function change(
  of: Change,
  script: Script,
  options: { memory?: Partial<ModemMemory>; abortMs?: number } = {},
) {
  const at = bench(
    (command, times) =>
      (typeof script === 'function' ? script(command, times) : script[command]) ?? CHIP[command],
  );
  const abort = new AbortController();
  if (options.abortMs !== undefined) at.clock.after(options.abortMs, () => abort.abort());
  const result = await at.run(
    changeChip(at.dialogue, IDENTIFIED, of, {
      clock: at.clock,
      signal: abort.signal,
      memory: { ...IDENTIFIED.memory, eidVia: 'cgla', ...options.memory },
    }),
  );
  const shown = result.ok ? result.value : `${result.fault.code}: ${result.fault.details}`;
  return { ...at, result, shown, steps: steps(at.sent) };
}

describe('every change', () => {
  it.each<[Change, keyof typeof REQUEST, string, string]>([
    [ENABLE, 'enable', 'BF31', 'refreshSim'],
    [{ kind: 'disable', iccid: ICCID }, 'disable', 'BF32', 'refreshSim'],
    [{ kind: 'delete', iccid: ICCID }, 'delete', 'BF33', 'nothing'],
    [{ kind: 'nickname', iccid: ICCID, nickname: 'AB' }, 'nickname', 'BF29', 'nothing'],
    [{ kind: 'defaultSmdp', address: 'a' }, 'smdp', 'BF3F', 'nothing'],
    [{ kind: 'removeNotification', sequenceNumber: 5 }, 'removeNotification', 'BF30', 'nothing'],
    [{ kind: 'reset' }, 'reset', 'BF34', 'refreshSim'],
  ])('$kind', async (of, request, tag, after) => {
    for (const word of ['9000', '9110']) {
      const { shown, steps } = await change(of, {
        [cgla('1', REQUEST[request])]: apdu('+CGLA', `${tag}03800100${word}`),
      });
      expect(shown).toBe(after);
      expect(steps).toEqual(['open', request, 'close']);
    }
  });

  it.each<[Change, keyof typeof REQUEST, string]>([
    [{ kind: 'removeNotification', sequenceNumber: 5 }, 'removeNotification', 'BF30'],
    [{ kind: 'reset' }, 'reset', 'BF34'],
  ])('$kind of nothing is done, and needs nothing', async (of, request, tag) => {
    const { shown } = await change(of, {
      [cgla('1', REQUEST[request])]: apdu('+CGLA', `${tag}038001019000`),
    });
    expect(shown).toBe('nothing');
  });

  it('is refused in words', async () => {
    const { shown, steps } = await change(ENABLE, { [SENT]: apdu('+CGLA', 'BF31038001039000') });
    expect(shown).toBe('chip.policy: EnableProfile: disallowedByPolicy(3)');
    expect(steps).toEqual(['open', 'enable', 'close']);
  });

  it('is not sent where it is cancelled before', async () => {
    const { shown, steps } = await change(
      ENABLE,
      { [CCHO]: { text: answer('+CCHO: 1', 'OK'), afterMs: 100 } },
      { abortMs: 50 },
    );
    expect(shown).toBe('cancelled: undefined');
    expect(steps).toEqual(['open', 'close']);
  });
});

describe('enabling', () => {
  it.each(['05', '7F'])('goes without the refresh flag where the eUICC says %s to it', async (code) => {
    const { shown, steps } = await change(ENABLE, {
      [SENT]: apdu('+CGLA', `BF31038001${code}9000`),
      [cgla('1', REQUEST.enablePlain)]: apdu('+CGLA', 'BF31038001009000'),
    });
    expect(shown).toBe('refreshSim');
    expect(steps).toEqual(['open', 'enable', 'enablePlain', 'close']);
  });
});

describe('a change whose answer is lost', () => {
  it.each<[string, Reply, string]>([
    ['the modem refuses', answer('+CME ERROR: 13'), 'chip.unconfirmed: +CGLA: +CME ERROR: 13'],
    ['the SIM is busy', answer('+CME ERROR: 14'), 'chip.unconfirmed: +CGLA: +CME ERROR: 14'],
    ['the SIM is gone', answer('+CME ERROR: 10'), 'chip.unconfirmed: +CGLA: +CME ERROR: 10'],
    ['a bare error', answer('ERROR'), 'chip.unconfirmed: +CGLA: ERROR'],
    ['no APDU', answer('+CGLA: 2,"x"', 'OK'), 'chip.unconfirmed: +CGLA: the answer is no APDU.'],
    [
      'an error inside the card',
      apdu('+CGLA', '6F00'),
      'chip.unconfirmed: EnableProfile: 6F00 (technical problem)',
    ],
    [
      'no answer of the eUICC',
      apdu('+CGLA', '9000'),
      'chip.unconfirmed: EnableProfile: the answer is empty.',
    ],
  ])('is not taken for a refusal: %s', async (_, reply, expected) => {
    const { shown, steps } = await change(ENABLE, { [SENT]: reply });
    expect(shown).toBe(expected);
    expect(steps.filter((step) => step === 'enable')).toEqual(['enable']);
    expect(steps).not.toContain('enablePlain');
  });

  it.each<[string, Reply]>([
    ['GET RESPONSE is refused', answer('+CME ERROR: 13')],
    ['the card has started anew', apdu('+CGLA', '6F00')],
  ])('between change and answer: %s', async (_, reply) => {
    const { shown, steps } = await change(ENABLE, {
      [SENT]: apdu('+CGLA', '6106'),
      [cgla('1', '00C0000006')]: reply,
    });
    expect(shown).toMatch(/^chip\.unconfirmed: /);
    expect(steps.filter((step) => step === 'enable')).toEqual(['enable']);
  });

  it('since the modem falls silent', async () => {
    const { shown, steps } = await change(ENABLE, { [SENT]: null });
    expect(shown).toMatch(/^chip\.unconfirmed: /);
    expect(steps.filter((step) => step === 'enable')).toEqual(['enable']);
  });

  it('since the port goes away', async () => {
    const at = bench({ ...CHIP, [SENT]: null });
    at.clock.after(50, () => at.vanish());
    const result = await at.run(
      changeChip(at.dialogue, IDENTIFIED, ENABLE, {
        clock: at.clock,
        memory: { ...IDENTIFIED.memory, eidVia: 'cgla' },
      }),
    );
    expect(result.ok ? null : result.fault.code).toBe('chip.unconfirmed');
  });

  it('since it is cancelled and the answer does not come within ten seconds', async () => {
    const slow = { text: apdu('+CGLA', 'BF31038001009000'), afterMs: 30_000 };
    const { shown, clock } = await change(ENABLE, { [SENT]: slow }, { abortMs: 1_000 });
    expect(shown).toMatch(/^chip\.unconfirmed: Cancelled/);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(11_000);
  });

  it('but not where it comes soon after it is cancelled', async () => {
    const slow = { text: apdu('+CGLA', 'BF31038001009000'), afterMs: 5_000 };
    expect((await change(ENABLE, { [SENT]: slow }, { abortMs: 1_000 })).shown).toBe('refreshSim');
  });
});

describe('a way that is not proven', () => {
  const unknown = { memory: { eidVia: null } };
  it('is proven before anything is changed', async () => {
    const { shown, sent } = await change(
      ENABLE,
      { [cgla('1', GET_EID)]: apdu('+CGLA', EID_ANSWER), [SENT]: apdu('+CGLA', 'BF31038001009000') },
      unknown,
    );
    expect(shown).toBe('refreshSim');
    expect(sent).toEqual([CCHO, cgla('1', GET_EID), SENT, 'AT+CCHC=1']);
  });

  it('is left for the other one where it gives nothing', async () => {
    const { shown, sent } = await change(
      ENABLE,
      {
        ...BY_CSIM,
        [CCHO]: answer('+CCHO: 1', 'OK'),
        [cgla('1', GET_EID)]: answer('ERROR'),
        [`AT+CSIM=${REQUEST.enable.length},"81${REQUEST.enable.slice(2)}"`]: apdu(
          '+CSIM',
          'BF31038001009000',
        ),
      },
      unknown,
    );
    expect(shown).toBe('refreshSim');
    expect(sent).not.toContain(SENT);
  });
});

describe('a channel that cannot be opened', () => {
  it.each<[string, Reply, string]>([
    ['no SIM', answer('+CME ERROR: 10'), 'sim.missing'],
    ['no eUICC', answer('+CME ERROR: 22'), 'euicc.none'],
    ['a locked SIM', answer('+CME ERROR: 11'), 'sim.pin'],
  ])('says why, and nothing is changed: %s', async (_, reply, expected) => {
    const { result, steps } = await change(ENABLE, { [CCHO]: reply });
    expect(result.ok ? null : result.fault.code).toBe(expected);
    expect(steps).not.toContain('enable');
  });
});

describe('a long change', () => {
  const LONG: Change = { kind: 'defaultSmdp', address: `${'a'.repeat(251)}.com` };
  it('that fails before its last block has changed nothing, and says so', async () => {
    const { result } = await change(LONG, (command) =>
      command.includes('80E21100FF') ? answer('+CME ERROR: 100') : undefined,
    );
    expect(result.ok ? null : result.fault.code).toBe('modem.refused');
  });

  it('that fails at its last block is not confirmed', async () => {
    const { result } = await change(LONG, (command) => {
      if (command.includes('80E21100FF')) return apdu('+CGLA', '9000');
      return command.includes('80E29101') ? answer('+CME ERROR: 100') : undefined;
    });
    expect(result.ok ? null : result.fault.code).toBe('chip.unconfirmed');
  });
});
