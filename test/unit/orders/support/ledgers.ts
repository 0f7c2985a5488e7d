import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../main/base/clock.ts';
import type { Ledger } from '../../../../main/orders/ledger/ledger.ts';
import {
  type OpenedLedger,
  type OpenLedgerOptions,
  openLedger,
} from '../../../../main/orders/ledger/openLedger.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'esim-bench-orders-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function mustOpen(options: OpenLedgerOptions): OpenedLedger {
  const opened = openLedger(options);
  if (!opened.ok)
    throw new Error(`${opened.fault.code}: ${opened.fault.message} ${opened.fault.details ?? ''}`);
  return opened.value;
}

/** A new ledger in a folder of its own. */
export function newLedger(clock: Clock = createFakeClock()): Ledger {
  return mustOpen({ path: join(temporaryFolder(), 'ledger.sqlite'), clock }).ledger;
}

/** The value of a result that must be one. */
export function must<T>(
  result: { ok: true; value: T } | { ok: false; fault: { code: string; message: string; details?: string } },
): T {
  if (!result.ok)
    throw new Error(`${result.fault.code}: ${result.fault.message} ${result.fault.details ?? ''}`);
  return result.value;
}
