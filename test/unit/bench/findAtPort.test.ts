import { describe, expect, it } from 'vitest';
import { type Fault, fault } from '../../../contract/fault.ts';
import type { Port } from '../../../contract/port.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { probePort } from '../../../main/at/probePort.ts';
import {
  candidateOf,
  type FoundAtPort,
  findAtPort,
  type PortCandidate,
} from '../../../main/bench/findAtPort.ts';
import { probeAt } from '../../../main/modem/probeAt.ts';
import type { PortRole } from '../../../main/serial/portRoles.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { answer, type Reply, type ScriptedLink, scriptedLink } from '../support/scriptedLink.ts';
import { createFakeModems } from './support/fakeModems.ts';

interface FakePort {
  readonly reply?: Reply;
  readonly baudRate?: number;
  readonly openFault?: Fault;
  readonly says?: string;
}

/** Ports whose modem answers every command alike. */
function bench(ports: Readonly<Record<string, FakePort>>) {
  const clock = createFakeClock();
  const links = new Map<string, ScriptedLink>();
  const opened: string[] = [];
  const serial = {
    list: () => Promise.resolve(ok([])),
    async open(path: string) {
      opened.push(path);
      const { reply = null, baudRate, openFault, says } = ports[path] ?? {};
      if (openFault !== undefined) return fail(openFault);
      const modem = scriptedLink({
        clock,
        script: () => reply,
        ...(baudRate === undefined ? {} : { baudRate }),
      });
      if (says !== undefined) clock.after(50, () => modem.say(says));
      links.set(path, modem);
      return ok({
        ...modem.link,
        path,
        get baudRate() {
          return modem.link.baudRate;
        },
        get closed() {
          return modem.link.closed;
        },
      });
    },
  };
  const tools = {
    ...createFakeModems().tools,
    openDialogue: (link: Parameters<typeof openAtDialogue>[0]) => openAtDialogue(link, { clock }),
    probePort: (
      link: Parameters<typeof probePort>[0],
      options: { speeds: readonly number[]; patient: boolean; signal: AbortSignal },
    ) => probePort(link, { ...options, clock }),
    probe: probeAt,
  };
  const stillOpen = () => [...links].filter(([, { link }]) => !link.closed).map(([path]) => path);
  return { clock, serial, tools, opened, links, stillOpen };
}

type Bench = ReturnType<typeof bench>;

const candidate = (path: string, role: PortRole, more: Partial<PortCandidate> = {}): PortCandidate => ({
  path,
  role,
  speedMatters: false,
  named: false,
  ...more,
});

async function find(
  at: Bench,
  candidates: readonly PortCandidate[],
  signal = new AbortController().signal,
): Promise<{ result: Result<FoundAtPort>; elapsedMs: number }> {
  const before = at.clock.monotonic();
  let elapsedMs: number | null = null;
  const work = findAtPort(at.serial, at.tools, candidates, {
    baudRate: 115200,
    clock: at.clock,
    signal,
  }).then((result) => {
    elapsedMs = at.clock.monotonic() - before;
    return result;
  });
  await untilDone(at.clock, () => elapsedMs !== null);
  return { result: await work, elapsedMs: elapsedMs ?? Number.NaN };
}

async function untilDone(clock: FakeClock, done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !done(); turn += 1) await clock.advance(clock.nextIn ?? 0);
}

const pathOf = (result: Result<FoundAtPort>) => (result.ok ? result.value.dialogue.path : result.fault.code);
const OK = answer('OK');
const late = (afterMs: number): Reply => ({ text: OK, afterMs });

