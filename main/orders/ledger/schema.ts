/** `eSIM` in ASCII: marks our files among SQLite's (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x6553494d;

/**
 * The ledger's schema, as the steps that lead to it. `PRAGMA user_version` says how many a file has taken. A step that has
 * been released is never changed: a change is a new step.
 *
 * Every change of an order is one transaction that also appends to `history`; its running number is how another process
 * notices. The triggers hold what the product promises: an order is never deleted, and history only grows. Therefore no number
 * comes twice, without `AUTOINCREMENT`, whose counter would be one page more to write in every transaction.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE orders (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status <> ''),
    held_for TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('eid', 'matchingId')),
    eid TEXT,
    device_id TEXT,
    device_name TEXT,
    device_imei TEXT,
    provider TEXT NOT NULL,
    account_sid TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    callback_url TEXT,
    callback_method TEXT,
    sid TEXT,
    iccid TEXT,
    sim_sid TEXT,
    smdp_address TEXT,
    matching_id TEXT,
    activation_code TEXT,
    fault TEXT,
    candidates TEXT NOT NULL DEFAULT '[]',
    extra TEXT NOT NULL DEFAULT '{}',
    replaces TEXT,
    archived_at INTEGER,
    order_another INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    sent_by TEXT CHECK (sent_by IN ('provider', 'local')),
    known_sids TEXT NOT NULL DEFAULT '[]',
    looks INTEGER NOT NULL DEFAULT 0,
    CHECK ((kind = 'eid') = (eid IS NOT NULL)),
    CHECK ((sent_at IS NULL) = (sent_by IS NULL)),
    CHECK (sid IS NOT NULL OR status IN ('draft', 'sending', 'unconfirmed', 'refused', 'cancelled'))
  ) STRICT;
  CREATE UNIQUE INDEX orders_by_sid ON orders (account_sid, sid) WHERE sid IS NOT NULL;
  CREATE INDEX orders_by_eid ON orders (eid) WHERE eid IS NOT NULL;
  CREATE INDEX open_orders ON orders (status) WHERE status NOT IN ('installed', 'failed', 'refused', 'cancelled');

  CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL
  ) STRICT;
  CREATE INDEX history_by_order ON history (order_id, number);

  CREATE TABLE kept (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders
    BEGIN SELECT RAISE (ABORT, 'an order is never deleted'); END;
  CREATE TRIGGER history_is_kept BEFORE DELETE ON history
    BEGIN SELECT RAISE (ABORT, 'history is never deleted'); END;
  CREATE TRIGGER history_stands BEFORE UPDATE ON history
    BEGIN SELECT RAISE (ABORT, 'history is never changed'); END;
  CREATE TRIGGER sids_stand BEFORE UPDATE OF sid ON orders WHEN OLD.sid IS NOT NULL AND NEW.sid IS NOT OLD.sid
    BEGIN SELECT RAISE (ABORT, 'the SID of an order is never changed'); END;
  `,
  `
  ALTER TABLE orders ADD COLUMN activation_status TEXT;
  ALTER TABLE orders ADD COLUMN activation TEXT;
  ALTER TABLE orders ADD COLUMN sim TEXT;
  CREATE INDEX activations ON orders (activation_status) WHERE activation_status IS NOT NULL;
  DROP INDEX orders_by_eid;
  DROP INDEX open_orders;
  CREATE INDEX open_orders ON orders (eid, status) WHERE status NOT IN ('installed', 'failed', 'refused', 'cancelled');
  `,
];
