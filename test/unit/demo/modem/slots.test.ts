import { describe, expect, it } from 'vitest';
import type { ModemQuirks } from '../../../../main/demo/modem/quirks.ts';
import { EID, euicc, ISD_R, sim, terminal } from './terminal.ts';

const two = (quirks: Partial<ModemQuirks>) =>
  terminal({ eidCommand: true, errors: 'number', ...quirks }, sim(), euicc());

describe('SIM slots', () => {
  it.each<[NonNullable<ModemQuirks['slotCommand']>, string, string, string, string, string]>([
    ['quectel', 'AT+QUIMSLOT?', '+QUIMSLOT: 1 | OK', 'AT+QUIMSLOT=2', 'AT+QUIMSLOT=3', '+QUIMSLOT: 2 | OK'],
    [
      'fibocom',
      'AT+GTDUALSIM?',
      '+GTDUALSIM : 0, "SUB1", "NR" | OK',
      'AT+GTDUALSIM=1',
      'AT+GTDUALSIM=2',
      '+GTDUALSIM : 1, "SUB1", "NR" | OK',
    ],
    [
      'foxconn',
      'AT^SWITCH_SLOT?',
      'SIM1 ENABLE | OK',
      'AT^SWITCH_SLOT=1',
      'AT^SWITCH_SLOT=2',
      'SIM2 ENABLE | OK',
    ],
  ])(
    '%s: told, switched, and no further than there are slots',
    (slotCommand, read, first, set, beyond, second) => {
      const { ask } = two({ slotCommand });
      expect(ask(read)).toBe(first);
      expect(ask('AT+EID?')).toBe('+EID: "" | OK');
      expect(ask(set)).toBe('OK');
      expect(ask(read)).toBe(second);
      expect(ask('AT+EID?')).toBe(`+EID: "${EID}" | OK`);
      expect(ask(beyond)).toBe('+CME ERROR: 50');
    },
  );

  it('Quectel says how many there are', () => {
    expect(two({ slotCommand: 'quectel' }).ask('AT+QUIMSLOT=?')).toBe('+QUIMSLOT: (1,2) | OK');
  });

  it('another slot starts the SIM anew: channels are gone, and the search for a network begins', async () => {
    const { ask, clock, modem } = two({ slotCommand: 'quectel', simStartMs: 500 });
    await clock.advance(5_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,5 | OK');
    ask('AT+QUIMSLOT=2');
    expect(ask('AT+CPIN?')).toBe('+CME ERROR: 14');
    await clock.advance(500);
    expect(ask(`AT+CCHO="${ISD_R}"`)).toBe('+CCHO: 1 | OK');
    ask('AT+QUIMSLOT=1');
    await clock.advance(500);
    expect(modem.slots.map((card) => card?.openChannels)).toEqual([[], []]);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,2 | OK');
  });

  it('the slot that is in use already is no change', () => {
    const { ask, modem } = two({ slotCommand: 'quectel', slotSwitch: 'resets' });
    ask('AT+CMEE=2');
    expect(ask('AT+QUIMSLOT=1')).toBe('OK');
    expect(modem.present).toBe(true);
    expect(ask('AT+CMEE?')).toBe('+CMEE: 2 | OK');
  });

  it('with a restart of the modem', async () => {
    const { ask, clock, modem } = two({
      slotCommand: 'quectel',
      slotSwitch: 'resets',
      reenumeratesMs: 1_000,
    });
    expect(ask('AT+QUIMSLOT=2')).toBe('OK');
    expect(modem.present).toBe(false);
    await clock.advance(1_000);
    expect(ask('AT+QUIMSLOT?')).toBe('+QUIMSLOT: 2 | OK');
  });

  it('only after a restart that somebody else makes', () => {
    const { ask } = two({ slotCommand: 'quectel', slotSwitch: 'needsReset' });
    expect(ask('AT+QUIMSLOT=2')).toBe('OK');
    expect(ask('AT+QUIMSLOT?')).toBe('+QUIMSLOT: 1 | OK');
    ask('AT+CFUN=1,1');
    expect(ask('AT+QUIMSLOT?')).toBe('+QUIMSLOT: 2 | OK');
  });
});
