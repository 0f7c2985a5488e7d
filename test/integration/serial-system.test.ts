import { afterEach, describe, expect, it } from 'vitest';
import type { Result } from '../../contract/result.ts';
import { openAtDialogue } from '../../main/at/openDialogue.ts';
import { probePort } from '../../main/at/probePort.ts';
import { systemClock } from '../../main/base/clock.ts';
import { createMake } from '../../main/demo/modem/makes.ts';
import { identify } from '../../main/modem/identify.ts';
import { probeAt } from '../../main/modem/probeAt.ts';
import { readEid } from '../../main/modem/readEid.ts';
import type { ByteLink } from '../../main/serial/byteLink.ts';
import { speedsToTry } from '../../main/serial/speeds.ts';
import { createSystemSerial } from '../../main/serial/systemSerial.ts';
import { startModemServer } from '../support/modemServer.ts';
import { openTty } from '../support/tty.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const serial = createSystemSerial(systemClock);
const SPEED = { baudRate: 115200 };

async function modemOnTty() {
  const modem = createMake('simcom-a7908e', { clock: systemClock, latency: 0 });
  const server = await startModemServer(modem);
  cleanups.push(() => server.close());
  const tty = await openTty(server.tcpPort);
  cleanups.push(() => tty.close());
  return { modem, tty };
}

async function opened(path: string): Promise<ByteLink> {
  const link = await serial.open(path, SPEED);
  if (!link.ok) throw new Error(`${link.fault.code} ${link.fault.details}`);
  cleanups.push(() => link.value.close());
  return link.value;
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.fault.code);

describe("the operating system's own serial ports", () => {
  it('carry the whole reading of an EID', async () => {
    const { tty } = await modemOnTty();
    const dialogue = openAtDialogue(await opened(tty.path), { clock: systemClock });
    const identified = await identify(dialogue);
    if (!identified.ok) throw new Error(identified.fault.code);
    const read = await readEid(dialogue, identified.value);
    expect(read.ok && read.value.eid).toMatchObject({
      value: '89049032123451234512345678901235',
      via: 'cgla',
    });
    expect(dialogue.commandsSent).toBe(11);
    await dialogue.close();
    expect(codeOf(await serial.open(tty.path, SPEED))).toBe('ok');
  });

  it('are probed at other speeds, and talked on after it', async () => {
    const { tty } = await modemOnTty();
    const link = await opened(tty.path);
    expect(await link.setBaudRate(9600)).toEqual({ ok: true, value: null });
    expect(link.baudRate).toBe(9600);
    const probed = await probePort(link, { clock: systemClock, speeds: speedsToTry(true) });
    expect(probed.ok && probed.value).toEqual({ kind: 'at', baudRate: 115200, answersOwed: false });
    const dialogue = openAtDialogue(link, { clock: systemClock });
    const identified = await identify(dialogue);
    expect(identified.ok && identified.value.identity.model).toBe('A7908E');
  });

  it('are opened by one at a time, and again once closed', async () => {
    const { tty } = await modemOnTty();
    const first = await opened(tty.path);
    expect(codeOf(await serial.open(tty.path, SPEED))).toBe('port.busy');
    await first.close();
    await opened(tty.path);
  });

  it('vanish under a command that is under way', async () => {
    const { modem, tty } = await modemOnTty();
    const dialogue = openAtDialogue(await opened(tty.path), { clock: systemClock });
    expect(codeOf(await probeAt(dialogue))).toBe('ok');
    modem.harmStream({ direction: 'out', at: 40, what: { kind: 'unplug' } });
    const result = await dialogue.send('AT+CGMR');
    const after = await dialogue.send('AT+CGMR');
    expect([codeOf(result), codeOf(after)]).toContain('port.vanished');
    expect(dialogue.closed).toBe(true);
  });

  it.each([
    ['/dev/there-is-no-such-port', 'port.notFound'],
    ['/dev/null', 'port.failed'],
    ['/dev', 'port.failed'],
  ])('%s: %s', async (path, code) => {
    expect(codeOf(await serial.open(path, SPEED))).toBe(code);
  });

  it('are listed, or it is a fault that they cannot be', async () => {
    const listed = await serial.list();
    if (listed.ok) for (const { path } of listed.value) expect(path).not.toBe('');
    else expect(listed.fault.code).toBe('port.listFailed');
  });
});
