import { toLatin1 } from '../../../../main/demo/bytes.ts';
import type { VirtualCard } from '../../../../main/demo/euicc/card.ts';
import {
  createPlainSim,
  createVirtualEuicc,
  type EuiccOptions,
} from '../../../../main/demo/euicc/virtualEuicc.ts';
import { typed } from '../../../../main/demo/modem/atPort.ts';
import { createMake, type MakeName } from '../../../../main/demo/modem/makes.ts';
import { type ModemQuirks, NO_LATENCY } from '../../../../main/demo/modem/quirks.ts';
import { createVirtualModem, type VirtualModem } from '../../../../main/demo/modem/virtualModem.ts';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';

export const EID = '89044011112233441122334411223321';
export const ISD_R = 'A0000005591010FFFFFFFF8900000100';

export interface Terminal {
  readonly modem: VirtualModem;
  readonly clock: FakeClock;
  /** Sends the line with its CR and gives back everything that came at once, as text. */
  send(line: string): string;
  /** The same without echo and blank lines: the lines of the answer, joined with ` | `. */
  ask(line: string): string;
  /** What came since the last `send`, `ask` or `heard`. */
  heard(): string;
}

/** A terminal on the first AT port of a modem that answers without delay; a card for each slot, or one empty eUICC. */
export function terminal(
  quirks: Partial<ModemQuirks> = {},
  ...cards: readonly (VirtualCard | null)[]
): Terminal {
  const clock = createFakeClock();
  const slots = cards.length === 0 ? [euicc()] : cards;
  return onModem(createVirtualModem({ clock, quirks: { latency: NO_LATENCY, ...quirks }, slots }), clock);
}

/** The same on a preset. */
export function terminalOn(make: MakeName, quirks: Partial<ModemQuirks> = {}): Terminal {
  const clock = createFakeClock();
  return onModem(createMake(make, { clock, latency: 0, quirks }), clock);
}

export function euicc(options: Partial<EuiccOptions> = {}): VirtualCard {
  return createVirtualEuicc({ eid: EID, ...options });
}

export function sim(): VirtualCard {
  return createPlainSim({ iccid: '89494026000021436587', imsi: '001010123456789', pin: null });
}

/** A terminal on the first AT port of a modem that is there already. */
export function onModem(modem: VirtualModem, clock: FakeClock): Terminal {
  let text = '';
  modem.onBytes((bytes) => {
    text += toLatin1(bytes);
  });
  const heard = () => {
    const all = text;
    text = '';
    return all;
  };
  const send = (line: string) => {
    heard();
    modem.write(typed(line));
    return heard();
  };
  return {
    modem,
    clock,
    send,
    heard,
    ask: (line) =>
      send(line)
        .split(/[\r\n]+/)
        .filter((one) => one !== '' && one !== line)
        .join(' | '),
  };
}
