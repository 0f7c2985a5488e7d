import { concat, fromHex } from '../../bytes.ts';
import { classForChannel, readClass } from '../../euicc/apdu.ts';
import type { VirtualCard } from '../../euicc/card.ts';
import { ISD_R } from '../../euicc/isdR.ts';
import { CME, type CommandResult, cme, OK, ok, payload } from '../answer.ts';
import type { Argument } from '../commandLine.ts';
import { closeChannel, type Exchange, exchange, openChannel } from '../exchange.ts';
import {
  type CommandCall,
  type CommandTable,
  type ModemCore,
  named,
  numberIn,
  simOrError,
} from '../modemCore.ts';

/** APDUs through the modem (TS 27.007 §8.17 `+CSIM`, §8.45 to §8.47 `+CCHO`, `+CCHC`, `+CGLA`). */
export const APDU: CommandTable = {
  '+CCHO': { cost: 'channel', set: openApplication, test: testForm('+CCHO', '<dfname>') },
  '+CCHC': { cost: 'channel', set: closeApplication, test: testForm('+CCHC', '<sessionid>') },
  '+CGLA': { cost: 'apdu', set: sendToApplication, test: testForm('+CGLA', '<sessionid>,<lengh>,<cmd>') },
  '+CSIM': { cost: 'apdu', set: sendToCard, test: testForm('+CSIM', '<length>,<command>') },
};

function testForm(name: string, names: string) {
  return ({ core }: CommandCall): CommandResult => {
    switch (core.quirks.testForms) {
      case 'ok':
        return OK;
      case 'names':
        return ok(named(name, names));
      case 'error':
        return { kind: 'error' };
    }
  };
}

/** The card, where it is not busy; APDU commands may be told that it is when others are not. */
function cardForApdus(core: ModemCore): VirtualCard | number {
  const card = simOrError(core, core.quirks.pinBlocksApdus);
  if (typeof card === 'number' || core.channelBusyLeft === 0) return card;
  core.channelBusyLeft -= 1;
  return CME.simBusy;
}

/** Commands that channels outlive on a modem that closes them at any other. */
const OF_CHANNELS = ['+CCHO', '+CGLA', '+CCHC'];

/** Closes the channels that this modem does not keep until this command. To be called before each one. */
export function closeByItself(core: ModemCore, command: string): void {
  const now = core.clock.monotonic();
  const { closesIdleMs, closesOnOther } = core.quirks;
  const isIdle = closesIdleMs !== null && now - core.channelUsedAt > closesIdleMs;
  const ofChannels = OF_CHANNELS.includes(command);
  if (ofChannels) core.channelUsedAt = now;
  if (isIdle || (closesOnOther && !ofChannels)) closeSessions(core);
}

export function closeSessions(core: ModemCore): void {
  const card = core.slots[core.activeSlot] ?? null;
  for (const { channel } of core.sessions.values()) if (card !== null) closeChannel(card, channel);
  core.sessions.clear();
}

function openApplication({ core, args }: CommandCall): CommandResult {
  const card = cardForApdus(core);
  if (typeof card === 'number') return cme(card);
  const aid = hexIn(args[0], core);
  if (aid === null || aid.length === 0 || aid.length > 16) return cme(CME.incorrectParameters);
  const wanted = args[0]?.text.toUpperCase() ?? '';
  if (core.lpa.holds && ISD_R.startsWith(wanted)) return cme(CME.notAllowed);
  const before = core.quirks.reusesChannel ? openSession(core, card, wanted) : null;
  if (before !== null) return ok(named('+CCHO', before));

  const channel = openChannel(card, wanted);
  if (channel === 'noChannel') return cme(CME.memoryFull);
  if (channel === 'noApplication') return cme(core.quirks.cchoRefusal);
  const handle = newHandle(core, channel);
  core.sessions.set(handle, { channel, aid: wanted });
  return ok(named('+CCHO', handle));
}

/** The handle of an application that is open; not where its channel was closed behind the modem's back, with `+CSIM`. */
function openSession(core: ModemCore, card: VirtualCard, aid: string): string | null {
  for (const [handle, session] of core.sessions)
    if (session.aid === aid && card.openChannels.includes(session.channel)) return handle;
  return null;
}

