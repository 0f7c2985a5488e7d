import { NO_LATENCY, STANDARD } from '../../../../main/demo/modem/quirks.ts';
import type { EidWay, QuirkSettings } from '../../../../main/demo/modem/quirkTable.ts';
import { createVirtualModem } from '../../../../main/demo/modem/virtualModem.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { euicc, ISD_R, onModem, type Terminal } from './terminal.ts';

/*
 * The least that reads an EID by hand, whatever a modem's habits are: written for these tests alone, so that the virtual
 * modem is proven without the bench's own reader.
 */

/** A modem with these switches and one eUICC with a profile, ready to be asked. */
export async function modemWith(set: QuirkSettings): Promise<Terminal> {
  const clock = createFakeClock();
  const card = euicc({
    profiles: [{ iccid: '89883070000051466066', enabled: true }],
    card: set.card ?? {},
    es10: set.es10 ?? {},
  });
  const quirks = { ...STANDARD, latency: NO_LATENCY, ...set.modem };
  const modem = createVirtualModem({ clock, quirks, slots: [card] });
  if (quirks.bootMs > 0) await clock.advance(quirks.bootMs);
  return onModem(modem, clock);
}

/** Sends a line, lets all the time pass that an answer takes, and gives its lines without echo and noise. */
async function ask({ send, heard, clock }: Terminal, line: string): Promise<string[]> {
  let text = send(line);
  for (let second = 0; second < 8 && !/(OK|ERROR[^\r\n]*)[\r\n]/.test(text); second += 1) {
    await clock.advance(400);
    text += heard();
  }
  return text
    .split(/[\r\n]+/)
    .filter((one) => one !== '' && one !== line && !/^(RING|\^RSSI: |\+CREG: |\+ESIMS: )/.test(one));
}

/** The same again where the SIM is busy; null on any other error. */
async function insist(terminal: Terminal, line: string): Promise<string | null> {
  for (let time = 0; time < 6; time += 1) {
    const lines = await ask(terminal, line);
    if (lines.includes('OK')) return lines.filter((one) => one !== 'OK').join(' ');
  }
  return null;
}

async function transmit(
  terminal: Terminal,
  carry: (apdu: string) => string,
  apdu: string,
): Promise<string | null> {
  const line = await insist(terminal, carry(apdu.toUpperCase()));
  let found = /([0-9a-f]{4,})"?$/i.exec(line ?? '')?.[1]?.toUpperCase();
  const channelClass = (Number.parseInt(apdu.slice(0, 2), 16) & 0x4f).toString(16).padStart(2, '0');
  if (found === undefined) return null;
  if (/^6C..$/.test(found)) return transmit(terminal, carry, apdu + found.slice(2));
  let whole = '';
  for (let round = 0; round < 60 && /61..$/.test(found); round += 1) {
    whole += found.slice(0, -4);
    const next = await insist(terminal, carry(`${channelClass}C00000${found.slice(-2)}`.toUpperCase()));
    const more = /([0-9a-f]{4,})"?$/i.exec(next ?? '')?.[1]?.toUpperCase();
    if (more === undefined) return null;
    found = more;
  }
  return whole + found;
}

function classByte(base: number, channel: number): string {
  const cla = channel < 4 ? base | channel : base | 0x40 | (channel - 4);
  return cla.toString(16).padStart(2, '0');
}

const GET_EID = 'E2910006BF3E035C015A';

async function byCgla(terminal: Terminal): Promise<string | null> {
  const opened = await insist(terminal, `AT+CCHO="${ISD_R}"`);
  const handle = /([0-9a-f]+)$/i.exec(opened ?? '')?.[1];
  if (handle === undefined) return null;
  const carry = (apdu: string) => `AT+CGLA=${handle},${apdu.length},"${apdu}"`;
  // A modem may put the channel into the class byte itself, or leave that to us.
  for (const cla of ['80', classByte(0x80, Number(handle))]) {
    const answer = await transmit(terminal, carry, cla + GET_EID);
    const eid = /BF3E125A10(\d{32})/.exec(answer ?? '')?.[1];
    if (eid !== undefined) return eid;
  }
  return null;
}

async function byCsim(terminal: Terminal): Promise<string | null> {
  const carry = (apdu: string) => `AT+CSIM=${apdu.length},"${apdu}"`;
  const opened = /^([0-9A-F]{2})9000$/.exec((await transmit(terminal, carry, '0070000001')) ?? '')?.[1];
  if (opened === undefined) return null;
  const channel = Number.parseInt(opened, 16);
  const selected = await transmit(terminal, carry, `${classByte(0, channel)}A4040010${ISD_R}`);
  if (!/9000$/.test(selected ?? '')) return null;
  const answer = await transmit(terminal, carry, classByte(0x80, channel) + GET_EID);
  return /BF3E125A10(\d{32})/.exec(answer ?? '')?.[1] ?? null;
}

async function byVendor(terminal: Terminal): Promise<string | null> {
  for (const command of ['AT+QESIM="eid"', 'AT+EID?', 'AT+CEID', 'AT+CCID', 'AT+SQNCCID']) {
    const eid = /(89\d{30})/.exec((await insist(terminal, command)) ?? '')?.[1];
    if (eid !== undefined) return eid;
  }
  return null;
}

export const WAYS: Readonly<Record<EidWay, (terminal: Terminal) => Promise<string | null>>> = {
  cgla: byCgla,
  csim: byCsim,
  vendor: byVendor,
};
