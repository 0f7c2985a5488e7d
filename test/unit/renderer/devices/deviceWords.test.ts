import { describe, expect, it } from 'vitest';
import { ACTIVITIES, type Device } from '../../../../contract/device.ts';
import { FAULTS, type FaultCode, fault } from '../../../../contract/fault.ts';
import {
  deviceName,
  deviceWord,
  orderOf,
  portName,
} from '../../../../renderer/features/devices/deviceWords.ts';
import { AVAILABLE_EID, aDevice, anOrder, EIDS, NOW } from '../fixtures.ts';

const noNames = { manufacturer: null, product: null, vendorId: null, productId: null, serialNumber: null };
const modem = (manufacturer: string | null, model: string | null) => ({
  manufacturer,
  model,
  revision: null,
  imei: null,
});

describe("a device's name", () => {
  it.each([
    ['maker and model', { modem: modem('Quectel', 'EM05-G') }, 'Quectel EM05-G'],
    [
      'the model alone where it names its maker',
      { modem: modem('QUECTEL', 'Quectel EM05-G') },
      'Quectel EM05-G',
    ],
    ['the model where there is no maker', { modem: modem(null, 'A7908E') }, 'A7908E'],
    ['the maker where there is no model', { modem: modem('SIMCom', null) }, 'SIMCom'],
    ["USB's names before the modem has told its own", { modem: null }, 'Quectel EM05-G'],
    [
      'the port where nothing else is known',
      { modem: null, usb: noNames, port: { path: 'COM7', baudRate: 1 } },
      'COM7',
    ],
  ] as ReadonlyArray<readonly [string, Partial<Device>, string]>)('is %s', (_, part, name) => {
    expect(deviceName(aDevice(part))).toBe(name);
  });

  it.each([
    ['/dev/ttyUSB2', 'ttyUSB2'],
    ['COM7', 'COM7'],
    ['/dev/serial/by-id/usb-Quectel-if02', 'usb-Quectel-if02'],
  ])('names the port %s as %s', (path, name) => {
    expect(portName(path)).toBe(name);
  });
});

describe("a device's state", () => {
  it.each([
    ['opening', 'opening the port', 'busy'],
    ['identifying', 'identifying', 'busy'],
    ['readingEid', 'reading the EID', 'busy'],
    ['ready', 'ready to order', 'ready'],
    ['gone', 'unplugged', 'gone'],
  ] as const)('%s is "%s"', (phase, word, tone) => {
    expect(deviceWord(aDevice({ phase }), null)).toEqual({ word, tone });
  });

  it('is that of its order once it has one', () => {
    expect(deviceWord(aDevice(), anOrder(AVAILABLE_EID)).word).toBe('available');
    expect(deviceWord(aDevice({ phase: 'gone' }), anOrder(AVAILABLE_EID)).word).toBe('unplugged');
  });

  it('warns of an EID whose check fails, and of none', () => {
    const wrong = aDevice({ eid: { value: EIDS.wrong, valid: false, via: 'cgla', elapsedMs: 1 } });
    expect(deviceWord(wrong, null)).toEqual({ word: 'EID not valid', tone: 'waiting' });
    expect(deviceWord(aDevice({ eid: null }), null)).toEqual({ word: 'no EID', tone: 'failed' });
  });

  const onDevices = (Object.keys(FAULTS) as FaultCode[]).filter((code) =>
    /^(port|modem|sim|euicc)\./.test(code),
  );
  it.each(onDevices.filter((code) => code !== 'port.listFailed'))('has its own words for %s', (code) => {
    const state = deviceWord(aDevice({ phase: 'failed', fault: fault(code) }), null);
    expect(state.tone).toBe('failed');
    expect(state.word).not.toBe('failed');
    expect(state.word.length).toBeLessThanOrEqual(20);
  });

  it('waits for the technician where the SIM asks for its PIN', () => {
    const simLock = { asksFor: 'pin', pinTries: 3, pukTries: 10 } as const;
    expect(deviceWord(aDevice({ phase: 'failed', fault: fault('sim.pin'), simLock }), null)).toEqual({
      word: 'SIM asks for PIN',
      tone: 'waiting',
    });
  });

  it.each(ACTIVITIES)('says what is under way, before its order: %s', (kind) => {
    const device = aDevice({ activity: { kind, step: 'x', since: NOW, until: null } });
    expect(deviceWord(device, anOrder(AVAILABLE_EID)).tone).toBe('busy');
  });

  it('does not call it a failure when the technician stopped it', () => {
    expect(deviceWord(aDevice({ phase: 'failed', fault: fault('cancelled') }), null).tone).toBe('gone');
  });
});

describe("a device's order", () => {
  const device = aDevice();
  it('is the newest one for its chip, whoever ordered it', () => {
    const older = anOrder({ id: 'older', createdAt: NOW - 9 });
    const byHand = anOrder({ id: 'by-hand', device: null });
    expect(orderOf(device, [byHand, older])?.id).toBe('by-hand');
  });

  it('is not one that is archived or was taken back, nor one for another chip', () => {
    const orders = [
      anOrder({ id: 'archived', archivedAt: NOW }),
      anOrder({ id: 'cancelled', status: 'cancelled' }),
      anOrder({ id: 'other chip in the same device', eid: EIDS.simcom }),
      anOrder({ id: 'matching', kind: 'matchingId', eid: null, device: null }),
    ];
    expect(orderOf(device, orders)).toBeNull();
  });

  it('is found by the device while its EID is not read again yet', () => {
    expect(orderOf(aDevice({ eid: null, phase: 'opening' }), [anOrder()])?.id).toBe(anOrder().id);
  });
});
