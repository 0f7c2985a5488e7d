import type { AtDialogue } from '../../../main/at/dialogue.ts';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { systemClock } from '../../../main/base/clock.ts';
import { createDemoBinding, type DemoBinding } from '../../../main/demo/serial/demoBinding.ts';
import type { ByteLink } from '../../../main/serial/byteLink.ts';
import { createSerial } from '../../../main/serial/serialPorts.ts';

const BAUD_RATE = 115200;

/** Bytes over a link, both ways. */
export interface Traffic {
  sent: number;
  received: number;
}

/** Opens a port of the demo's USB and counts what passes over it. */
export async function openCounted(
  usb: DemoBinding,
  path: string,
  onCommand: (command: string) => void = () => undefined,
): Promise<{ dialogue: AtDialogue; traffic: Traffic; onBytes: ByteLink['onBytes'] }> {
  const opened = await createSerial(usb.binding, { clock: systemClock }).open(path, { baudRate: BAUD_RATE });
  if (!opened.ok) throw new Error(opened.fault.message);
  const link = opened.value;
  const traffic: Traffic = { sent: 0, received: 0 };
  link.onBytes((bytes) => {
    traffic.received += bytes.length;
  });
  const counted: ByteLink = {
    path: link.path,
    baudRate: link.baudRate,
    get closed() {
      return link.closed;
    },
    write(bytes) {
      traffic.sent += bytes.length;
      onCommand(Buffer.from(bytes).toString('latin1').trimEnd());
      return link.write(bytes);
    },
    setBaudRate: (baudRate) => link.setBaudRate(baudRate),
    onBytes: (listener) => link.onBytes(listener),
    onClosed: (listener) => link.onClosed(listener),
    close: () => link.close(),
  };
  return {
    dialogue: openAtDialogue(counted, { clock: systemClock }),
    traffic,
    onBytes: (listener) => link.onBytes(listener),
  };
}

/** A USB with one modem of a make on it; gives the path of the port that answers AT. */
export function plugIn(latency: number): { usb: DemoBinding; path: string } {
  const usb = createDemoBinding({ clock: systemClock, latency });
  const device = usb.plug('generic-reader');
  const path = device.paths[0];
  if (path === undefined) throw new Error('The modem has no port.');
  return { usb, path };
}

/** Sends commands one after another as plainly as can be: the modem's own answering time, with nothing of ours in it. */
export async function replay(usb: DemoBinding, path: string, commands: readonly string[]): Promise<number> {
  const port = await usb.binding.open({ path, baudRate: BAUD_RATE });
  const started = performance.now();
  for (const command of commands) {
    await port.write(Buffer.from(`${command}\r`, 'latin1'));
    let answer = '';
    while (!/\r\n(OK|ERROR|\+CME ERROR:[^\r]*)\r\n$/.test(answer)) {
      const buffer = Buffer.alloc(1_024);
      const { bytesRead } = await port.read(buffer, 0, buffer.length);
      answer += buffer.toString('latin1', 0, bytesRead);
    }
  }
  const elapsed = performance.now() - started;
  await port.close();
  return elapsed;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
