import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openLedger } from '../../main/orders/ledger/openLedger.ts';
import { COLUMNS, valuesOf } from '../../main/orders/ledger/rows.ts';
import { draftOf, type Intent } from '../../main/orders/record.ts';
import type { Benchmark } from './row.ts';
import { median } from './support/modems.ts';

const INTENTS = 500;
const ROUNDS = 9;

const INTENT: Intent = {
  target: { kind: 'matchingId' },
  device: null,
  account: { provider: 'twilio', accountSid: `AC${'0'.repeat(32)}`, endpoint: 'https://supersim.twilio.com' },
  callback: null,
  orderAnother: false,
  replaces: null,
};

/** Writes one intent; `n` is its number. */
type Write = (n: number) => void;

/** As the bench writes it: one durable transaction, with its line of history. */
function asIntent(path: string): Write {
  const opened = openLedger({ path });
  if (!opened.ok) throw new Error(opened.fault.message);
  return (n) => {
    const written = opened.value.ledger.write(draftOf(`order-${n}`, INTENT, n));
    if (!written.ok) throw new Error(written.fault.message);
  };
}

/** The same rows by bare SQLite, in two tables without any index, check or trigger; with the same settings as the ledger. */
function asBareInsert(path: string): Write {
  const database = new Database(path);
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'fullfsync = ON']) {
    database.exec(`PRAGMA ${setting}`);
  }
  database.exec(`CREATE TABLE orders (number INTEGER PRIMARY KEY, ${COLUMNS.join(', ')})`);
  database.exec('CREATE TABLE history (number INTEGER PRIMARY KEY, order_id, at, status, note)');
  const places = COLUMNS.map(() => '?').join(', ');
  const order = database.prepare(`INSERT INTO orders (${COLUMNS.join(', ')}) VALUES (${places})`);
  const line = database.prepare('INSERT INTO history (order_id, at, status, note) VALUES (?, ?, ?, ?)');
  // What to write is there before the clock runs: making it of an order is the ledger's work.
  const rows = Array.from({ length: INTENTS }, (_, n) => valuesOf(draftOf(`order-${n}`, INTENT, n)));
  return (n) => {
    database.exec('BEGIN IMMEDIATE');
    order.run(rows[n] ?? []);
    line.run([`order-${n}`, n, 'draft', 'Written down.']);
    database.exec('COMMIT');
  };
}

/**
 * Both write by turns, one intent each, so that what the disk does meanwhile falls on both; each goes first as often. A round is long
 * enough for the checkpoints of both. Gives how many of each are written in a second.
 */
function round(ours: Write, bare: Write): { readonly ours: number; readonly bare: number } {
  let oursMs = 0;
  let bareMs = 0;
  for (let n = 0; n < INTENTS; n++) {
    if (n % 2 === 0) {
      oursMs += took(ours, n);
      bareMs += took(bare, n);
    } else {
      bareMs += took(bare, n);
      oursMs += took(ours, n);
    }
  }
  return { ours: (INTENTS / oursMs) * 1_000, bare: (INTENTS / bareMs) * 1_000 };
}

function took(write: Write, n: number): number {
  const started = performance.now();
  write(n);
  return performance.now() - started;
}

const benchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    for (let number = 0; number < ROUNDS; number++) {
      const rates = round(
        asIntent(join(folder, `ledger-${number}.sqlite`)),
        asBareInsert(join(folder, `bare-${number}.sqlite`)),
      );
      ours.push(rates.ours);
      bare.push(rates.bare);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    {
      name: 'durable intents',
      value: median(ours),
      unit: 'per second',
      against: { name: 'bare SQLite inserts', value: median(bare) },
      bar: { atLeast: 0.8 },
    },
  ];
};
export default benchmark;
