import { beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../../../contract/device.ts';
import { fault } from '../../../contract/fault.ts';
import { ok } from '../../../contract/result.ts';
import { DeviceDesk } from '../../../main/bench/deviceDesk.ts';
import type { ModemMemory } from '../../../main/modem/modem.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { createFakeModems, EID, type FakeModems, summary, usbPort } from './support/fakeModems.ts';

let clock: FakeClock;
let modems: FakeModems;
let desk: DeviceDesk;
let devices: Device[];
let phases: string[];
let memory: Map<string, ModemMemory>;
let ordered: Set<string>;
let looks: number;

beforeEach(() => {
  clock = createFakeClock();
  modems = createFakeModems();
  devices = [];
  phases = [];
  memory = new Map();
  ordered = new Set();
  looks = 0;
  desk = new DeviceDesk({
    serial: modems.serial,
    modemTools: modems.tools,
    memory: { get: (key) => memory.get(key), put: (key, value) => memory.set(key, value) },
    history: { of: () => ({ history: [], verification: null }), add: () => ok(null) },
    clock,
    publish(all) {
      devices = all;
      const phase = all[0]?.phase;
      if (phase !== undefined && phases.at(-1) !== phase) phases.push(phase);
    },
    isOrderedFor: (eid) => ordered.has(eid),
    lookAgain: () => {
      looks += 1;
    },
  });
});

describe('a device that is plugged in', () => {
  it('is read by itself: opened, identified, EID, ready, ICCID', async () => {
    modems.ports.set('/dev/ttyUSB2', {});
    desk.portsArrived([usbPort('/dev/ttyUSB2')]);
    await clock.settle();
    expect(phases).toEqual(['opening', 'identifying', 'readingEid', 'ready']);
    expect(devices[0]).toMatchObject({
      modem: { manufacturer: 'Quectel', model: 'EM05-G' },
      eid: { value: EID, valid: true, via: 'cgla' },
      iccid: '8901260000000000001',
      fault: null,
    });
  });

  it('is left alone when its maker is not one of modems', async () => {
    desk.portsArrived([
      usbPort('/dev/ttyUSB0', { vendorId: '0403' }),
      usbPort('/dev/ttyS0', { vendorId: null }),
    ]);
    await clock.settle();
    expect(devices).toEqual([]);
    expect(modems.opened).toEqual([]);
  });

  it('with several ports is one device, on the port that answers; the others are closed', async () => {
    for (const path of ['/dev/ttyUSB0', '/dev/ttyUSB1']) modems.ports.set(path, { silent: true });
    modems.ports.set('/dev/ttyUSB2', {});
    desk.portsArrived(['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyUSB2'].map((path) => usbPort(path)));
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 ready /dev/ttyUSB2']);
    expect([...modems.open]).toEqual(['/dev/ttyUSB2']);
  });

  it('gets an entry of its own for each piece of hardware', async () => {
    modems.ports.set('a', { imei: '1' });
    modems.ports.set('b', { imei: '2' });
    desk.portsArrived([usbPort('a', { serialNumber: 'EM05GA' }), usbPort('b', { serialNumber: 'EM05GB' })]);
    await clock.settle();
    expect(devices.map((d) => d.port.path)).toEqual(['a', 'b']);
  });

  it('is remembered, so that the next reading costs less', async () => {
    modems.ports.set('a', {});
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    desk.portsRemoved(['a']);
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(modems.memoriesSeen).toEqual([undefined, expect.objectContaining({ eidVia: 'cgla' })]);
  });
});

describe('what goes wrong', () => {
  it('is shown on the device', async () => {
    modems.ports.set('a', { eidFault: fault('euicc.none') });
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 failed a euicc.none']);
  });

  it('goes away by itself where it is of the kind that does', async () => {
    modems.ports.set('a', { openFault: fault('port.busy') });
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 failed a port.busy']);
    modems.ports.set('a', {});
    await clock.advance(3_000);
    expect(summary(devices)).toEqual(['device-1 ready a']);
  });

  it('is not tried for ever', async () => {
    modems.ports.set('a', { openFault: fault('port.busy') });
    desk.portsArrived([usbPort('a')]);
    await clock.advance(10 * 60_000);
    expect(modems.opened).toHaveLength(11);
    expect(clock.pending).toBe(0);
  });

  it('is not tried again where that would not help', async () => {
    modems.ports.set('a', { eidFault: fault('sim.puk') });
    desk.portsArrived([usbPort('a')]);
    await clock.advance(10 * 60_000);
    expect(modems.opened).toHaveLength(1);
  });

  it('asks the modem anew after a failed reading, since the SIM may have been changed', async () => {
    modems.ports.set('a', { eidFault: fault('sim.missing') });
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    modems.ports.set('a', {});
    desk.read('device-1');
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 ready a']);
    expect(modems.memoriesSeen).toHaveLength(2);
  });
});

describe('a device that is unplugged', () => {
  beforeEach(async () => {
    modems.ports.set('a', {});
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
  });

  it('leaves the list when nothing was ordered for it', () => {
    desk.portsRemoved(['a']);
    expect(devices).toEqual([]);
    expect([...modems.open]).toEqual([]);
  });

  it('stays in sight when an order names it', () => {
    ordered.add(EID);
    modems.pull('a');
    desk.portsRemoved(['a']);
    expect(summary(devices)).toEqual(['device-1 gone a port.vanished']);
  });

  it('is the same device when it comes back on another path and socket', async () => {
    ordered.add(EID);
    desk.portsRemoved(['a']);
    modems.ports.set('b', {});
    desk.portsArrived([usbPort('b', { serialNumber: null, locationId: '3-1' })]);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 ready b']);
  });

  it('is the same device when it comes back where it was', async () => {
    ordered.add(EID);
    desk.portsRemoved(['a']);
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 ready a']);
  });

  it('is another one when its IMEI is another', async () => {
    ordered.add(EID);
    desk.portsRemoved(['a']);
    modems.ports.set('b', { imei: '999' });
    desk.portsArrived([usbPort('b', { serialNumber: 'EM05GB2' })]);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 gone a port.vanished', 'device-2 ready b']);
  });
});

describe('a device that is pulled and plugged in again before the ports are listed', () => {
  it.each([
    ['ordered for', true, 'device-1 ready a'],
    ['not ordered for', false, 'device-2 ready a'],
  ])('and %s is found by looking again', async (_what, isOrdered, expected) => {
    if (isOrdered) ordered.add(EID);
    modems.ports.set('a', {});
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    modems.pull('a');
    await clock.advance(2_000);
    expect(looks).toBe(1);
    desk.portsListed([usbPort('a')]);
    await clock.settle();
    expect(summary(devices)).toEqual([expected]);
  });

  it('but removed by the technician is left alone', async () => {
    modems.ports.set('a', {});
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    desk.remove('device-1');
    desk.portsListed([usbPort('a')]);
    await clock.settle();
    expect(devices).toEqual([]);
  });
});

describe('a device whose cable is pulled in the middle', () => {
  it('goes at once, and is read again when it is back', async () => {
    modems.ports.set('a', { hold: new Promise(() => undefined) });
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 readingEid a']);
    modems.pull('a');
    await clock.settle();
    expect(devices).toEqual([]);
    modems.ports.set('a', {});
    desk.portsRemoved(['a']);
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(devices[0]?.phase).toBe('ready');
  });
});

describe('a port that is added by its path', () => {
  it('is read, whatever it is', async () => {
    modems.ports.set('/dev/pts/7', {});
    expect(desk.addPort('/dev/pts/7', 9600)).toMatchObject({ ok: true, value: { deviceId: 'device-1' } });
    await clock.settle();
    expect(devices[0]).toMatchObject({
      phase: 'ready',
      addedByHand: true,
      port: { path: '/dev/pts/7', baudRate: 9600 },
    });
  });

  it('stays with its fault when it is not there', async () => {
    desk.addPort('/dev/nothing', 115200);
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 failed /dev/nothing port.notFound']);
  });

  it('is read as soon as it is there', async () => {
    desk.addPort('/dev/later', 115200);
    await clock.advance(10_000);
    modems.ports.set('/dev/later', {});
    await clock.advance(3_000);
    expect(summary(devices)).toEqual(['device-1 ready /dev/later']);
  });

  it('stays, with its fault, when it goes', async () => {
    modems.ports.set('p', {});
    desk.addPort('p', 115200);
    await clock.settle();
    modems.pull('p');
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 failed p port.vanished']);
  });

  it('is one device even when it is added twice', async () => {
    modems.ports.set('p', {});
    desk.addPort('p', 115200);
    desk.addPort('p', 9600);
    await clock.settle();
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ phase: 'ready', port: { baudRate: 9600 } });
    expect([...modems.open]).toEqual(['p']);
  });

  it('is the device that is there already when the bench has found it by itself', async () => {
    modems.ports.set('a', {});
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    expect(desk.addPort('a', 115200)).toMatchObject({ value: { deviceId: 'device-1' } });
    expect(devices).toHaveLength(1);
  });

  it('can be removed, which closes it', async () => {
    modems.ports.set('p', {});
    desk.addPort('p', 115200);
    await clock.settle();
    desk.remove('device-1');
    expect(devices).toEqual([]);
    expect([...modems.open]).toEqual([]);
  });
});

describe('the technician', () => {
  it('can cancel a reading that takes too long, and start it again', async () => {
    modems.ports.set('a', { hold: new Promise(() => undefined) });
    desk.portsArrived([usbPort('a')]);
    await clock.settle();
    desk.cancel('device-1');
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 failed a cancelled']);
    modems.ports.set('a', {});
    desk.read('device-1');
    await clock.settle();
    expect(summary(devices)).toEqual(['device-1 ready a']);
  });

  it('gets a fault for a device that is not there', () => {
    expect(desk.read('device-9')).toMatchObject({ ok: false, fault: { code: 'port.notFound' } });
  });
});

describe('the end', () => {
  it('closes every port and leaves no timer', async () => {
    modems.ports.set('a', {});
    modems.ports.set('b', { openFault: fault('port.busy') });
    desk.portsArrived([usbPort('a'), usbPort('b', { serialNumber: 'EM05GB' })]);
    await clock.settle();
    await desk.stop();
    expect([...modems.open]).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
