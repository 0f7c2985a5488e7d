import { join } from 'node:path';
import { z } from 'zod';
import { MOST_ACCOUNTS, type NamedAccount, NamedAccountSchema } from '../../contract/account.ts';
import type { SimDefaults } from '../../contract/activation.ts';
import { fault } from '../../contract/fault.ts';
import { type Account, AccountSchema, accountIdOf } from '../../contract/providerTable.ts';
import { fail, type Result } from '../../contract/result.ts';
import { type Settings, SettingsSchema } from '../../contract/settings.ts';
import { readJsonFile, writeJsonFile } from '../base/jsonFile.ts';

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
 * it open: what the other has added or set since is kept with each change, and which account is in use stays each one's own until it
 * is told otherwise.
 */
export class Preferences {
  readonly #path: string;
  readonly #now: number;
  #content: Content;
  /** Where an unreadable file was moved at start, or null. */
  readonly setAside: string | null;

  constructor(dataDir: string, now: number) {
    this.#path = join(dataDir, 'settings.json');
    this.#now = now;
    const read = readJsonFile(this.#path, ContentSchema, ContentSchema.parse({}), now);
    this.#content = contentOf(read.value);
    this.setAside = read.setAside;
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

  /** Keeps an account under a name, in place of the one that has it, and makes it the one in use. Null: that in use, or the first. */
  setAccount(name: string | null, account: Account): Result<null> {
    const own = name ?? this.inUse?.name ?? this.#freeName();
    const { accounts } = this.#content;
    const before = accounts.find((each) => each.name === own);
    // Fleets belong to an account of the provider's: another one has others.
    const isSame = before !== undefined && sameAtProvider(before.account, account);
    const named = { name: own, account, simDefaults: isSame ? before.simDefaults : null };
    const isNew = before === undefined;
    if (isNew && accounts.length >= MOST_ACCOUNTS) return fail(tooMany());
    return this.#write({
      ...this.#content,
      accounts: isNew ? [...accounts, named] : accounts.map((each) => (each.name === own ? named : each)),
      inUse: own,
    });
  }

  /** Adds accounts whose names and contents are new; gives how many those were. The one in use stays. */
  addAccounts(more: readonly NamedAccount[]): Result<null> {
    const accounts = [...this.#content.accounts];
    for (const { name, account, simDefaults } of more) {
      if (accounts.some((each) => JSON.stringify(each.account) === JSON.stringify(account))) continue;
      let free = name;
      for (let number = 2; accounts.some((each) => each.name === free); number += 1)
        free = `${name.slice(0, 35)} ${number}`;
      accounts.push({ name: free, account, simDefaults });
    }
    if (accounts.length > MOST_ACCOUNTS) return fail(tooMany());
    return this.#write({
      ...this.#content,
      accounts,
      inUse: this.#content.inUse ?? accounts[0]?.name ?? null,
    });
  }

  /** Gives an account another name, which must be free. */
  renameAccount(name: string, newName: string): Result<null> {
    const { accounts, inUse } = this.#content;
    return this.#write({
      ...this.#content,
      accounts: accounts.map((each) => (each.name === name ? { ...each, name: newName } : each)),
      inUse: inUse === name ? newName : inUse,
    });
  }

  putInUse(name: string): Result<null> {
    return this.#write({ ...this.#content, inUse: name });
  }

  /** Forgets an account. Where it was the one in use, none is: another is for the technician to choose. */
  removeAccount(name: string): Result<null> {
    const { inUse } = this.#content;
    return this.#write({
      ...this.#content,
      accounts: this.#content.accounts.filter((each) => each.name !== name),
      inUse: inUse === name ? null : inUse,
    });
  }

  /** What is done with the Sims of an account's orders. */
  setSimDefaults(name: string, simDefaults: SimDefaults | null): Result<null> {
    return this.#write({
      ...this.#content,
      accounts: this.#content.accounts.map((each) => (each.name === name ? { ...each, simDefaults } : each)),
    });
  }

  setSettings(settings: Settings): Result<null> {
    const written = writeJsonFile(this.#path, { ...this.#inFile(), settings });
    if (written.ok) this.#content = { ...this.#content, settings };
    return written;
  }

  #freeName(): string {
    const { accounts } = this.#content;
    let name = FIRST_NAME;
    for (let number = 2; accounts.some((each) => each.name === name); number += 1)
      name = `${FIRST_NAME} ${number}`;
    return name;
  }

  /** Changes the accounts; those that somebody else has added to the file since are kept with them. */
  #write(content: Content): Result<null> {
    const inFile = this.#inFile();
    const known = namesOf([...this.#content.accounts, ...content.accounts]);
    const added = inFile.accounts.filter(({ name }) => !known.has(name));
    const accounts = [...content.accounts, ...added];
    if (accounts.length > MOST_ACCOUNTS) return fail(tooMany());
    const written = writeJsonFile(this.#path, { ...content, accounts, settings: inFile.settings });
    if (!written.ok) return written;
    this.#content = { ...content, accounts };
    return written;
  }

  /** What the file has now; what it had where it is gone. */
  #inFile(): Content {
    return contentOf(
      readJsonFile(this.#path, ContentSchema, ContentSchema.parse(this.#content), this.#now).value,
    );
  }
}

function namesOf(accounts: readonly NamedAccount[]): ReadonlySet<string> {
  return new Set(accounts.map(({ name }) => name));
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

function tooMany() {
  return fault('usage.invalid', { message: `At most ${MOST_ACCOUNTS} accounts are kept.` });
}