/** The first opaque one is the one that was seen on a real modem. */
function newHandle(core: ModemCore, channel: number): string {
  if (core.quirks.handles === 'channel') return String(channel);
  core.nextHandle += 1;
  return (0x038aa32e + core.nextHandle).toString(16).padStart(16, '0');
}

function closeApplication({ core, args }: CommandCall): CommandResult {
  const card = simOrError(core, core.quirks.pinBlocksApdus);
  if (typeof card === 'number') return cme(card);
  const handle = args[0]?.text ?? '';
  const session = core.sessions.get(handle);
  if (session === undefined) return cme(CME.notFound);
  closeChannel(card, session.channel);
  core.sessions.delete(handle);
  return core.quirks.cchc === 'named' ? ok('+CCHC') : OK;
}

function sendToApplication({ core, args }: CommandCall): CommandResult {
  const card = cardForApdus(core);
  if (typeof card === 'number') return cme(card);
  const session = core.sessions.get(args[0]?.text ?? '');
  if (session === undefined) return cme(CME.notFound);
  const command = apduIn(args, 1, core);
  if (command === null) return cme(CME.incorrectParameters);
  if (core.quirks.cglaClass === 'rewritten') command[0] = classForChannel(command[0] ?? 0, session.channel);
  return fromCard('+CGLA', exchange(card, command, core.quirks.followsResponses.cgla), core, card);
}

function sendToCard({ core, args }: CommandCall): CommandResult {
  const card = cardForApdus(core);
  if (typeof card === 'number') return cme(card);
  const command = apduIn(args, 0, core);
  if (command === null) return cme(CME.incorrectParameters);
  const refusal = csimRefusal(core, card, command);
  return refusal ?? fromCard('+CSIM', exchange(card, command, core.quirks.followsResponses.csim), core, card);
}

/** What a modem does that half supports logical channels behind `+CSIM`, or whose LPA holds the ISD-R. */
function csimRefusal(core: ModemCore, card: VirtualCard, command: Uint8Array): CommandResult | null {
  const where = readClass(command[0] ?? 0);
  const onChannel = typeof where !== 'number' && where.channel > 0;
  if (core.quirks.csimChannels === 'openOnly' && onChannel) return cme(CME.phoneFailure);
  if (core.quirks.csimChannels === 'refused' && command[1] === 0x70)
    return answerWith('+CSIM', { data: new Uint8Array(0), sw: 0x6881 }, core);
  const selectsIsdR = command[1] === 0xa4 && command[2] === 0x04 && core.lpa.holds && card.isEuicc;
  if (selectsIsdR) return answerWith('+CSIM', { data: new Uint8Array(0), sw: 0x6985 }, core);
  return null;
}

/** Where the card wants something of the modem, the modem turns to that once the answer is out. */
function fromCard(name: string, answer: Exchange, core: ModemCore, card: VirtualCard): CommandResult {
  const result = answerWith(name, answer, core);
  if (answer.sw >> 8 !== 0x91 || result.kind !== 'ok') return result;
  return { ...result, after: () => core.serveCard(card) };
}

function answerWith(name: string, { data, sw }: Exchange, core: ModemCore): CommandResult {
  const bytes = concat(data, Uint8Array.of(sw >> 8, sw & 0xff));
  return ok(named(name, payload(bytes, core.quirks)));
}

/**
 * `<length>,<command>`: the length counts hex digits and must be right; an APDU has a header of four bytes.
 */
function apduIn(args: readonly Argument[], at: number, core: ModemCore): Uint8Array | null {
  const bytes = hexIn(args[at + 1], core);
  return bytes !== null && bytes.length >= 4 && numberIn(args, at) === bytes.length * 2 ? bytes : null;
}

function hexIn(argument: Argument | undefined, core: ModemCore): Uint8Array | null {
  if (argument === undefined || !/^([0-9a-fA-F]{2})+$/.test(argument.text)) return null;
  const strict = core.quirks.takesHex === 'upperQuoted';
  if (strict && (!argument.quoted || /[a-f]/.test(argument.text))) return null;
  return fromHex(argument.text);
}