describe('finding the port to talk on', () => {
  it('opens no port that is known to be for something else while another answers', async () => {
    const at = bench({ a: { reply: OK }, b: { reply: OK }, c: { reply: OK }, d: { reply: OK } });
    const ports = [
      candidate('a', 'diag'),
      candidate('b', 'nmea'),
      candidate('c', 'at'),
      candidate('d', 'ppp'),
    ];
    const { result } = await find(at, ports);
    expect(pathOf(result)).toBe('c');
    expect(at.opened).toEqual(['c']);
  });

  it.each<[string, readonly PortCandidate[], string]>([
    ['the primary', [candidate('slow', 'at'), candidate('fast', 'atSecondary')], 'slow'],
    [
      'the secondary over what is unknown',
      [candidate('slow', 'atSecondary'), candidate('fast', 'unknown')],
      'slow',
    ],
    [
      'of two alike the first that answers',
      [candidate('slow', 'unknown'), candidate('fast', 'unknown')],
      'fast',
    ],
  ])('prefers %s, and closes the other', async (_, ports, expected) => {
    const at = bench({ slow: { reply: late(900) }, fast: { reply: late(10) } });
    const { result } = await find(at, ports);
    expect(pathOf(result)).toBe(expected);
    expect(at.stillOpen()).toEqual([expected]);
  });

  it('does not wait long for a better one', async () => {
    const at = bench({ silent: {}, fast: { reply: late(10) } });
    const { result, elapsedMs } = await find(at, [
      candidate('silent', 'at'),
      candidate('fast', 'atSecondary'),
    ]);
    expect(pathOf(result)).toBe('fast');
    expect(elapsedMs).toBeLessThan(2_000);
    expect(at.stillOpen()).toEqual(['fast']);
  });

  it('waits five seconds and more for a known AT port', async () => {
    const at = bench({ a: { reply: late(5_500) } });
    const { result } = await find(at, [candidate('a', 'at')]);
    expect(pathOf(result)).toBe('a');
  });

  it.each([false, true])(
    'gives silent ports up after two seconds, however many (on a UART: %s)',
    async (speedMatters) => {
      const names = ['a', 'b', 'c', 'd'];
      const at = bench({});
      const { result, elapsedMs } = await find(
        at,
        names.map((name) => candidate(name, 'unknown', { speedMatters })),
      );
      expect(pathOf(result)).toBe('modem.noAnswer');
      expect(elapsedMs).toBeLessThanOrEqual(2_000);
      expect(at.stillOpen()).toEqual([]);
    },
  );

  it.each([9600, 57600, 921600])('finds a UART modem at %i, and says so', async (baudRate) => {
    const at = bench({ a: { reply: late(20), baudRate } });
    const { result } = await find(at, [candidate('a', 'unknown', { speedMatters: true })]);
    expect(result.ok && result.value.baudRate).toBe(baudRate);
  });

  it('waits longer on a port that a person named', async () => {
    const at = bench({ a: { reply: late(4_000) } });
    const { result } = await find(at, [candidate('a', 'unknown', { named: true })]);
    expect(pathOf(result)).toBe('a');
  });

  it('finds the speed of a UART modem on a port that a person named', async () => {
    const at = bench({ a: { reply: late(20), baudRate: 9600 } });
    const { result } = await find(at, [candidate('a', 'unknown', { named: true, speedMatters: true })]);
    expect(result.ok && result.value.baudRate).toBe(9600);
  });

  it('tries the others once nothing else answers, listening first', async () => {
    const at = bench({ a: {}, ppp: { reply: OK }, gps: { says: '$GPGGA,092750.000,5321.6802,N*76\r\n' } });
    const { result } = await find(at, [
      candidate('a', 'unknown'),
      candidate('ppp', 'ppp'),
      candidate('gps', 'nmea'),
    ]);
    expect(pathOf(result)).toBe('ppp');
    expect(at.links.get('gps')?.sent).toEqual([]);
    expect(at.stillOpen()).toEqual(['ppp']);
  });

  it('leaves them alone where another program holds the AT port', async () => {
    const at = bench({ a: { openFault: fault('port.busy') }, ppp: { reply: OK } });
    const { result } = await find(at, [candidate('a', 'at'), candidate('ppp', 'ppp')]);
    expect(pathOf(result)).toBe('port.busy');
    expect(at.opened).toEqual(['a']);
  });

  it.each([0, 300, 3_000])('is cancelled after %i ms, and holds no port then', async (afterMs) => {
    const at = bench({});
    const abort = new AbortController();
    if (afterMs === 0) abort.abort();
    else at.clock.after(afterMs, () => abort.abort());
    const { result, elapsedMs } = await find(
      at,
      [candidate('a', 'at'), candidate('b', 'unknown')],
      abort.signal,
    );
    expect(pathOf(result)).toBe('cancelled');
    expect(elapsedMs).toBe(afterMs);
    expect(at.stillOpen()).toEqual([]);
  });

  it('without a port there is none', async () => {
    const { result } = await find(bench({}), []);
    expect(pathOf(result)).toBe('port.notFound');
  });
});

describe('a port as a candidate', () => {
  const port: Port = {
    path: '/dev/ttyUSB2',
    manufacturer: null,
    product: null,
    serialNumber: null,
    locationId: null,
    vendorId: '2c7c',
    productId: '0125',
    interfaceNumber: 2,
  };
  it.each<[string, Port | null, PortCandidate]>([
    ['known', port, candidate('x', 'at')],
    [
      'on a UART bridge',
      { ...port, vendorId: '0403', productId: '6001' },
      candidate('x', 'unknown', { speedMatters: true }),
    ],
    ['not listed', null, candidate('x', 'unknown', { speedMatters: true })],
  ])('%s', (_, listed, expected) => {
    expect(candidateOf('x', listed, false)).toEqual(expected);
  });
});
