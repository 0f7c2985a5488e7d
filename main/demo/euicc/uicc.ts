import { sameBytes, toHex } from '../bytes.ts';
import { type CommandApdu, readCommand, response, SW } from './apdu.ts';
import {
  type Answer,
  answer,
  type CardApplication,
  type CardQuirks,
  type Pin,
  PLAIN_CARD,
  type Subscription,
  type VirtualCard,
} from './card.ts';
import { type CardFile, fileControlParameters, findFile } from './files.ts';
import { createToolkit, type Toolkit } from './toolkit.ts';

export interface UiccOptions {
  /** Asked at every reset: what the network may use from now on. */
  readonly subscription: () => Subscription | null;
  /** Applications besides the USIM, which is there whenever there is a subscription. */
  readonly applications?: readonly CardApplication[];
  readonly toolkit?: Toolkit;
  readonly isEuicc?: boolean;
  readonly quirks?: Partial<CardQuirks>;
}

/** USIM application identifier (TS 101 220 annex E). */
export const USIM_AID = 'A0000000871002FFFFFFFF8907090000';

interface Channel {
  application: CardApplication | null;
  file: CardFile | null;
  /** Data that waits for GET RESPONSE. */
  waiting: Uint8Array | null;
  /** A command that was told to come again with the right Le, and its answer. */
  asked: { readonly command: Uint8Array; readonly data: Uint8Array } | null;
}

type Instruction = (command: CommandApdu, channel: Channel) => Answer;

/**
 * A virtual UICC (ETSI TS 102 221): logical channels, SELECT, the files a modem reads, PIN and PUK, GET
 * RESPONSE. What it does not know goes to the application that is selected on the channel.
 */
