import { describe, expect, it } from 'vitest';
import { createSerial, type PortSystem } from '../../../main/serial/serialPorts.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { fakeBinding, portInfo } from './fakeBinding.ts';

function bench(system?: PortSystem) {
  const clock = createFakeClock();
  const binding = fakeBinding();
  const serial = createSerial(binding, { clock, ...(system === undefined ? {} : { system }) });
  return { clock, binding, serial };
}

async function opened(system?: PortSystem) {
  const at = bench(system);
  const result = await at.serial.open('/dev/ttyUSB2', { baudRate: 115200 });
  const port = at.binding.opened[0];
  if (!result.ok || port === undefined) throw new Error('not opened');
  const link = result.value;
  const bytes: string[] = [];
  const ends: unknown[] = [];
  link.onBytes((chunk) => bytes.push(Buffer.from(chunk).toString('latin1')));
  link.onClosed((reason) => ends.push(reason?.code ?? null));
  await at.clock.settle();
  return { ...at, port, link, bytes, ends };
}

describe('listing', () => {
  it('gives what is known of each port, ids in four lower-case digits', async () => {
    const { serial, binding } = bench();
    binding.ports = [
      portInfo('/dev/ttyUSB2', {
        manufacturer: 'Quectel',
        vendorId: '2C7C',
        productId: '0x125',
        serialNumber: 'abc',
      }),
      portInfo('/dev/ttyS0'),
    ];
    expect(await serial.list()).toEqual({
      ok: true,
      value: [
        {
          path: '/dev/ttyUSB2',
          manufacturer: 'Quectel',
          product: null,
          serialNumber: 'abc',
          locationId: null,
          vendorId: '2c7c',
          productId: '0125',
          interfaceNumber: null,
        },
        {
          path: '/dev/ttyS0',
          manufacturer: null,
          product: null,
          serialNumber: null,
          locationId: null,
          vendorId: null,
          productId: null,
          interfaceNumber: null,
        },
      ],
    });
  });

  it('gives a port once', async () => {
    const { serial, binding } = bench();
    binding.ports = [portInfo('/dev/a'), portInfo('/dev/a'), portInfo('')];
    const listed = await serial.list();
    expect(listed.ok && listed.value.map(({ path }) => path)).toEqual(['/dev/a']);
  });

  it('that fails is a fault', async () => {
    const { serial, binding } = bench();
    binding.listError = Object.assign(new Error('spawn udevadm ENOENT'), { code: 'ENOENT' });
    const listed = await serial.list();
    expect(listed.ok ? null : listed.fault).toMatchObject({
      code: 'port.listFailed',
      details: 'spawn udevadm ENOENT',
    });
  });

  it('that never ends is a fault', async () => {
    const { serial, binding, clock } = bench();
    binding.listHangs = true;
    const listing = serial.list();
    await clock.advance(10_000);
    const listed = await listing;
    expect(listed.ok ? null : listed.fault.code).toBe('port.listFailed');
  });
});

describe('opening', () => {
  it('is 8N1, locked, at the speed asked for', async () => {
    const { port, link } = await opened();
    expect(port.openOptions).toMatchObject({
      path: '/dev/ttyUSB2',
      baudRate: 115200,
      dataBits: 8,
      parity: 'none',
      stopBits: 1,
      lock: true,
    });
    expect([link.path, link.baudRate, link.closed]).toEqual(['/dev/ttyUSB2', 115200, false]);
  });

  it('that fails says why', async () => {
    const { serial, binding } = bench();
    binding.openError = new Error('Error: Permission denied, cannot open /dev/ttyUSB2');
    const result = await serial.open('/dev/ttyUSB2', { baudRate: 9600 });
    expect(result.ok ? null : result.fault.code).toBe('port.forbidden');
  });

  it.each<[string | null, string]>([
    ['EACCES', 'port.forbidden'],
    ['EBUSY', 'port.busy'],
    ['ENOENT', 'port.notFound'],
    [null, 'port.failed'],
  ])('that fails in words of another language is told by the code %s', async (errno, code) => {
    const { serial, binding } = bench({ openErrno: async () => errno });
    binding.openError = new Error('Error: Keine Ahnung, cannot open /dev/ttyUSB2');
    const result = await serial.open('/dev/ttyUSB2', { baudRate: 9600 });
    expect(result.ok ? null : result.fault.code).toBe(code);
  });

  it('with an empty path is a fault', async () => {
    const { serial } = bench();
    const result = await serial.open('', { baudRate: 9600 });
    expect(result.ok ? null : result.fault.code).toBe('port.failed');
  });

  it('that takes too long is given up, and the port closed when it opens after all', async () => {
    const { serial, binding, clock } = bench();
    let open = () => {};
    binding.openGate = new Promise((resolve) => {
      open = resolve;
    });
    const opening = serial.open('COM7', { baudRate: 9600 });
    await clock.advance(10_000);
    const result = await opening;
    expect(result.ok ? null : result.fault.code).toBe('port.failed');
    open();
    await clock.settle();
    expect(binding.opened[0]?.isOpen).toBe(false);
  });
});

