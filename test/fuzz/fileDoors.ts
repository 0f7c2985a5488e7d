import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NamedAccountSchema } from '../../contract/account.ts';
import { OrderSchema } from '../../contract/order.ts';
import { SettingsSchema } from '../../contract/settings.ts';
import { createDeviceMemory } from '../../main/bench/deviceMemory.ts';
import { Preferences } from '../../main/bench/preferences.ts';
import { checkLedger } from '../../main/orders/checkLedger.ts';
import { ordersAsCsv, ordersAsJsonLines } from '../../main/orders/exportOrders.ts';
import { inspectLedger } from '../../main/orders/ledger/inspectLedger.ts';
import { openLedger } from '../../main/orders/ledger/openLedger.ts';
import { historyOf, recordOf } from '../../main/orders/ledger/rows.ts';
import { draftOf } from '../../main/orders/record.ts';
import type { Dice } from '../faults/dice.ts';
import { collectGarbage } from './collectGarbage.ts';
import { type Door, doorOf, hex, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { fastFolder } from './folders.ts';
import { deepJson, mutateBytes, mutateText, mutateValue, oddValue } from './mutate.ts';

const ACCOUNT = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: null,
  endpoint: 'https://supersim.twilio.com',
};
const SIM_WISH = {
  fleet: 'Pilot Fleet',
  fleetName: null,
  simStatus: 'ready',
  nameTemplate: 'b-{eid:last8}-{n}',
};
/** As it was written when there was one account alone. */
const OLD_SETTINGS = {
  account: ACCOUNT,
  settings: {
    theme: 'dark',
    callbackUrl: 'https://example.com/cb',
    callbackMethod: 'GET',
    showIdentifiers: true,
    atLogOpen: false,
  },
};
export const NAMED_ACCOUNTS = [
  { name: 'Account', account: ACCOUNT, simDefaults: { wish: SIM_WISH, byItself: true } },
  {
    name: 'KORE',
    account: {
      provider: 'kore',
      clientId: 'bench-1',
      endpoint: 'https://supersim.api.korewireless.com',
      tokenEndpoint: 'https://api.korewireless.com/api-services/v1/auth/token',
    },
    simDefaults: null,
  },
];
const SETTINGS = { accounts: NAMED_ACCOUNTS, inUse: 'Account', settings: OLD_SETTINGS.settings };
const DEVICES = [
  [
    'imei:001001001234564',
    {
      identity: { manufacturer: 'Quectel', model: 'EM05-G', revision: 'R1', imei: '001001001234564' },
      eidVia: 'cgla',
      vendor: null,
    },
  ],
];

/** A JSON file as somebody or something may have left it. */
export function anyFile(dice: Dice, content: unknown): Uint8Array {
  if (dice.chance(0.01)) return Buffer.from(deepJson(dice));
  const text = JSON.stringify(
    dice.chance(0.9) ? mutateValue(dice, content) : oddValue(dice),
    null,
    dice.pick([0, 2]),
  );
  const spoilt = dice.chance(0.3) ? mutateText(dice, text) : text;
  return dice.chance(0.3) ? mutateBytes(dice, Buffer.from(spoilt)) : Buffer.from(spoilt);
}

/** A folder that is made anew every so often, since files that are set aside pile up. */
export class Folder {
  #path = '';
  #uses = 0;