export function createUicc(options: UiccOptions): VirtualCard {
  const quirks: CardQuirks = { ...PLAIN_CARD, ...options.quirks };
  const channels = new Map<number, Channel>();
  const toolkit = options.toolkit ?? createToolkit();
  let subscription: Subscription | null = null;

  function newChannel(): Channel {
    return { application: null, file: null, waiting: null, asked: null };
  }

  function reset(): void {
    for (const number of channels.keys()) forget(number);
    channels.clear();
    channels.set(0, newChannel());
    toolkit.reset();
    subscription = options.subscription();
    if (subscription?.pin) subscription.pin.verified = false;
  }

  function forget(number: number): void {
    for (const application of options.applications ?? []) application.forget(number);
  }

  function applications(): CardApplication[] {
    const usim = subscription === null ? [] : [USIM];
    return [...usim, ...(options.applications ?? [])];
  }

  /** MANAGE CHANNEL (TS 102 221 §11.1.17). */
  const manageChannel: Instruction = (command) => {
    if (command.p1 === 0x00) {
      if (command.le !== null && command.le !== 1) return answer(0x6c01);
      const wanted = command.p2;
      const free = wanted === 0 ? firstFree() : wanted;
      if (free === null || free > quirks.lastChannel || channels.has(free))
        return answer(SW.functionNotSupported);
      channels.set(free, newChannel());
      return answer(SW.ok, wanted === 0 ? Uint8Array.of(free) : undefined);
    }
    if (command.p1 !== 0x80 || command.p2 === 0) return answer(SW.wrongP1P2);
    if (!channels.has(command.p2)) return answer(SW.channelNotSupported);
    forget(command.p2);
    channels.delete(command.p2);
    return answer(SW.ok);
  };

  function firstFree(): number | null {
    const { firstChannel, lastChannel } = quirks;
    for (let count = 0; count < lastChannel; count += 1) {
      const number = ((firstChannel - 1 + count) % lastChannel) + 1;
      if (!channels.has(number)) return number;
    }
    return null;
  }

  /** SELECT by application identifier, file identifier or path (TS 102 221 §11.1.1). */
  const select: Instruction = (command, channel) => {
    const id = toHex(command.data);
    if (command.p1 === 0x04) {
      const application = applications().find((candidate) => id !== '' && candidate.aid.startsWith(id));
      if (application === undefined) return answer(SW.notFound);
      forget(command.channel);
      channel.application = application;
      channel.file = null;
      return answer(SW.ok, command.p2 === 0x0c || !quirks.fci ? undefined : application.fci());
    }
    if (command.p1 !== 0x00 && command.p1 !== 0x08) return answer(SW.wrongP1P2);
    const file = findFile(id.slice(-4), subscription);
    if (file === null) return answer(SW.notFound);
    channel.file = file;
    return answer(SW.ok, command.p2 === 0x0c ? undefined : fileControlParameters(file));
  };

  /** READ BINARY of the selected file (TS 102 221 §11.1.3). */
  const readBinary: Instruction = (command, channel) => {
    const file = channel.file;
    if (file === null || file.content === null) return answer(SW.noFileSelected);
    if (file.needsPin && !pinIsOpen()) return answer(SW.securityNotSatisfied);
    const offset = command.p1 * 256 + command.p2;
    const left = file.content.length - offset;
    if (left <= 0) return answer(SW.wrongOffset);
    const wanted = command.le ?? 256;
    if (wanted > left && quirks.strictLe) return answer(0x6c00 | left);
    return answer(SW.ok, file.content.slice(offset, offset + wanted));
  };

  function pinIsOpen(): boolean {
    return !subscription?.pin || subscription.pin.verified;
  }

  /** VERIFY PIN (TS 102 221 §11.1.9). Without data it tells how many tries are left. */
  const verifyPin: Instruction = (command) => {
    const pin = subscription?.pin;
    if (!pin || command.p2 !== 0x01) return answer(SW.referenceNotFound);
    if (pin.triesLeft === 0) return answer(SW.pinBlocked);
    if (command.data.length === 0) return answer(0x63c0 | pin.triesLeft);
    return attempt(pin, sameBytes(command.data, pinBlock(pin.value)), 'triesLeft');
  };

  /** UNBLOCK PIN: the PUK and a new PIN, eight bytes each (TS 102 221 §11.1.12). */
  const unblockPin: Instruction = (command) => {
    const pin = subscription?.pin;
    if (!pin || command.p2 !== 0x01) return answer(SW.referenceNotFound);
    if (pin.pukTriesLeft === 0) return answer(SW.pinBlocked);
    if (command.data.length === 0) return answer(0x63c0 | pin.pukTriesLeft);
    if (command.data.length !== 16) return answer(SW.wrongLength);
    const matches = sameBytes(command.data.slice(0, 8), pinBlock(pin.puk));
    const result = attempt(pin, matches, 'pukTriesLeft');
    if (matches) {
      const digits = [...command.data.slice(8)].filter((byte) => byte !== 0xff);
      pin.value = String.fromCharCode(...digits);
      pin.triesLeft = 3;
    }
    return result;
  };

  /** STATUS (TS 102 221 §11.1.2): the directory in use, or nothing where nothing is asked for. */
  const status: Instruction = (command) => {
    const master = findFile('3F00', subscription);
    if (command.p2 === 0x0c || master === null) return answer(SW.ok);
    return answer(SW.ok, fileControlParameters(master));
  };

  /** FETCH (TS 102 221 §11.2.3): P3 is the length that `91xx` told. */
  const fetch: Instruction = (command) => {
    if (toolkit.waiting === 0) return answer(SW.functionNotSupported);
    if (command.le !== toolkit.waiting) return answer(0x6c00 | toolkit.waiting);
    return answer(SW.ok, toolkit.fetch() ?? undefined);
  };

  const instructions: Readonly<Record<number, Instruction>> = {
    112: manageChannel,
    164: select,
    176: readBinary,
    32: verifyPin,
    44: unblockPin,
    242: status,
    // TERMINAL PROFILE (TS 102 221 §11.2.1): taken note of.
    16: () => answer(SW.ok),
    18: fetch,
    // TERMINAL RESPONSE (TS 102 221 §11.2.4)
    20: () => answer(toolkit.respond() ? SW.ok : SW.conditionsNotSatisfied),
    // TERMINAL CAPABILITY (TS 102 221 §11.1.19): taken note of.
    170: () => answer(SW.ok),
  };

  function perform(command: CommandApdu, channel: Channel): Answer {
    const own = instructions[command.ins];
    if (own !== undefined) return own(command, channel);
    return channel.application?.transmit(command) ?? answer(SW.insNotSupported);
  }

  /** GET RESPONSE (TS 102 221 §11.1.18), as often as there is something left. */
  function getResponse(channel: Channel, le: number): Uint8Array {
    const waiting = channel.waiting;
    if (waiting === null) return response(new Uint8Array(0), SW.conditionsNotSatisfied);
    const ready = Math.min(waiting.length, quirks.block);
    if (le > ready && quirks.strictLe) return response(new Uint8Array(0), 0x6c00 | (ready & 0xff));
    return handOut(channel, waiting, Math.min(le, ready));
  }

  function handOut(channel: Channel, data: Uint8Array, count: number): Uint8Array {
    const rest = data.slice(count);
    channel.waiting = rest.length === 0 ? null : rest;
    return response(data.slice(0, count), rest.length === 0 ? normalEnd() : moreWaits(rest));
  }

  /** `9000`, or `91xx` where a proactive command waits (TS 102 221 §7.4.2). */
  function normalEnd(): number {
    return toolkit.waiting > 0 ? 0x9100 | toolkit.waiting : SW.ok;
  }

  function moreWaits(data: Uint8Array): number {
    return 0x6100 | (Math.min(data.length, quirks.block) & 0xff);
  }

  function transmit(bytes: Uint8Array): Uint8Array {
    const command = readCommand(bytes);
    if (typeof command === 'number') return response(new Uint8Array(0), command);
    const channel = channels.get(command.channel);
    if (channel === undefined) return response(new Uint8Array(0), SW.channelNotSupported);

    if (command.ins === 0xc0) return getResponse(channel, command.le ?? 256);
    channel.waiting = null;

    const asked = channel.asked;
    channel.asked = null;
    const bare = command.le === null ? bytes : bytes.slice(0, -1);
    if (asked !== null && command.le === asked.data.length && sameBytes(bare, asked.command))
      return response(asked.data, normalEnd());

    const { data, sw } = perform(command, channel);
    if (sw !== SW.ok) return response(data, sw);
    if (data.length === 0 || command.data.length === 0) return response(data, normalEnd());
    switch (quirks.handsOut) {
      case '61xx':
        channel.waiting = data;
        return response(new Uint8Array(0), moreWaits(data));
      case 'direct':
        return handOut(channel, data, Math.min(data.length, quirks.block));
      case '6Cxx':
        if (data.length > 256 || command.le === data.length)
          return handOut(channel, data, Math.min(data.length, quirks.block));
        channel.asked = { command: bare, data };
        return response(new Uint8Array(0), 0x6c00 | (data.length & 0xff));
    }
  }

  reset();

  return {
    transmit,
    reset,
    get subscription() {
      return subscription;
    },
    isEuicc: options.isEuicc ?? false,
    get openChannels() {
      return [...channels.keys()].filter((number) => number !== 0).sort((a, b) => a - b);
    },
  };
}

const USIM: CardApplication = {
  aid: USIM_AID,
  fci: () => fileControlParameters({ fid: '7FFF', content: null, needsPin: false }),
  transmit: () => answer(SW.insNotSupported),
  forget: () => undefined,
};

/** A PIN as VERIFY carries it: ASCII digits padded with FF to eight bytes. */
export function pinBlock(digits: string): Uint8Array {
  const block = new Uint8Array(8).fill(0xff);
  block.set([...digits].slice(0, 8).map((digit) => digit.charCodeAt(0)));
  return block;
}

function attempt(pin: Pin, matches: boolean, counter: 'triesLeft' | 'pukTriesLeft'): Answer {
  if (matches) {
    pin[counter] = counter === 'triesLeft' ? 3 : 10;
    pin.verified = true;
    return answer(SW.ok);
  }
  pin[counter] -= 1;
  pin.verified = false;
  return answer(pin[counter] === 0 ? SW.pinBlocked : 0x63c0 | pin[counter]);
}
