import { join } from 'node:path';
import { z } from 'zod';
import { MOST_ACCOUNTS, type NamedAccount, NamedAccountSchema } from '../../contract/account.ts';
import type { SimDefaults } from '../../contract/activation.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { type Account, AccountSchema, accountIdOf } from '../../contract/providerTable.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Settings, SettingsSchema } from '../../contract/settings.ts';
import { withFileLock } from '../base/fileLock.ts';
import { type JsonFileRead, readJsonFile, writeJsonFile } from '../base/jsonFile.ts';

const ContentSchema = z.object({
  accounts: z.array(NamedAccountSchema).max(MOST_ACCOUNTS).default([]),
  /** The name of the account in use. */
  inUse: z.string().nullable().default(null),
  /** As it was written when there was one account alone. */
  account: AccountSchema.nullable().optional(),
  settings: SettingsSchema.default(() => SettingsSchema.parse({})),
});
interface Content {
  readonly accounts: readonly NamedAccount[];
  readonly inUse: string | null;
  readonly settings: Settings;
}

/** What an account is called whose technician has given it no name. */
const FIRST_NAME = 'Account';

/**
 * Accounts (without their secrets) and settings, in `settings.json` of the data folder. The window and the command line may both have
 * it open: each change is made to what the file has by then, so that nothing the other has done is undone. Which account is in use
 * stays each one's own until it is told otherwise.
 */
export class Preferences {
  readonly #path: string;
  readonly #now: number;
  #content: Content;
  #notice: Fault | null;

  constructor(dataDir: string, now: number) {
    this.#path = join(dataDir, 'settings.json');
    this.#now = now;
    const read = readJsonFile(this.#path, ContentSchema, ContentSchema.parse({}), now);
    this.#content = contentOf(read.value);
    this.#notice = noticeOf(read);
  }

  /** Why the accounts are not those of last time: `settings.*`; null where they are, or have been set since. */
  get notice(): Fault | null {
    return this.#notice;
  }

  /** All accounts, in the order in which they were added. */
  get accounts(): readonly NamedAccount[] {
    return this.#content.accounts;
  }

  /** The one in use. */
  get inUse(): NamedAccount | null {
    return this.#content.accounts.find(({ name }) => name === this.#content.inUse) ?? null;
  }

  get settings(): Settings {
    return this.#content.settings;
  }

  /** Takes over what the file has now. Whether that is anything else than before. */
  look(): boolean {
    const before = JSON.stringify([this.#content, this.#notice]);
    const current = this.#current();
    // What cannot be read now is as it was.
    if (current.ok) {
      this.#content = current.value;
      if (this.#notice?.code === 'settings.unreadable') this.#notice = null;
    }
    return JSON.stringify([this.#content, this.#notice]) !== before;
  }

  /** Keeps an account under a name, in place of the one that has it, and makes it the one in use. Null: that in use, or the first. */
  setAccount(name: string | null, account: Account): Result<null> {
    return this.#change((current) => {
      const own = name ?? current.inUse ?? freeName(FIRST_NAME, current.accounts);
      const before = named(current, own);
      // Fleets belong to an account of the provider's: another one has others.
      const isSame = before !== undefined && sameAtProvider(before.account, account);
      const now = { name: own, account, simDefaults: isSame ? before.simDefaults : null };
      const accounts = before === undefined ? [...current.accounts, now] : replaced(current, own, now);
      return ok({ ...current, accounts, inUse: own });
    });
  }

  /** Adds accounts whose contents are new, under names that are free; gives how many those were. The one in use stays. */
  addAccounts(more: readonly NamedAccount[]): Result<number> {
    let added = 0;
    const written = this.#change((current) => {
      const accounts = [...current.accounts];
      for (const { name, account, simDefaults } of more) {
        if (accounts.some((each) => isEqual(each.account, account))) continue;
        accounts.push({ name: freeName(name, accounts), account, simDefaults });
      }
      added = accounts.length - current.accounts.length;
      return ok({ ...current, accounts, inUse: current.inUse ?? accounts[0]?.name ?? null });
    });
    return written.ok ? ok(added) : written;
  }

  /** Gives an account another name, which must be free. */
  renameAccount(name: string, newName: string): Result<null> {
    return this.#change((current) => {
      const before = named(current, name);
      if (before === undefined) return fail(noSuch(name));
      if (newName !== name && named(current, newName) !== undefined) return fail(nameTaken(newName));
      return ok({
        ...current,
        accounts: replaced(current, name, { ...before, name: newName }),
        inUse: current.inUse === name ? newName : current.inUse,
      });
    });
  }

