import { join } from 'node:path';
import type { NamedAccount } from '../../contract/account.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { type Account, accountIdOf } from '../../contract/providerTable.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { BenchState } from '../../contract/state.ts';
import type { Clock } from '../base/clock.ts';
import { openLedger } from '../orders/ledger/openLedger.ts';
import { OrderDesk } from '../orders/orderDesk.ts';
import { type AccountRef, accountKey } from '../orders/record.ts';
import type { DeskStep } from '../orders/steps.ts';
import type { PortsEvent, PortWatcher } from '../serial/portWatcher.ts';
import type { Serial } from '../serial/serial.ts';
import type { Vault } from '../vault/vault.ts';
import { AccountDesk, type MakeProvider } from './accountDesk.ts';
import type { AtLog } from './atLog.ts';
import { DeviceDesk } from './deviceDesk.ts';
import type { DeviceHistory } from './deviceHistory.ts';
import type { ModemTools } from './modemTools.ts';
import type { Preferences } from './preferences.ts';
import type { ModemMemoryStore } from './readDevice.ts';
import { StateStore } from './stateStore.ts';

export interface BenchParts {
  readonly app: BenchState['app'];
  readonly clock: Clock;
  readonly serial: Serial;
  readonly watcher: PortWatcher;
  readonly modemTools: ModemTools;
  readonly memory: ModemMemoryStore;
  readonly history: DeviceHistory;
  readonly vault: Vault;
  readonly makeProvider: MakeProvider;
  readonly preferences: Preferences;
  readonly atLog: AtLog;
  /** Called at each named moment of an order's way; for tests that end the process there. */
  readonly onOrderStep?: (step: DeskStep) => void;
  /** Something went wrong that should not. */
  readonly onError?: (error: unknown) => void;
}

/** Where the ledger is in a data folder. */
export const LEDGER_FILE = 'ledger.sqlite';

/** All of it at work: devices, orders and account over one published state. */
export class Bench {
  readonly clock: Clock;
  readonly serial: Serial;
  readonly modemTools: ModemTools;
  readonly vault: Vault;
  readonly preferences: Preferences;
  readonly history: DeviceHistory;
  readonly atLog: AtLog;
  readonly store: StateStore;
  readonly accounts: AccountDesk;
  readonly devices: DeviceDesk;
  readonly #parts: BenchParts;
  #orders: OrderDesk | null = null;
  #stopped = false;

  constructor(parts: BenchParts) {
    this.#parts = parts;
    this.clock = parts.clock;
    this.serial = parts.serial;
    this.modemTools = parts.modemTools;
    this.vault = parts.vault;
    this.preferences = parts.preferences;
    this.history = parts.history;
    this.atLog = parts.atLog;
    this.store = new StateStore({
      app: parts.app,
      ports: { list: [], fault: null, listedAt: null },
      devices: [],
      ledgerFault: null,
      account: {
        name: parts.preferences.inUse?.name ?? null,
        account: parts.preferences.inUse?.account ?? null,
        secret: 'none',
        fault: null,
      },
      accounts: [...parts.preferences.accounts],
      provider: { state: 'unknown', since: parts.clock.now(), fault: null },
      proxyLogin: null,
      keptProxyLogins: [],
      usualMsToAvailable: null,
      settings: parts.preferences.settings,
    });
    this.accounts = new AccountDesk({
      preferences: parts.preferences,
      vault: parts.vault,
      makeProvider: parts.makeProvider,
      clock: parts.clock,
      publish: (slices) => this.store.set(slices),
      onCredentialsChanged: () => {
        this.#orders?.credentialsChanged();
        this.#publishUsual();
      },
      onObserved: (account, observation) => this.#orders?.providerSeen(refOf(account), observation),
    });
    this.devices = new DeviceDesk({
      serial: parts.serial,
      modemTools: parts.modemTools,
      memory: parts.memory,
      history: parts.history,
      clock: parts.clock,
      publish: (devices) => this.store.set({ devices }),
      isOrderedFor: (eid) =>
        this.store.orders().some((order) => order.eid === eid && order.archivedAt === null),
      lookAgain: () => void parts.watcher.rescan(),
    });
  }