  next(): string {
    // Also after it was closed: a door may be fed again.
    if (this.#path === '' || this.#uses % 200 === 0) {
      this.close();
      this.#path = mkdtempSync(join(fastFolder(), 'fuzz-files-'));
    }
    this.#uses += 1;
    const path = join(this.#path, String(this.#uses));
    mkdirSync(path);
    return path;
  }

  close(): void {
    if (this.#path !== '') rmSync(this.#path, { recursive: true, force: true });
    this.#path = '';
  }
}

const settingsFolder = new Folder();

const settings: Door<Uint8Array> = {
  name: 'settings.json',
  share: 25,
  input: (dice) => anyFile(dice, dice.pick([SETTINGS, SETTINGS, OLD_SETTINGS])),
  feed(bytes) {
    const dir = settingsFolder.next();
    const path = join(dir, 'settings.json');
    writeFileSync(path, bytes);
    const preferences = new Preferences(dir, 1_000);
    must(SettingsSchema.safeParse(preferences.settings).success, 'settings that are none');
    const { notice } = preferences;
    if (notice !== null)
      must(Buffer.from(bytes).equals(readFileSync(notice.details ?? '')), 'what was set aside was changed');
    for (const account of preferences.accounts)
      must(NamedAccountSchema.safeParse(account).success, 'an account that is none');
    must(preferences.setSettings(preferences.settings).ok, 'settings cannot be kept');
    const again = new Preferences(dir, 2_000);
    must(again.notice === null, 'what was written cannot be read');
    must(JSON.stringify(again.accounts) === JSON.stringify(preferences.accounts), 'other accounts came back');
    rmSync(dir, { recursive: true });
  },
  show: hex,
  close: () => settingsFolder.close(),
};

const devicesFolder = new Folder();

const devices: Door<Uint8Array> = {
  name: 'devices.json',
  share: 25,
  input: (dice) => anyFile(dice, DEVICES),
  feed(bytes) {
    const dir = devicesFolder.next();
    writeFileSync(join(dir, 'devices.json'), bytes);
    const memory = createDeviceMemory(dir, 1_000);
    const known = memory.get('imei:001001001234564');
    must(known === undefined || typeof known.identity === 'object', 'a memory that is none');
    const identity = { manufacturer: 'x', model: null, revision: null, imei: null };
    memory.put('other', { identity, eidVia: null, vendor: null });
    must(
      createDeviceMemory(dir, 2_000).get('other')?.identity.manufacturer === 'x',
      'what was kept is not there',
    );
    rmSync(dir, { recursive: true });
  },
  show: hex,
  close: () => devicesFolder.close(),
};

const ledgerFolder = new Folder();
let ledgerBytes: Uint8Array | null = null;
let opens = 0;

/** A ledger with some orders, closed and tidied up. */
function wholeLedger(): Uint8Array {
  if (ledgerBytes !== null) return ledgerBytes;
  const dir = mkdtempSync(join(fastFolder(), 'fuzz-ledger-'));
  const path = join(dir, 'ledger.sqlite');
  const opened = openLedger({ path });
  if (!opened.ok) throw new Error(opened.fault.message);
  const { ledger } = opened.value;
  for (let index = 0; index < 12; index += 1) {
    const intent = {
      target:
        index % 2 === 0
          ? ({ kind: 'eid', eid: '89049032123451234512345678901235' } as const)
          : ({ kind: 'matchingId' } as const),
      device: null,
      account: ACCOUNT,
      callback: null,
      orderAnother: false,
      replaces: null,
    };
    ledger.write(draftOf(`order-${index}`, intent, index));
    ledger.record(`order-${index}`, { kind: 'cancelled', because: 'technician' });
  }
  // The write-ahead log goes into the file when the last connection is closed; a copy by SQLite is whole at once.
  ledger.close();
  const copy = join(dir, 'copy.sqlite');
  const again = openLedger({ path });
  if (!again.ok) throw new Error(again.fault.message);
  again.value.ledger.close();
  writeFileSync(copy, readFileSync(path));
  ledgerBytes = readFileSync(copy);
  rmSync(dir, { recursive: true, force: true });
  return ledgerBytes;
}

/** Bytes of a ledger's file with something wrong with them, most of all where SQLite keeps its own accounts. */
function spoiltLedger(dice: Dice): Uint8Array {
  const bytes = Uint8Array.from(wholeLedger());
  switch (dice.weighted({ header: 3, page: 5, anywhere: 4, cut: 2, words: 1, none: 1 })) {
    case 'header':
      for (let left = dice.int(1, 8); left > 0; left -= 1) bytes[dice.int(0, 99)] = dice.int(0, 255);
      return bytes;
    case 'page': {
      const page = dice.int(0, Math.max(0, Math.floor(bytes.length / 4096) - 1)) * 4096;
      for (let left = dice.int(1, 40); left > 0; left -= 1) bytes[page + dice.int(0, 200)] = dice.int(0, 255);
      return bytes;
    }
    case 'anywhere':
      for (let left = dice.int(1, 200); left > 0; left -= 1)
        bytes[dice.int(0, bytes.length - 1)] = dice.int(0, 255);
      return bytes;
    case 'cut':
      return bytes.slice(0, dice.int(0, bytes.length));
    case 'words':
      return mutateBytes(
        dice,
        Buffer.from('not a database at all, only some words'.repeat(dice.int(1, 500))),
      );
    case 'none':
      return bytes;
  }
}

const ledgerFile: Door<Uint8Array> = {
  name: 'the file of the ledger',
  share: 3,
  input: spoiltLedger,
  feed(bytes) {
    const dir = ledgerFolder.next();
    const path = join(dir, 'ledger.sqlite');
    writeFileSync(path, bytes);
    const inspected = inspectLedger(path);
    if (!inspected.ok) mustBeFault(inspected.fault);
    must(Buffer.from(bytes).equals(readFileSync(path)), 'looking changed it');
    const opened = openLedger({ path });
    if (!opened.ok) {
      mustBeFault(opened.fault);
      return;
    }
    const { ledger, notice, setAside } = opened.value;
    if (notice !== null) mustBeFault(notice);
    if (setAside !== null)
      must(Buffer.from(bytes).equals(readFileSync(setAside)), 'what was set aside was changed');
    const listed = ledger.list();
    if (listed.ok) {
      const orders = listed.value.map(({ order }) => order);
      for (const order of orders)
        must(OrderSchema.safeParse(order).success, `an order that is none: ${JSON.stringify(order)}`);
      must([...ordersAsJsonLines(orders)].length === orders.length, 'lines are missing');
      must([...ordersAsCsv(orders)].length === orders.length + 1, 'rows are missing');
    } else mustBeFault(listed.fault);
    const report = checkLedger(ledger);
    if (!report.ok) mustBeFault(report.fault);
    ledger.close();
    // A file stays open until what was prepared on it is collected.
    opens += 1;
    if (opens % 40 === 0) collectGarbage();
    must(readdirSync(dir).length > 0, 'the ledger is gone');
    rmSync(dir, { recursive: true });
  },
  show: (bytes) => `${bytes.length} bytes, those that differ: ${differences(bytes)}`,
  close: () => ledgerFolder.close(),
};

function differences(bytes: Uint8Array): string {
  const whole = wholeLedger();
  return [...bytes.entries()]
    .filter(([at, byte]) => whole[at] !== byte)
    .slice(0, 300)
    .map(([at, byte]) => `${at}=${byte}`)
    .join(' ');
}

const ROW = {
  number: 1,
  id: 'a',
  created_at: 1,
  updated_at: 2,
  status: 'available',
  held_for: null,
  kind: 'eid',
  eid: '89049032123451234512345678901235',
  device_id: 'd',
  device_name: 'Quectel EM05-G',
  device_imei: null,
  provider: 'twilio',
  account_sid: ACCOUNT.accountSid,
  endpoint: ACCOUNT.endpoint,
  callback_url: 'https://example.com',
  callback_method: 'POST',
  sid: `HP${'c'.repeat(32)}`,
  iccid: '89883070000012345678',
  sim_sid: null,
  smdp_address: 'smdp.example.com',
  matching_id: null,
  activation_code: '1$smdp.example.com$X',
  fault: '{"code":"internal","message":"m","hint":"h"}',
  candidates:
    '[{"sid":"HP1","status":"new","eid":null,"iccid":null,"smdpAddress":null,"matchingId":null,"dateCreated":null,"orderId":null}]',
  extra: '{"a":"b"}',
  replaces: null,
  archived_at: null,
  order_another: 0,
  sent_at: 5,
  sent_by: 'provider',
  known_sids: '["HP1"]',
  looks: 0,
  activation_status: 'sending',
  activation: JSON.stringify({
    wish: SIM_WISH,
    status: 'sending',
    heldFor: null,
    uniqueName: 'b-78901235-2',
    number: 2,
    attempts: 1,
    fault: null,
  }),
  sim: '{"status":"new","uniqueName":null,"fleetSid":null,"at":3}',
};
const HISTORY_ROW = { order_id: 'a', at: 1, status: 'draft', note: 'Written down.' };

const rows: Door<{ readonly row: unknown; readonly history: readonly unknown[] }> = {
  name: 'rows of the ledger',
  share: 60,
  input: (dice) => ({
    row: mutateValue(dice, ROW, 0.08),
    history: Array.from({ length: dice.int(0, 3) }, () => mutateValue(dice, HISTORY_ROW)),
  }),
  feed({ row, history }) {
    const read = recordOf(row, historyOf(history).get('a') ?? []);
    if (!read.ok) {
      must(read.problem !== '', 'a problem without a word');
      return;
    }
    const parsed = OrderSchema.safeParse(read.value.order);
    must(parsed.success, `an order that is none: ${parsed.success ? '' : parsed.error.message}`);
    const [line = ''] = ordersAsJsonLines([read.value.order]);
    must(line.indexOf('\n') === line.length - 1, 'more than a line');
    const csv = [...ordersAsCsv([read.value.order])];
    must(csv.length === 2, 'more than a row');
  },
  show: (input) => JSON.stringify(input),
};

export const FILE_DOORS = [doorOf(settings), doorOf(devices), doorOf(ledgerFile), doorOf(rows)];
