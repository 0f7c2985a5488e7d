import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import type { Port } from '../../../contract/port.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { createPortWatcher, type PortsEvent } from '../../../main/serial/portWatcher.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const port = (path: string, more: Partial<Port> = {}): Port => ({
  path,
  manufacturer: null,
  product: null,
  serialNumber: null,
  locationId: null,
  vendorId: null,
  productId: null,
  interfaceNumber: null,
  ...more,
});

function bench() {
  const clock = createFakeClock();
  const computer: { answer: Result<Port[]>; lists: number; delayMs: number } = {
    answer: ok([]),
    lists: 0,
    delayMs: 0,
  };
  const watcher = createPortWatcher(
    {
      async list() {
        computer.lists += 1;
        const { answer, delayMs } = computer;
        if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
        return answer;
      },
    },
    { clock },
  );
  const events: string[] = [];
  watcher.onEvent((event) => events.push(shown(event)));
  return { clock, computer, watcher, events };
}

function shown(event: PortsEvent): string {
  if (event.kind === 'failed') return `failed ${event.fault.details}`;
  const paths = (ports: readonly Port[]) => ports.map(({ path }) => path).join(',');
  return `${paths(event.ports)} +${paths(event.arrived)} -${paths(event.removed)}`;
}

describe('watching the ports', () => {
  it('tells the first list, even an empty one', async () => {
    const { watcher, events, clock } = bench();
    watcher.start();
    await clock.settle();
    expect(events).toEqual([' + -']);
  });

  it('tells arrivals and removals within two seconds, and nothing in between', async () => {
    const { watcher, events, clock, computer } = bench();
    watcher.start();
    await clock.advance(5_000);
    computer.answer = ok([port('/dev/ttyUSB0'), port('/dev/ttyUSB1')]);
    await clock.advance(2_000);
    expect(events).toEqual([' + -', '/dev/ttyUSB0,/dev/ttyUSB1 +/dev/ttyUSB0,/dev/ttyUSB1 -']);
    computer.answer = ok([port('/dev/ttyUSB1')]);
    await clock.advance(2_000);
    expect(events[2]).toBe('/dev/ttyUSB1 + -/dev/ttyUSB0');
    await clock.advance(10_000);
    expect(events.length).toBe(3);
    expect(watcher.ports.map(({ path }) => path)).toEqual(['/dev/ttyUSB1']);
  });

  it('sees that another device has the same path', async () => {
    const { watcher, events, clock, computer } = bench();
    computer.answer = ok([port('COM7', { serialNumber: 'a' })]);
    watcher.start();
    await clock.settle();
    computer.answer = ok([port('COM7', { serialNumber: 'b' })]);
    await clock.advance(1_000);
    expect(events[1]).toBe('COM7 +COM7 -COM7');
  });

  it('tells a failure once, goes on, and takes nothing for removed meanwhile', async () => {
    const { watcher, events, clock, computer } = bench();
    computer.answer = ok([port('/dev/a')]);
    watcher.start();
    await clock.settle();
    computer.answer = fail(fault('port.listFailed', { details: 'no udevadm' }));
    await clock.advance(10_000);
    expect(events.slice(1)).toEqual(['failed no udevadm']);
    computer.answer = fail(fault('port.listFailed', { details: 'exit code 1' }));
    await clock.advance(10_000);
    expect(events.slice(2)).toEqual(['failed exit code 1']);
    computer.answer = ok([port('/dev/a')]);
    await clock.advance(1_000);
    expect(events.slice(3)).toEqual(['/dev/a + -']);
  });

  it('lists again when asked to, and tells it though nothing has changed', async () => {
    const { watcher, events, clock, computer } = bench();
    computer.answer = ok([port('/dev/a')]);
    watcher.start();
    await clock.settle();
    const lists = computer.lists;
    await watcher.rescan();
    expect(computer.lists).toBe(lists + 1);
    expect(events.length).toBe(2);
  });

  it('lists for a rescan that comes while a list is on its way, and never two at once', async () => {
    const { watcher, clock, computer } = bench();
    computer.delayMs = 400;
    watcher.start();
    await clock.advance(100);
    const rescans = [watcher.rescan(), watcher.rescan()];
    expect(computer.lists).toBe(1);
    await clock.advance(2_000);
    await Promise.all(rescans);
    expect(computer.lists).toBe(3);
  });

  it('stops, and starts again', async () => {
    const { watcher, clock, computer } = bench();
    watcher.start();
    watcher.start();
    await clock.advance(3_500);
    watcher.stop();
    const lists = computer.lists;
    expect(lists).toBe(4);
    await clock.advance(10_000);
    expect(computer.lists).toBe(lists);
    expect(clock.pending).toBe(0);
    watcher.start();
    await clock.advance(1_000);
    expect(computer.lists).toBe(lists + 2);
  });
});
