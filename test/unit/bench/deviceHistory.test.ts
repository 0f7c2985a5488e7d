import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../../contract/device.ts';
import type { Verification } from '../../../contract/verification.ts';
import {
  createDeviceHistory,
  DEVICE_HISTORY_FILE,
  type DeviceHistory,
} from '../../../main/bench/deviceHistory.ts';

let folder: string;
let history: DeviceHistory;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  history = createDeviceHistory(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const event = (note: string, at = 1): DeviceEvent => ({ at, kind: 'changeChip', done: true, note });
const MODEM = { imei: '867698040000001', eid: '89044011112233441122334411223321' };
const VERIFIED: Verification = {
  at: 5,
  outcome: 'registered',
  simState: 'READY',
  iccid: null,
  registrations: [],
  operator: 'Net',
  technology: 'LTE',
  signalDbm: -80,
  elapsedMs: 4,
};

describe('the history of a device', () => {
  it('is empty before anything was done', () => {
    expect(history.of(MODEM)).toEqual({ history: [], verification: null });
  });

  it('gives the newest first, and outlives the process', () => {
    history.add(MODEM, event('one', 1));
    history.add(MODEM, event('two', 2));
    expect(
      createDeviceHistory(folder)
        .of(MODEM)
        .history.map(({ note }) => note),
    ).toEqual(['two', 'one']);
  });

  it.each([
    ['the modem, with another eUICC in it', { imei: MODEM.imei, eid: null }, 1],
    ['the eUICC, in another modem', { imei: '867698040000002', eid: MODEM.eid }, 1],
    ['another modem and eUICC', { imei: '867698040000002', eid: '89001012012341234012345678901224' }, 0],
    ['a device of which nothing is known', { imei: null, eid: null }, 0],
  ])('is found by %s: %#', (_what, key, count) => {
    history.add(MODEM, event('one'));
    expect(history.of(key).history).toHaveLength(count);
  });

  it('does not take two unknown devices for the same', () => {
    history.add({ imei: null, eid: null }, event('one'));
    expect(history.of({ imei: null, eid: null }).history).toEqual([]);
  });

  it('keeps the latest verification as the proof', () => {
    history.add(MODEM, { ...event('checked'), kind: 'verify' }, { ...VERIFIED, operator: 'Old' });
    history.add(MODEM, { ...event('checked'), kind: 'verify' }, VERIFIED);
    history.add(MODEM, event('later'));
    expect(history.of(MODEM).verification).toEqual(VERIFIED);
  });

  it('shows the latest 50', () => {
    for (let at = 1; at <= 60; at += 1) history.add(MODEM, event(`n${at}`, at));
    const { history: shown } = history.of(MODEM);
    expect([shown.length, shown[0]?.note, shown.at(-1)?.note]).toEqual([50, 'n60', 'n11']);
  });

  it('loses no other line to one that a crash has cut off', () => {
    history.add(MODEM, event('one'));
    appendFileSync(join(folder, DEVICE_HISTORY_FILE), '{"at":2,"ki');
    history.add(MODEM, event('two'));
    expect(history.of(MODEM).history.map(({ note }) => note)).toEqual(['two', 'one']);
  });

  it.each(['', 'not json\n', '{"at":"x"}\n', '\u0000\u0001\n', '[]\n'])(
    'reads past what is no line: %j',
    (text) => {
      writeFileSync(join(folder, DEVICE_HISTORY_FILE), text);
      history.add(MODEM, event('one'));
      expect(history.of(MODEM).history.map(({ note }) => note)).toEqual(['one']);
    },
  );

  it('is cut to its newer half when it has grown too long', () => {
    const short = createDeviceHistory(folder, { longestBytes: 2_000 });
    for (let at = 1; at <= 40; at += 1) short.add(MODEM, event(`n${at}`, at));
    expect(statSync(join(folder, DEVICE_HISTORY_FILE)).size).toBeLessThan(2_500);
    const { history: kept } = short.of(MODEM);
    expect(kept[0]?.note).toBe('n40');
    expect(kept.length).toBeGreaterThan(3);
  });

  it('says so where it cannot be written', () => {
    const blocked = createDeviceHistory(join(folder, DEVICE_HISTORY_FILE));
    writeFileSync(join(folder, DEVICE_HISTORY_FILE), '');
    const written = blocked.add(MODEM, event('one'));
    expect(written.ok ? null : written.fault.code).toBe('file.unwritable');
  });

  it('is a file for its owner alone', () => {
    history.add(MODEM, event('one'));
    expect(statSync(join(folder, DEVICE_HISTORY_FILE)).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, DEVICE_HISTORY_FILE), 'utf8').endsWith('\n')).toBe(true);
  });
});