  putInUse(name: string): Result<null> {
    return this.#change((current) =>
      named(current, name) === undefined ? fail(noSuch(name)) : ok({ ...current, inUse: name }),
    );
  }

  /** Forgets an account. Where it was the one in use, none is: another is for the technician to choose. */
  removeAccount(name: string): Result<null> {
    return this.#change((current) =>
      ok({
        ...current,
        accounts: current.accounts.filter((each) => each.name !== name),
        inUse: current.inUse === name ? null : current.inUse,
      }),
    );
  }

  /** What is done with the Sims of an account's orders. */
  setSimDefaults(name: string, simDefaults: SimDefaults | null): Result<null> {
    return this.#change((current) => {
      const before = named(current, name);
      if (before === undefined) return fail(noSuch(name));
      return ok({ ...current, accounts: replaced(current, name, { ...before, simDefaults }) });
    });
  }

  setSettings(settings: Settings): Result<null> {
    return this.#alone(() => {
      const current = this.#inFile();
      if (!current.ok) return current;
      const written = writeJsonFile(this.#path, { ...current.value, settings });
      if (written.ok) this.#content = { ...this.#content, settings };
      return written;
    });
  }

  /** Makes a change to what the file has now. What cannot be changed or written is a fault, and the accounts are the file's then. */
  #change(make: (current: Content) => Result<Content>): Result<null> {
    return this.#alone(() => {
      const current = this.#current();
      if (!current.ok) return current;
      this.#content = current.value;
      const made = make(current.value);
      if (!made.ok) return made;
      if (made.value.accounts.length > MOST_ACCOUNTS) return fail(tooMany());
      const written = writeJsonFile(this.#path, made.value);
      if (!written.ok) return written;
      this.#content = made.value;
      this.#notice = null;
      return written;
    });
  }

  /** Between reading and writing, no other process writes. */
  #alone(run: () => Result<null>): Result<null> {
    return withFileLock(`${this.#path}.lock`, run);
  }

  /** What the file has now, with the own account in use; it is found by what it is where the other has renamed it. */
  #current(): Result<Content> {
    const read = this.#inFile();
    if (!read.ok || this.#content.accounts.length === 0) return read;
    const inFile = read.value;
    const own = this.inUse;
    if (own === null) return ok({ ...inFile, inUse: null });
    const still =
      named(inFile, own.name) ?? inFile.accounts.find(({ account }) => isEqual(account, own.account));
    return ok({ ...inFile, inUse: still?.name ?? null });
  }

  /** What the file has; what it had where it is gone. Fault `settings.unreadable`: then nothing may be written over it. */
  #inFile(): Result<Content> {
    const read = readJsonFile(this.#path, ContentSchema, ContentSchema.parse(this.#content), this.#now);
    return read.unreadable === null
      ? ok(contentOf(read.value))
      : fail(fault('settings.unreadable', { details: read.unreadable }));
  }
}

function noticeOf({ setAside, unreadable }: JsonFileRead<unknown>): Fault | null {
  if (unreadable !== null) return fault('settings.unreadable', { details: unreadable });
  return setAside === null ? null : fault('settings.setAside', { details: setAside });
}

function named({ accounts }: Content, name: string): NamedAccount | undefined {
  return accounts.find((each) => each.name === name);
}

function replaced({ accounts }: Content, name: string, by: NamedAccount): readonly NamedAccount[] {
  return accounts.map((each) => (each.name === name ? by : each));
}

/** A name that no account has yet: the wanted one, or that with a number. */
function freeName(wanted: string, accounts: readonly NamedAccount[]): string {
  let name = wanted;
  for (let number = 2; accounts.some((each) => each.name === name); number += 1)
    name = `${wanted.slice(0, 35)} ${number}`;
  return name;
}

function isEqual(one: Account, other: Account): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function sameAtProvider(one: Account, other: Account): boolean {
  return one.provider === other.provider && accountIdOf(one) === accountIdOf(other);
}

function contentOf({ accounts, inUse, account, settings }: z.infer<typeof ContentSchema>): Content {
  const only = account ?? null;
  return accounts.length === 0 && only !== null
    ? { accounts: [{ name: FIRST_NAME, account: only, simDefaults: null }], inUse: FIRST_NAME, settings }
    : { accounts, inUse, settings };
}

function tooMany(): Fault {
  return fault('usage.invalid', { message: `At most ${MOST_ACCOUNTS} accounts are kept.` });
}

/** Nobody goes by this name. */
export function noSuch(name: string): Fault {
  return fault('usage.invalid', {
    message: `There is no account named ${name}.`,
    hint: 'List the accounts to see their names.',
  });
}

function nameTaken(name: string): Fault {
  return fault('usage.invalid', {
    message: `Another account is named ${name} already.`,
    hint: 'Choose a name that no other account has.',
  });
}