  get ledgerPath(): string {
    return join(this.#parts.app.dataDir, LEDGER_FILE);
  }

  /**
   * The order desk, with the ledger opened when it is first needed: reading an EID must work where the ledger cannot be
   * opened. Faults: `ledger.*`; tried again at the next call.
   */
  openOrders(): Result<OrderDesk> {
    if (this.#orders !== null) return ok(this.#orders);
    const opened = openLedger({ path: this.ledgerPath, clock: this.clock });
    if (!opened.ok) {
      this.store.set({ ledgerFault: opened.fault });
      return opened;
    }
    const desk = new OrderDesk({
      ledger: opened.value.ledger,
      clock: this.clock,
      provider: (account) => this.#providerOf(account),
      onChange: (order) => this.#orderChanged(order),
      onLedgerFault: (why) => this.store.set({ ledgerFault: why ?? opened.value.notice }),
      onError: (error) => this.#parts.onError?.(error),
      ...(this.#parts.onOrderStep && { onStep: this.#parts.onOrderStep }),
    });
    this.#orders = desk;
    this.store.set({ ledgerFault: opened.value.notice });
    const all = desk.list();
    if (all.ok) this.store.putOrders(all.value);
    else this.store.set({ ledgerFault: all.fault });
    this.#publishUsual();
    return ok(desk);
  }

  /**
   * Begins everything that goes on by itself: ports are watched, open orders taken up, the provider asked. `portsLater` leaves the ports
   * to {@link watchPorts}.
   */
  start({ portsLater = false }: { readonly portsLater?: boolean } = {}): void {
    this.#parts.watcher.onEvent((event) => this.#portsEvent(event));
    if (!portsLater) this.watchPorts();
    const desk = this.openOrders();
    void this.accounts.start().then(() => {
      if (desk.ok) desk.value.resume();
    });
  }

  /** Begins to watch the ports; does nothing where they are watched already, or where all has ended. */
  watchPorts(): void {
    if (!this.#stopped) this.#parts.watcher.start();
  }

  /** Looks for ports now. */
  rescan(): Promise<void> {
    return this.#parts.watcher.rescan();
  }

  /** The computer has woken up or the network changed: what waits for the provider need not wait any longer. */
  networkMayBeBack(): void {
    this.#orders?.networkMayBeBack();
  }

  /** Ends everything; what is open stays in the ledger and is taken up by the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#parts.watcher.stop();
    this.accounts.stop();
    await Promise.all([this.devices.stop(), this.#orders?.stop()]);
  }

  /** The account in use as an order names it. Faults: `account.none`, `settings.*`. */
  accountInUse(): Result<AccountRef> {
    const account = this.accounts.account;
    return account === null ? fail(this.accounts.none) : ok(refOf(account));
  }

  /** Whether orders of this account can go on here. */
  hasAccount(account: AccountRef): boolean {
    return this.accountOf(account) !== null;
  }

  #providerOf(account: AccountRef) {
    const found = this.accountOf(account);
    return found === null ? null : this.accounts.provider(found.account);
  }

  /** The account that an order was placed with; null where it was forgotten. */
  accountOf(account: AccountRef): NamedAccount | null {
    // Two may be the same account with different keys: the one in use is asked first.
    const { inUse, all } = this.accounts;
    const found = [...(inUse === null ? [] : [inUse]), ...all].find(
      (each) => accountKey(refOf(each.account)) === accountKey(account),
    );
    return found ?? null;
  }

  #orderChanged(order: Order): void {
    const before = this.store.order(order.id);
    this.store.putOrders([order]);
    if (order.status === 'available' && before?.status !== 'available') this.#publishUsual();
  }

  #publishUsual(): void {
    const account = this.accounts.account;
    const usual = account === null ? null : (this.#orders?.usualMsToAvailable(refOf(account)) ?? null);
    if (usual !== this.store.state.usualMsToAvailable) this.store.set({ usualMsToAvailable: usual });
  }

  #portsEvent(event: PortsEvent): void {
    const listedAt = this.clock.now();
    if (event.kind === 'failed') {
      this.store.set({ ports: { ...this.store.state.ports, fault: event.fault satisfies Fault, listedAt } });
      return;
    }
    this.store.set({ ports: { list: [...event.ports], fault: null, listedAt } });
    this.devices.portsRemoved(event.removed.map((port) => port.path));
    this.devices.portsArrived(event.arrived, event.ports);
    this.devices.portsListed(event.ports);
  }
}

/** An account as its orders remember it. */
function refOf(account: Account): AccountRef {
  return { provider: account.provider, accountSid: accountIdOf(account), endpoint: account.endpoint };
}
