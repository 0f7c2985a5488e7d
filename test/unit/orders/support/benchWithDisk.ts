import { join } from 'node:path';
import Database from 'libsql';
import { OrderDesk } from '../../../../main/orders/orderDesk.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { wish } from './bench.ts';
import { must, mustOpen, temporaryFolder } from './ledgers.ts';
import { ACCOUNT } from './profiles.ts';
import { ScriptedProvider } from './scriptedProvider.ts';

/** A desk whose disk can be filled and emptied. */
export function benchWithDisk() {
  const clock = createFakeClock();
  const provider = new ScriptedProvider(clock);
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const connections: Database.Database[] = [];
  const { ledger } = mustOpen({
    path,
    clock,
    connect: (file) => {
      const connection = new Database(file);
      if (file === path) connections.push(connection);
      return connection;
    },
  });
  const faults: (string | null)[] = [];
  const desk = new OrderDesk({
    ledger,
    clock,
    random: () => 0.5,
    watchMs: 3_600_000,
    provider: () => provider,
    onChange: () => undefined,
    onLedgerFault: (fault) => faults.push(fault?.code ?? null),
  });
  provider.observe = (observation) => desk.providerSeen(ACCOUNT, observation);
  // An update of a row needs no new page, so a full disk is played by a file that may only be read.
  const disk = (full: boolean) => connections.at(-1)?.exec(`PRAGMA query_only = ${full ? 'ON' : 'OFF'}`);
  return {
    clock,
    path,
    provider,
    desk,
    faults,
    fill: () => disk(true),
    clear: () => disk(false),
    orders: () => must(desk.list()),
    activation: (id: string) => must(desk.get(id)).activation,
    async place(given = wish()) {
      const placing = desk.place(given);
      await clock.advance(1_000);
      return placing;
    },
  };
}
