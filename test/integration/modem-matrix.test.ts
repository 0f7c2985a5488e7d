import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChipChange, ChipPart } from '../../contract/chip.ts';
import type { FaultCode } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Bench } from '../../main/bench/bench.ts';
import { changeOnChip } from '../../main/bench/changeOnChip.ts';
import { type PortSession, withPortSession } from '../../main/bench/openSession.ts';
import { composeBench } from '../../main/compose.ts';
import { createMake, MAKE_NAMES, type MakeName } from '../../main/demo/modem/makes.ts';
import type { VirtualModem } from '../../main/demo/modem/virtualModem.ts';
import { createSessionVault } from '../../main/vault/sessionVault.ts';
import { type ModemServer, startModemServer } from '../support/modemServer.ts';
import { openTty, type Tty } from '../support/tty.ts';

const EID = '89044011112233441122334411223321';
const FIRST = '89883070000051100018';
const SECOND = '89883070000052200015';

/** What a make cannot do, and what is said then; all others can do everything. */
const CANNOT: Partial<Record<MakeName, { readonly eid?: FaultCode; readonly chip?: FaultCode }>> = {
  'vendor-only': { chip: 'modem.refused' },
  // Its own LPA has the ISD-R; the fault says how to turn it off.
  'quectel-rg650e': { chip: 'euicc.refused' },
  'no-sim': { eid: 'sim.missing' },
  'plain-sim': { eid: 'euicc.none' },
  'refusing-euicc': { eid: 'euicc.refused' },
  'sim-puk': { eid: 'sim.puk' },
  'silent-port': { eid: 'modem.noAnswer' },
  'nmea-talker': { eid: 'modem.noAnswer' },
};
/** Parts that a card does not give; of all others none is missing. */
const MISSING: Partial<Record<MakeName, readonly ChipPart[]>> = { 'busy-euicc': ['notifications'] };
/** Locked until their PIN is entered, which is done first. */
const PINS: Partial<Record<MakeName, string>> = { 'sim-pin': '1234' };

/** A tty that comes back, at its path, after the modem behind it has restarted, as the system's own do. */
async function lastingTty(server: ModemServer, path: string): Promise<{ close(): Promise<void> }> {
  let isWanted = true;
  let tty: Tty = await openTty(server.tcpPort, path);
  const keep = (async () => {
    while (isWanted) {
      await tty.gone;
      if (!isWanted) return;
      await tty.close();
      await openTty(server.tcpPort, path).then(
        (next) => {
          tty = next;
        },
        // It is not back yet.
        () => new Promise((resolve) => setTimeout(resolve, 50)),
      );
    }
  })();
  return {
    async close() {
      isWanted = false;
      await tty.close();
      await keep;
    },
  };
}

describe.each(MAKE_NAMES)('on a real tty, %s', { timeout: 60_000 }, (name) => {
  const cannot = CANNOT[name] ?? {};
  let folder: string;
  let bench: Bench;
  let modem: VirtualModem;
  let server: ModemServer;
  let tty: { close(): Promise<void> };
  let path: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'matrix-'));
    bench = composeBench({ dataDir: folder, vault: createSessionVault() });
    modem = createMake(name, {
      clock: systemClock,
      latency: 0,
      eid: EID,
      profiles: [
        { iccid: FIRST, enabled: true, profileName: 'First' },
        { iccid: SECOND, profileName: 'Second' },
      ],
    });
    server = await startModemServer(modem);
    path = join(folder, 'ttyUSB0');
    tty = await lastingTty(server, path);
  });
  afterAll(async () => {
    await tty.close();
    await server.close();
    await bench.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the port anew, as each command of the CLI does, and reads the EID first. */
  const session = <T>(work: (session: PortSession) => Promise<Result<T>>) =>
    withPortSession(
      {
        serial: bench.serial,
        tools: bench.modemTools,
        clock: systemClock,
        path,
        baudRate: 115_200,
        signal: AbortSignal.timeout(50_000),
        step: () => undefined,
      },
      async (open) => {
        const pin = PINS[name];
        if (pin !== undefined && open.identified.simState === 'SIM PIN') {
          const unlocked = await open.tools.unlockSim(open.dialogue, open.identified, { pin });
          if (!unlocked.ok) return unlocked;
        }
        const eid = await open.readEid();
        return eid.ok ? work(open) : eid;
      },
    );
  const readChip = () =>
    session((open) =>
      open.tools.readChip(open.dialogue, open.identified, { memory: open.identified.memory }),
    );
  const change = (wanted: ChipChange) => session((open) => changeOnChip(open, wanted, EID));
  const codeOf = (result: Result<unknown>) => (result.ok ? null : result.fault.code);

  it(`EID: ${cannot.eid ?? 'read'}`, async () => {
    const result = await session((open) => open.readEid());
    expect(codeOf(result)).toBe(cannot.eid ?? null);
    if (result.ok) expect(result.value).toMatchObject({ value: EID, valid: true });
  });

  const chipFault = cannot.eid ?? cannot.chip;

  it(`chip: ${chipFault ?? 'read whole'}`, async () => {
    const result = await readChip();
    expect(codeOf(result)).toBe(chipFault ?? null);
    if (result.ok) {
      expect(result.value.missing.map(({ part }) => part)).toEqual(MISSING[name] ?? []);
      expect(result.value.info?.svn).toMatch(/^\d+\.\d+\.\d+$/);
      if (name !== 'busy-euicc') expect(result.value.info?.freeNonVolatileBytes).toBeGreaterThan(0);
      expect(result.value.addresses).not.toBeNull();
    }
  });

  it(`profiles: ${chipFault ?? 'listed with their states'}`, async () => {
    const result = await readChip();
    expect(codeOf(result)).toBe(chipFault ?? null);
    if (result.ok) {
      expect(result.value.profiles?.map(({ iccid, state, name: own }) => [iccid, state, own])).toEqual([
        [FIRST, 'enabled', 'First'],
        [SECOND, 'disabled', 'Second'],
      ]);
    }
  });

  it(`enable: ${chipFault ?? 'proven by state and by the ICCID that the modem uses'}`, async () => {
    const result = await change({ kind: 'enable', iccid: SECOND });
    expect(codeOf(result)).toBe(chipFault ?? null);
    if (result.ok) {
      expect(result.value.iccid).toBe(SECOND);
      const card = modem.slots.find((slot) => slot !== null && slot.openChannels.length === 0);
      expect(card).toBeDefined();
    }
  });

  it(`disable: ${chipFault ?? 'proven by its state'}`, async () => {
    const result = await change({ kind: 'disable', iccid: SECOND });
    expect(codeOf(result)).toBe(chipFault ?? null);
    if (result.ok) expect(result.value.chip.profiles?.every(({ state }) => state === 'disabled')).toBe(true);
  });

  it('is left with its port closed', async () => {
    const opened = await bench.serial.open(path, { baudRate: 115_200 });
    expect(codeOf(opened)).toBe(null);
    if (opened.ok) await opened.value.close();
  });
});
