import { SerialPortStream } from '@serialport/stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDemoBinding, type DemoBinding } from '../../../../main/demo/serial/demoBinding.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { EID, ISD_R } from '../modem/terminal.ts';

/** serialport's own stream on a demo port, with what it said so far. */
async function open(bench: DemoBinding, path: string, baudRate = 115200) {
  const stream = new SerialPortStream({ binding: bench.binding, path, baudRate, autoOpen: false });
  await new Promise<void>((resolve, reject) =>
    stream.open((error) => (error === null || error === undefined ? resolve() : reject(error))),
  );
  const end: { closedWith?: Error | null } = {};
  let text = '';
  stream.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  stream.on('close', (error: Error | null) => {
    end.closedWith = error;
  });
  opened.push(stream);
  return { stream, end, text: () => text };
}

const opened: SerialPortStream[] = [];
afterEach(() => {
  for (const stream of opened.splice(0)) if (stream.isOpen) stream.close();
});

const bench = () => createDemoBinding({ clock: createFakeClock(), latency: 0 });

describe("the demo's ports under serialport's own stream", () => {
  it('carry a whole EID dialogue', async () => {
    const demo = bench();
    const [, , path = ''] = demo.plug('quectel-em05-g').paths;
    const { stream, text } = await open(demo, path);
    for (const line of [`ATE0`, `AT+CCHO="${ISD_R}"`, 'AT+CGLA=1,22,"80E2910006BF3E035C015A"', 'AT+CCHC=1'])
      stream.write(`${line}\r`);
    await vi.waitFor(() => expect(text().match(/OK/g)).toHaveLength(4));
    expect(text()).toContain(`+CGLA: 46,"BF3E125A10${EID}9000"`);
  });

  it('are not there before they are plugged in', async () => {
    await expect(open(bench(), '/dev/ttyUSB0')).rejects.toThrow(
      'Error: No such file or directory, cannot open /dev/ttyUSB0',
    );
  });

  it.each([
    ['forbidden', 'Error: Permission denied, cannot open /dev/ttyUSB2'],
    ['busy', 'Error Resource temporarily unavailable Cannot lock port'],
  ] as const)('say why they cannot be opened: %s', async (openFails, message) => {
    const demo = bench();
    demo.plug('quectel-em05-g', { openFails });
    await expect(open(demo, '/dev/ttyUSB2')).rejects.toThrow(message);
  });

  it('are open once at a time', async () => {
    const demo = bench();
    demo.plug('quectel-em05-g');
    const first = await open(demo, '/dev/ttyUSB2');
    await expect(open(demo, '/dev/ttyUSB2')).rejects.toThrow('Cannot lock port');
    await new Promise<void>((closed) => first.stream.close(() => closed()));
    expect(first.end.closedWith ?? null).toBeNull();
    await open(demo, '/dev/ttyUSB2');
  });

  it('close with a disconnect error when the modem is unplugged', async () => {
    const demo = bench();
    const device = demo.plug('quectel-em05-g');
    const { stream, end } = await open(demo, '/dev/ttyUSB2');
    stream.on('error', () => undefined);
    device.unplug();
    await vi.waitFor(() => expect(end.closedWith).toMatchObject({ disconnected: true }));
    expect(stream.isOpen).toBe(false);
  });

  it('deliver what came before an unplug at a byte, and no more', async () => {
    const demo = bench();
    const device = demo.plug('quectel-em05-g');
    const { stream, end, text } = await open(demo, '/dev/ttyUSB2');
    stream.on('error', () => undefined);
    device.modem.harmStream({ direction: 'out', at: 7, what: { kind: 'unplug' } });
    stream.write('ATI\r');
    await vi.waitFor(() => expect(end.closedWith).toMatchObject({ disconnected: true }));
    expect(text()).toBe('ATI\r\r\nQ');
  });

  it('fail a write to a modem that is gone', async () => {
    const demo = bench();
    const device = demo.plug('quectel-em05-g');
    const port = await demo.binding.open({ path: '/dev/ttyUSB2', baudRate: 115200 });
    device.unplug();
    await expect(port.write(Buffer.from('AT\r'))).rejects.toMatchObject({ code: 'ENXIO', disconnect: true });
    await expect(port.read(Buffer.alloc(10), 0, 10)).rejects.toMatchObject({ disconnect: true });
    await port.close();
    expect(port.isOpen).toBe(false);
  });

  it('end a read that waits with `canceled` when they are closed', async () => {
    const demo = bench();
    demo.plug('generic-reader');
    const port = await demo.binding.open({ path: '/dev/ttyACM0', baudRate: 115200 });
    const read = port.read(Buffer.alloc(10), 0, 10);
    await Promise.all([expect(read).rejects.toMatchObject({ canceled: true }), port.close()]);
    await expect(port.read(Buffer.alloc(10), 0, 10)).rejects.toThrow('Port is not open');
    await expect(port.write(Buffer.from('AT\r'))).rejects.toThrow('Port is not open');
  });

  it('keep apart what the modem sends apart, and split what does not fit', async () => {
    const demo = bench();
    demo.plug('generic-reader', { quirks: { chunkBytes: 4, echo: 'never' } });
    const port = await demo.binding.open({ path: '/dev/ttyACM0', baudRate: 115200 });
    await port.write(Buffer.from('AT\r'));
    const buffer = Buffer.alloc(64);
    const sizes = [];
    for (const length of [64, 1, 64]) sizes.push((await port.read(buffer, 0, length)).bytesRead);
    expect(sizes).toEqual([4, 1, 1]);
  });

  it('change their speed while they are open', async () => {
    const demo = bench();
    demo.plug('generic-reader', { quirks: { baudRate: 9600, echo: 'never' } });
    const { stream, text } = await open(demo, '/dev/ttyACM0', 115200);
    stream.write('AT\r');
    await new Promise<void>((done) => stream.drain(() => done()));
    expect(text()).toBe('');
    await new Promise<void>((done) => stream.update({ baudRate: 9600 }, () => done()));
    stream.write('AT\r');
    await vi.waitFor(() => expect(text()).toBe('\r\nOK\r\n'));
  });
});

