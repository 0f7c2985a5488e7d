import { describe, expect, it } from 'vitest';
import type { ModemQuirks } from '../../../../main/demo/modem/quirks.ts';
import { euicc, ISD_R, terminal } from './terminal.ts';

const A = '89883070000051466066';
const B = '98760000000000543210';
const CCHO = `AT+CCHO="${ISD_R}"`;
/** Of B, with a refresh; its answer is `910B`, since a REFRESH of eleven bytes waits. */
const ENABLE = 'AT+CGLA=1,50,"80E2910014BF3111A00C5A0A896700000000004523018101FF"';
const ENABLED = '+CGLA: 16,"BF3103800100910B" | OK';
const GET_EID = 'AT+CGLA=1,22,"80E2910006BF3E035C015A"';

const onA = (quirks: Partial<ModemQuirks> = {}) =>
  terminal({ errors: 'number', ...quirks }, euicc({ profiles: [{ iccid: A, enabled: true }, { iccid: B }] }));

describe('REFRESH after a profile was enabled (TS 102 223 §6.4.7)', () => {
  it('restarts the SIM: the new profile is in use, channels are gone', () => {
    const { ask, modem } = onA();
    ask(CCHO);
    expect(ask(ENABLE)).toBe(ENABLED);
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
    expect(ask(GET_EID)).toBe('+CME ERROR: 22');
    expect(modem.slots[0]?.openChannels).toEqual([]);
  });

  it('the same with +CSIM, when the answer was fetched', () => {
    const { ask } = onA();
    ask('AT+CSIM=10,"0070000001"');
    ask(`AT+CSIM=42,"01A4040010${ISD_R}"`);
    expect(ask('AT+CSIM=50,"81E2910014BF3111A00C5A0A896700000000004523018101FF"')).toBe(
      '+CSIM: 4,"6106" | OK',
    );
    expect(ask('AT+CCID')).toBe(`+CCID: ${A} | OK`);
    expect(ask('AT+CSIM=10,"01C0000006"')).toBe('+CSIM: 16,"BF3103800100910B" | OK');
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
  });

  it('takes its time, with lines that say so', async () => {
    const { ask, send, clock, heard } = onA({
      simStartMs: 700,
      unsolicited: [
        { text: '+CPIN: NOT READY', when: 'simLost' },
        { text: '+CPIN: READY', when: 'simReady' },
      ],
    });
    ask(CCHO);
    expect(send(ENABLE)).toMatch(/OK\r\n\r\n\+CPIN: NOT READY\r\n$/);
    expect(ask('AT+CPIN?')).toBe('+CME ERROR: 14');
    await clock.advance(700);
    expect(heard()).toBe('\r\n+CPIN: READY\r\n');
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
  });

  it.each([
    ['ignored', `+CGLA: 46,`],
    ['notFetched', `+CGLA: 46,`],
    ['dropsChannels', '+CME ERROR: 22'],
  ] as const)('%s: the old profile stays in use until +CFUN=0 and 1', (onRefresh, answer) => {
    const { ask } = onA({ onRefresh });
    ask(CCHO);
    expect(ask(ENABLE)).toBe(ENABLED);
    expect(ask(GET_EID)).toContain(answer);
    expect(ask('AT+CCID')).toBe(`+CCID: ${A} | OK`);
    ask('AT+CFUN=0');
    ask('AT+CFUN=1');
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
  });

  it('notFetched: every normal end stays 91xx', () => {
    const { ask } = onA({ onRefresh: 'notFetched' });
    ask(CCHO);
    ask(ENABLE);
    expect(ask(GET_EID)).toMatch(/910B" \| OK$/);
  });

  it('ignored, on a modem whose +CFUN=0 leaves the SIM on: only a restart helps', () => {
    const { ask } = onA({ onRefresh: 'ignored', cfunRestartsSim: false });
    ask(CCHO);
    ask(ENABLE);
    ask('AT+CFUN=0');
    ask('AT+CFUN=1');
    expect(ask('AT+CCID')).toBe(`+CCID: ${A} | OK`);
    ask('AT+CFUN=1,1');
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
  });

  it('resets: the modem restarts once the answer is out', () => {
    const { ask } = onA({ onRefresh: 'resets' });
    ask('AT+CMEE=2');
    ask(CCHO);
    expect(ask(ENABLE)).toBe(ENABLED);
    expect(ask('AT+CMEE?')).toBe('+CMEE: 0 | OK');
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
  });

  it('reenumerates: it is away from USB for a while', async () => {
    const { ask, clock, modem } = onA({ onRefresh: 'reenumerates' });
    ask(CCHO);
    expect(ask(ENABLE)).toBe(ENABLED);
    expect(modem.present).toBe(false);
    await clock.advance(1_000);
    expect(ask('AT+CCID')).toBe(`+CCID: ${B} | OK`);
  });
});

describe('channels that a modem does not keep', () => {
  it('after some time without use', async () => {
    const { ask, clock, modem } = onA({ closesIdleMs: 1_000 });
    ask(CCHO);
    await clock.advance(900);
    expect(ask(GET_EID)).toContain('+CGLA: 46');
    await clock.advance(1_001);
    expect(ask(GET_EID)).toBe('+CME ERROR: 22');
    expect(modem.slots[0]?.openChannels).toEqual([]);
    expect(ask(CCHO)).toBe('+CCHO: 1 | OK');
  });

  it('after any other command', () => {
    const { ask } = onA({ closesOnOther: true });
    ask(CCHO);
    expect(ask(GET_EID)).toContain('+CGLA: 46');
    expect(ask('AT+CPIN?')).toBe('+CPIN: READY | OK');
    expect(ask(GET_EID)).toBe('+CME ERROR: 22');
  });

  it('a SIM that is busy with APDUs at first, and works when asked again', () => {
    const { ask } = onA({ channelBusy: 2 });
    expect(ask('AT+CPIN?')).toBe('+CPIN: READY | OK');
    expect(ask(CCHO)).toBe('+CME ERROR: 14');
    expect(ask('AT+CSIM=10,"0070000001"')).toBe('+CME ERROR: 14');
    expect(ask(CCHO)).toBe('+CCHO: 1 | OK');
  });

  it.each(Array.from({ length: 19 }, (_, index) => index + 1))(
    'channel %i: the class byte is what the card goes by',
    (channel) => {
      const { ask } = terminal(
        { errors: 'number', cglaClass: 'asSent', followsResponses: { cgla: true, csim: true } },
        euicc({ card: { firstChannel: channel, lastChannel: 19 } }),
      );
      expect(ask(CCHO)).toBe(`+CCHO: ${channel} | OK`);
      const cla = (base: number) =>
        (channel < 4 ? base + channel : base + 0x40 + channel - 4).toString(16).toUpperCase();
      expect(ask(`AT+CGLA=${channel},22,"${cla(0x80)}E2910006BF3E035C015A"`)).toMatch(
        /^\+CGLA: 46,"BF3E125A10/,
      );
      const other = channel === 19 ? 'CE' : 'CF';
      expect(ask(`AT+CGLA=${channel},22,"${other}E2910006BF3E035C015A"`)).toBe('+CGLA: 4,"6881" | OK');
    },
  );

  it('after the last channel the card goes on with the first', () => {
    const { ask } = terminal({}, euicc({ card: { firstChannel: 18, lastChannel: 19 } }));
    expect([1, 2, 3].map(() => ask(CCHO))).toEqual(['+CCHO: 18 | OK', '+CCHO: 19 | OK', '+CCHO: 1 | OK']);
  });
});