describe('an open port', () => {
  it('gives bytes as they come and takes bytes', async () => {
    const { port, link, bytes, clock } = await opened();
    port.arrive('\r\nO');
    await clock.settle();
    port.arrive('K\r\n\xff');
    await clock.settle();
    expect(bytes).toEqual(['\r\nO', 'K\r\n\xff']);
    expect(await link.write(Buffer.from('AT\r'))).toEqual({ ok: true, value: null });
    expect(port.written).toEqual(['AT\r']);
  });

  it('changes its speed', async () => {
    const { port, link } = await opened();
    expect(await link.setBaudRate(9600)).toEqual({ ok: true, value: null });
    expect(port.speeds).toEqual([9600]);
    expect(link.baudRate).toBe(9600);
  });

  it('that does not take a speed says so, and stays at the old one', async () => {
    const { port, link } = await opened();
    port.speedError = new Error('Error: Invalid argument setting custom baud rate of 921600');
    const set = await link.setBaudRate(921600);
    expect(set.ok ? null : set.fault).toMatchObject({
      code: 'port.failed',
      message: 'The port does not take this speed.',
    });
    expect([link.baudRate, link.closed]).toEqual([115200, false]);
  });

  it('gives up a change of speed that hangs, or that is overtaken by closing', async () => {
    const { port, link, clock } = await opened();
    port.speedHangs = true;
    const first = link.setBaudRate(9600);
    await clock.advance(1_000);
    const hung = await first;
    const second = link.setBaudRate(9600);
    await link.close();
    const closed = await second;
    expect([hung, closed].map((set) => (set.ok ? null : set.fault.code))).toEqual([
      'port.failed',
      'cancelled',
    ]);
  });

  it('is closed by us without a fault, once', async () => {
    const { port, link, ends } = await opened();
    await link.close();
    await link.close();
    expect(port.isOpen).toBe(false);
    expect(port.flushed).toBe(1);
    expect(ends).toEqual([null]);
    const written = await link.write(Buffer.from('AT\r'));
    expect(written.ok ? null : written.fault.code).toBe('cancelled');
  });

  it('tells a listener that comes late', async () => {
    const { link } = await opened();
    await link.close();
    const ends: unknown[] = [];
    link.onClosed((reason) => ends.push(reason));
    expect(ends).toEqual([null]);
  });

  it('that is unplugged while reading has vanished', async () => {
    const { port, link, ends, clock } = await opened();
    port.breakReading(new Error('bad file descriptor'));
    await clock.settle();
    expect(ends).toEqual(['port.vanished']);
    expect([link.closed, port.isOpen]).toEqual([true, false]);
    const written = await link.write(Buffer.from('AT\r'));
    expect(written.ok ? null : written.fault.code).toBe('port.vanished');
  });

  it('that is unplugged while writing has vanished', async () => {
    const { port, link, ends, clock } = await opened();
    port.writeError = Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
    const written = await link.write(Buffer.from('AT\r'));
    await clock.settle();
    expect(written.ok ? null : written.fault.code).toBe('port.vanished');
    expect(ends).toEqual(['port.vanished']);
    expect(port.isOpen).toBe(false);
  });

  it('ends a write that hangs when it is closed', async () => {
    const { port, link } = await opened();
    port.writeHangs = true;
    const writing = link.write(Buffer.from('AT\r'));
    await link.close();
    const written = await writing;
    expect(written.ok ? null : written.fault.code).toBe('cancelled');
  });

  it('is given up where closing hangs', async () => {
    const { port, link, clock } = await opened();
    port.closeHangs = true;
    const closing = link.close();
    expect(link.closed).toBe(true);
    await clock.advance(3_000);
    await closing;
  });

  it('has vanished when its path has, though reading goes on', async () => {
    let there = true;
    const { port, ends, clock } = await opened({ exists: async () => there });
    await clock.advance(5_000);
    expect(ends).toEqual([]);
    there = false;
    await clock.advance(1_000);
    expect(ends).toEqual(['port.vanished']);
    expect(port.isOpen).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const { link, clock } = await opened({ exists: async () => true });
    await link.close();
    await clock.settle();
    expect(clock.pending).toBe(0);
  });
});
