import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceEventSchema } from '../../contract/device.ts';
import { safeParse } from '../../contract/safeParse.ts';
import { VerificationSchema } from '../../contract/verification.ts';
import { createDeviceHistory, DEVICE_HISTORY_FILE } from '../../main/bench/deviceHistory.ts';
import { type ModemReport, ModemReportSchema } from '../../main/modem/reportSchema.ts';
import { reportToFixture } from '../../tools/lib/reportToFixture.mjs';
import { Stop } from '../../tools/lib/tool.mjs';
import { replyOf } from '../support/fixtureModem.ts';
import { type Door, doorOf, must } from './door.ts';
import { anyFile, Folder } from './fileDoors.ts';
import { mutateBytes } from './mutate.ts';

const IMEI = '001001001234564';
const EID = '89044011112233441122334411223321';

const HISTORY = [
  {
    at: 1_795_000_000_000,
    kind: 'changeChip',
    done: true,
    note: 'Profile Bench enabled.',
    imei: IMEI,
    eid: EID,
    verification: null,
  },
  {
    at: 1_795_000_100_000,
    kind: 'verify',
    done: true,
    note: 'Registered: Network, LTE, -90 dBm.',
    imei: IMEI,
    eid: null,
    verification: {
      at: 1_795_000_100_000,
      outcome: 'registered',
      simState: 'READY',
      iccid: '89882119900000000005',
      registrations: [{ command: '+CEREG', stat: 5, state: 'roaming' }],
      operator: 'Network',
      technology: 'LTE',
      signalDbm: -90,
      elapsedMs: 4_000,
    },
  },
];

interface HistoryFile {
  readonly bytes: Uint8Array;
  /** So that some are cut. */
  readonly longestBytes: number;
}

const folder = new Folder();

const history: Door<HistoryFile> = {
  name: 'device-history.jsonl',
  share: 25,
  input(dice) {
    const lines = Array.from({ length: dice.pick([0, 1, 3, 60]) }, () => {
      const line = dice.pick(HISTORY);
      return dice.chance(0.6) ? JSON.stringify(line) : Buffer.from(anyFile(dice, line)).toString('latin1');
    });
    const text = lines.map((line) => `${line}\n`).join('');
    const bytes = Buffer.from(dice.chance(0.3) ? text.slice(0, dice.int(0, text.length)) : text, 'latin1');
    return {
      bytes: dice.chance(0.3) ? mutateBytes(dice, bytes) : bytes,
      longestBytes: dice.pick([0, 500, 1_048_576]),
    };
  },
  feed({ bytes, longestBytes }) {
    const dir = folder.next();
    mkdirSync(dir, { recursive: true });
    const path = join(dir, DEVICE_HISTORY_FILE);
    writeFileSync(path, bytes);
    const kept = createDeviceHistory(dir, { longestBytes });
    const key = { imei: IMEI, eid: EID };
    const before = kept.of(key);
    for (const event of before.history)
      must(safeParse(DeviceEventSchema, event).success, `an event that is none: ${JSON.stringify(event)}`);
    if (before.verification !== null)
      must(safeParse(VerificationSchema, before.verification).success, 'a verification that is none');
    must(before.history.length <= 50, 'more than is shown');
    must(Buffer.from(bytes).equals(readFileSync(path)), 'looking changed it');

    const event = { at: 1, kind: 'switchSlot', done: false, note: 'Another\nline "in" it.' } as const;
    must(kept.add(key, event).ok, 'a line cannot be added');
    const after = createDeviceHistory(dir, { longestBytes }).of(key);
    must(
      JSON.stringify(after.history[0]) === JSON.stringify(event),
      'the line that was added is not the newest',
    );
    const isCut = bytes.length > longestBytes;
    if (!isCut)
      must(
        JSON.stringify(after.history.slice(1)) === JSON.stringify(before.history.slice(0, 49)),
        'a line of before is not there any more',
      );
    rmSync(dir, { recursive: true });
  },
  show: ({ bytes, longestBytes }) => `${longestBytes}: ${Buffer.from(bytes).toString('hex')}`,
  close: () => folder.close(),
};

const REPORT: ModemReport = {
  format: 'esim-bench compatibility report',
  version: 1,
  about: {
    app: { version: '1.2.3' },
    at: 1_795_000_000_000,
    usb: { vendorId: '2c7c', productId: '030a', manufacturer: 'Quectel', product: 'EM05-G' },
    ports: [{ interfaceNumber: 2, role: 'at', finding: 'at', used: true }],
  },
  modem: {
    manufacturer: 'Quectel',
    model: 'EM05-G',
    revision: 'EM05GFAR07A07M1G',
    imei: '867698040000000',
    simState: 'READY',
    family: 'quectel',
  },
  ways: {
    cgla: { works: true, reason: null },
    csim: { works: false, reason: 'modem.refused: +CSIM: ERROR' },
    vendor: { works: false, reason: 'euicc.none', by: null },
  },
  complete: true,
  elapsedMs: 3_000,
  commands: [
    { part: 'identity', command: 'ATE0', lines: [], final: 'OK', fault: null, elapsedMs: 5 },
    { part: 'identity', command: 'AT+CGMI', lines: ['Quectel'], final: 'OK', fault: null, elapsedMs: 8.4 },
    {
      part: 'cgla',
      command: 'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
      lines: [],
      final: null,
      fault: 'modem.timeout',
      elapsedMs: 30_000,
    },
    {
      part: 'cgla',
      command: 'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
      lines: ['+CGLA: 4,"6115"'],
      final: 'OK',
      fault: null,
      elapsedMs: 70,
    },
  ],
};

const report: Door<Uint8Array> = {
  name: 'compatibility reports',
  share: 40,
  input: (dice) => anyFile(dice, REPORT),
  feed(bytes) {
    const text = Buffer.from(bytes).toString();
    let value: unknown = null;
    try {
      value = JSON.parse(text);
    } catch {
      value = null;
    }
    const isReport = safeParse(ModemReportSchema, value).success;
    let fixture: ReturnType<typeof reportToFixture>;
    try {
      fixture = reportToFixture(text);
    } catch (error) {
      must(error instanceof Stop && error.message !== '', `no sentence for people: ${String(error)}`);
      must(!isReport, 'a report that the schema takes is refused');
      return;
    }
    for (const [command, times] of Object.entries(fixture.answers)) {
      must(/^AT[\x20-\x7e]*$/i.test(command), `a command like ${JSON.stringify(command)}`);
      for (const [index] of [...times, null].entries()) {
        const reply = replyOf(fixture, command, index);
        must(
          reply === null || (reply.text.startsWith('\r\n') && reply.afterMs >= 0),
          'a modem that cannot speak',
        );
      }
    }
    // A fixture is a file, too.
    must(
      JSON.stringify(JSON.parse(JSON.stringify(fixture))) === JSON.stringify(fixture),
      'not the same again',
    );
    must(replyOf(fixture, 'AT', 0) !== undefined, 'nothing to say to AT');
  },
  show: (bytes) => Buffer.from(bytes).toString('hex'),
};

export const DEVICE_FILE_DOORS = [doorOf(history), doorOf(report)];