describe('the list of ports', () => {
  it('is as serialport gives it on Linux', async () => {
    const demo = bench();
    expect(await demo.binding.list()).toEqual([]);
    demo.plug('quectel-em05-g');
    const list = await demo.binding.list();
    expect(list.map((port) => port.path)).toEqual([
      '/dev/ttyUSB0',
      '/dev/ttyUSB1',
      '/dev/ttyUSB2',
      '/dev/ttyUSB3',
    ]);
    expect(list[2]).toEqual({
      path: '/dev/ttyUSB2',
      manufacturer: 'Quectel',
      serialNumber: 'DEMO000001',
      pnpId: 'usb-Quectel_EM05-G_DEMO000001-if02-port0',
      locationId: '1-1',
      vendorId: '2c7c',
      productId: '030a',
      interfaceNumber: 2,
    });
  });

  it('says which interface of its device each port is, gaps and all', async () => {
    const demo = bench();
    demo.plug('simcom-a7908e');
    expect(
      (await demo.binding.list()).map((port) => 'interfaceNumber' in port && port.interfaceNumber),
    ).toEqual([2, 4, 5]);
  });

  it('numbers ports on, fills gaps, and takes a path that is given', () => {
    const demo = bench();
    const first = demo.plug('quectel-em05-g');
    expect(demo.plug('simcom-a7908e').paths).toEqual(['/dev/ttyUSB4', '/dev/ttyUSB5', '/dev/ttyUSB6']);
    expect(demo.plug('generic-reader').paths).toEqual(['/dev/ttyACM0']);
    first.unplug();
    expect(demo.plug('sierra-em9191').paths).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1']);
    expect(demo.plug('sierra-em9191', { path: 'COM7' }).paths).toEqual(['COM7', 'COM8']);
  });

  it('gives two of a kind their own serial numbers, IMEIs and EIDs', () => {
    const demo = bench();
    const [one, two] = [demo.plug('quectel-em05-g'), demo.plug('quectel-em05-g')];
    expect(one.serialNumber).not.toBe(two.serialNumber);
    expect(one.modem.identity.imei).not.toBe(two.modem.identity.imei);
  });

  it('shows no serial number where the modem has none', async () => {
    const demo = bench();
    demo.plug('generic-reader', { serialNumber: null });
    expect((await demo.binding.list())[0]).toMatchObject({
      serialNumber: undefined,
      pnpId: 'usb-Demo_eUICC_reader-if00-port0',
    });
  });

  it('loses an unplugged modem and finds it again, on other paths too', async () => {
    const demo = bench();
    const device = demo.plug('sierra-em9191');
    demo.unplug('/dev/ttyUSB1');
    expect(await demo.binding.list()).toEqual([]);
    demo.unplug('/dev/ttyUSB1');
    device.replug();
    expect(device.paths).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1']);
    device.replug('/dev/ttyUSB7');
    expect((await demo.binding.list()).map((port) => port.path)).toEqual(['/dev/ttyUSB7', '/dev/ttyUSB8']);
    expect(device.modem.present).toBe(true);
  });

  it('follows a modem that leaves USB for a reset', async () => {
    const clock = createFakeClock();
    const demo = createDemoBinding({ clock });
    const device = demo.plug('quectel-rg650e');
    await clock.advance(1_000);
    device.modem.reset();
    expect(await demo.binding.list()).toEqual([]);
    await clock.advance(1_500);
    expect(await demo.binding.list()).toHaveLength(4);
  });

  it('fails where it is told to', async () => {
    const demo = bench();
    demo.failList(new Error('spawn udevadm ENOENT'));
    await expect(demo.binding.list()).rejects.toThrow('ENOENT');
    demo.failList(null);
    expect(await demo.binding.list()).toEqual([]);
  });
});
