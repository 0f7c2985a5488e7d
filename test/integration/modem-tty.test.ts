import { access } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { createMake } from '../../main/demo/modem/makes.ts';
import { startModemServer } from '../support/modemServer.ts';
import { openTty, type Tty } from '../support/tty.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** An EM05-G behind a real tty. */
async function bench() {
  const modem = createMake('quectel-em05-g', { clock: systemClock, latency: 0 });
  const server = await startModemServer(modem);
  cleanups.push(() => server.close());
  const join = async (): Promise<Tty> => {
    const tty = await openTty(server.tcpPort);
    cleanups.push(() => tty.close());
    return tty;
  };
  return { modem, join, tty: await join() };
}

/** serialport itself, with the operating system's binding. */
async function open(path: string) {
  const port = new SerialPort({ path, baudRate: 115200, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  let text = '';
  let isClosed = false;
  port.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  port.on('error', () => undefined);
  port.on('close', () => {
    isClosed = true;
  });
  const close = () => new Promise<void>((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
  cleanups.push(close);
  return { port, text: () => text, isClosed: () => isClosed, close };
}

describe('a virtual modem on a real tty', () => {
  it('carries a whole EID dialogue to serialport itself', async () => {
    const { tty } = await bench();
    const { port, text } = await open(tty.path);
    for (const line of [
      'ATE0',
      'AT+CCHO="A0000005591010FFFFFFFF8900000100"',
      'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
      'AT+CCHC=1',
    ])
      port.write(`${line}\r`);
    await expect.poll(() => text().match(/OK/g)?.length).toBe(4);
    expect(text()).toContain('+CGLA: 46,"BF3E125A10890440111122334411223344112233219000"');
  });

  it('can be opened again and again', async () => {
    const { tty } = await bench();
    for (let time = 0; time < 3; time += 1) {
      const { port, text, close } = await open(tty.path);
      port.write('AT\r');
      await expect.poll(text).toContain('OK');
      await close();
    }
  });

  it('goes away with the modem, at any byte, and a new one is there after it is plugged in again', async () => {
    const { modem, join, tty } = await bench();
    const first = await open(tty.path);
    modem.harmStream({ direction: 'out', at: 6, what: { kind: 'unplug' } });
    first.port.write('AT+CGMI\r');
    await tty.gone;
    await expect.poll(first.isClosed).toBe(true);
    expect('AT+CGM').toContain(first.text());
    await expect(access(tty.path)).rejects.toMatchObject({ code: 'ENOENT' });

    modem.plugIn();
    const again = await open((await join()).path);
    again.port.write('AT\r');
    await expect.poll(again.text).toContain('OK');
  });

  it('is not there where nothing listens', async () => {
    await expect(openTty(1)).rejects.toThrow(/no tty at/);
  });
});
