import { fault } from '../../contract/fault.ts';
import { fail, ok } from '../../contract/result.ts';
import { createFramer, MAX_LINE_LENGTH } from '../../main/at/framer.ts';
import { openAtDialogue } from '../../main/at/openDialogue.ts';
import { createMake, type MakeName } from '../../main/demo/modem/makes.ts';
import { identify } from '../../main/modem/identify.ts';
import { readEid } from '../../main/modem/readEid.ts';
import { readIccid } from '../../main/modem/readIccid.ts';
import type { ByteLink } from '../../main/serial/byteLink.ts';
import { Dice } from '../faults/dice.ts';
import { createFakeClock, type FakeClock } from '../unit/support/fakeClock.ts';
import { type Door, doorOf, hex, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { harmedLink } from './harmedModem.ts';
import { anyText, inPieces, mutateBytes } from './mutate.ts';

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

/** What modems say. */
export const SAYINGS = [
  '\r\nOK\r\n',
  '\r\nERROR\r\n',
  'AT+CGMI\r\r\nQuectel\r\n\r\nOK\r\n',
  '\r\n+CME ERROR: 10\r\n',
  '\r\n+CMS ERROR: memory full\r\n',
  '\r\n+CGLA: 46,"BF3E125A10890440111122334411223344112233219000"\r\n\r\nOK\r\n',
  '\r\n+CCHO: 1\r\n\r\nOK\r\n',
  '\r\n+CSIM: 4,"9000"\r\n\r\nOK\r\n',
  '\r\nRING\r\n',
  '\r\n+CMT: "+49170",,"26/11/24"\r\nOK\r\n',
  '\r\n> ',
  '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n',
  '\r\n+CPIN: READY\r\n\r\nOK\r\n',
  '\r\nNO CARRIER\r\n',
].map(bytesOf);

const framer: Door<{ pieces: Uint8Array[]; maxLine: number }> = {
  name: 'AT bytes: lines',
  share: 250,
  input(dice) {
    const bytes = mutateBytes(dice, dice.pick(SAYINGS), SAYINGS);
    return { pieces: inPieces(dice, bytes), maxLine: dice.pick([1, 8, 80, MAX_LINE_LENGTH]) };
  },
  feed({ pieces, maxLine }) {
    const framer = createFramer(maxLine);
    let size = 0;
    for (const piece of pieces) {
      size += piece.length;
      for (const framed of framer.push(piece)) {
        if (framed.kind !== 'line') continue;
        must(framed.text !== '' && framed.text === framed.text.trim(), 'a line is not trimmed');
        must(framed.text.length <= maxLine && framed.text.length <= size, 'a line is too long');
        must(/^[\x20-\x7e]+$/.test(framed.text), 'a line has more than ASCII');
      }
    }
  },
  show: ({ pieces, maxLine }) => `${maxLine}: ${pieces.map(hex).join(' ')}`,
};

const COMMANDS = [
  'AT',
  'ATI',
  'AT+CGMI',
  'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
  'AT+CSIM=10,"0070000001"',
  'ATD1',
];

interface Talk {
  readonly commands: readonly string[];
  /** What is said after each command, in pieces. */
  readonly answers: readonly Uint8Array[][];
  readonly seed: number;
}

/** A link that is told what to say. */
function scriptedLink(clock: FakeClock, dice: Dice, answers: readonly Uint8Array[][]) {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  const endings = new Set<(reason: ReturnType<typeof fault> | null) => void>();
  let ended = false;
  let turn = 0;
  const end = (reason: ReturnType<typeof fault> | null) => {
    if (ended) return;
    ended = true;
    for (const listener of endings) listener(reason);
  };
  const link: ByteLink = {
    path: '/dev/fuzz',
    baudRate: 115200,
    get closed() {
      return ended;
    },
    write() {
      if (ended) return Promise.resolve(fail(fault('port.vanished')));
      const answer = answers[turn % Math.max(1, answers.length)] ?? [];
      turn += 1;
      let wait = 0;
      for (const piece of answer) {
        wait += dice.pick([0, 0, 0, 1, 50, 3_000]);
        clock.after(wait, () => {
          if (!ended) for (const listener of listeners) listener(piece);
        });
      }
      if (dice.chance(0.02)) clock.after(dice.int(0, 5_000), () => end(fault('port.vanished')));
      return dice.chance(0.02) ? Promise.resolve(fail(fault('port.failed'))) : Promise.resolve(ok(null));
    },
    setBaudRate: async () => ok(null),
    onBytes(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClosed(listener) {
      endings.add(listener);
      return () => endings.delete(listener);
    },
    async close() {
      end(null);
    },
  };
  return link;
}

/** Lets time pass until the work is done; that it never is, is a hang. */
async function untilDone<T>(clock: FakeClock, work: Promise<T>, what: string): Promise<T> {
  let done = false;
  const finish = () => {
    done = true;
  };
  work.then(finish, finish);
  await clock.settle();
  for (let step = 0; !done; step += 1) {
    must(step < 5_000, `${what} does not end`);
    await clock.advance(clock.nextIn ?? 100);
  }
  return work;
}

const dialogue: Door<Talk> = {
  name: 'AT bytes: dialogue',
  share: 40,
  input(dice) {
    const commands = Array.from({ length: dice.int(1, 4) }, () => dice.pick(COMMANDS));
    const answers = Array.from({ length: dice.int(1, 5) }, () =>
      inPieces(dice, mutateBytes(dice, dice.pick(SAYINGS), SAYINGS)),
    );
    return { commands, answers, seed: dice.int(0, 2 ** 31) };
  },
  async feed({ commands, answers, seed }) {
    const clock = createFakeClock();
    const dice = new Dice(seed);
    const talk = openAtDialogue(scriptedLink(clock, dice, answers), { clock });
    for (const command of commands) {
      const abort = new AbortController();
      const timeoutMs = dice.pick([50, 1_000, 5_000]);
      if (dice.chance(0.1)) clock.after(dice.int(0, 2_000), () => abort.abort());
      const answer = await untilDone(clock, talk.send(command, { timeoutMs, signal: abort.signal }), command);
      if (!answer.ok) mustBeFault(answer.fault);
      else for (const line of answer.value.lines) must(line.length <= MAX_LINE_LENGTH, 'a line is too long');
      if (dice.chance(0.1)) talk.doubt();
    }
    await untilDone(clock, talk.close(), 'closing');
  },
  show: ({ commands, answers, seed }) =>
    JSON.stringify({ commands, seed, answers: answers.map((pieces) => pieces.map(hex).join(' ')) }),
};

const MAKES: readonly MakeName[] = [
  'quectel-em05-g',
  'simcom-a7908e',
  'fibocom-fm350',
  'sierra-mc7455',
  'dell-dw5821e',
  'vendor-only',
  'generic-reader',
  'no-sim',
  'plain-sim',
  'refusing-euicc',
  'sim-pin',
];

interface Reading {
  readonly make: MakeName;
  readonly seed: number;
  readonly rate: number;
}

/** A whole reading from a modem that says what it should, but for bytes on the way. */
const modem: Door<Reading> = {
  name: 'AT bytes: EID and ICCID of a modem',
  share: 8,
  input: (dice) => ({
    make: dice.pick(MAKES),
    seed: dice.int(0, 2 ** 31),
    rate: dice.pick([0.02, 0.1, 0.3, 0.8]),
  }),
  async feed({ make, seed, rate }) {
    const clock = createFakeClock();
    const dice = new Dice(seed);
    const device = createMake(make, { clock, latency: 0 });
    const port = device.ports.find(({ role }) => role === 'at');
    if (port === undefined) return;
    const link = harmedLink(port, dice, rate, SAYINGS);
    const talk = openAtDialogue(link, { clock });
    const options = { clock };
    const identified = await untilDone(clock, identify(talk, options), 'identify');
    if (!identified.ok) mustBeFault(identified.fault);
    else {
      for (const text of Object.values(identified.value.identity)) {
        must(text === null || text.length <= 100, 'a name of the modem is too long');
      }
      const eid = await untilDone(clock, readEid(talk, identified.value, options), 'reading the EID');
      if (eid.ok) must(/^\d{32}$/.test(eid.value.eid.value), `an EID like ${eid.value.eid.value}`);
      else mustBeFault(eid.fault);
      const iccid = await untilDone(clock, readIccid(talk, options), 'reading the ICCID');
      if (iccid.ok) must(/^89\d{16,18}$/.test(iccid.value), `an ICCID like ${iccid.value}`);
      else mustBeFault(iccid.fault);
    }
    await untilDone(clock, talk.close(), 'closing');
  },
  show: (reading) => JSON.stringify(reading),
};

/** Lines themselves, at every place that reads one. */
const unsolicited: Door<{ readonly text: string }> = {
  name: 'AT bytes: any text at all',
  share: 30,
  input: (dice) => ({ text: dice.chance(0.5) ? anyText(dice, 200) : anyText(dice, 20) }),
  async feed({ text }) {
    const clock = createFakeClock();
    const pieces = [bytesOf(text), bytesOf('\r\nOK\r\n')];
    const talk = openAtDialogue(scriptedLink(clock, new Dice(1), [pieces]), { clock });
    const answer = await untilDone(clock, talk.send('ATI'), 'ATI');
    if (!answer.ok) mustBeFault(answer.fault);
    await untilDone(clock, talk.close(), 'closing');
  },
  show: ({ text }) => JSON.stringify(text),
};

export const AT_DOORS = [doorOf(framer), doorOf(dialogue), doorOf(modem), doorOf(unsolicited)];
