import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../base/jsonFile.ts';
import type { ProxyKey } from '../vault/vault.ts';
import { entryName } from '../vault/vaultEntry.ts';

/** More than anybody visits; the oldest go. */
const MOST = 100;

const BookSchema = z.object({
  proxies: z
    .array(z.object({ proxy: z.string().max(300), scheme: z.string().max(20), realm: z.string().max(100) }))
    .max(MOST),
});

/**
 * Which proxies the keychain has logins for, in `proxies.json` of the data folder: their names, no user name and no password. A
 * keychain tells what it holds only by giving it all away, and not while it is locked.
 */
export class ProxyBook {
  readonly #path: string | null;
  #proxies: readonly ProxyKey[] = [];

  /** @param dataDir null: nothing is written */
  constructor(dataDir: string | null, now: number) {
    this.#path = dataDir === null ? null : join(dataDir, 'proxies.json');
    if (this.#path !== null)
      this.#proxies = readJsonFile(this.#path, BookSchema, { proxies: [] }, now).value.proxies;
  }

  /** In the order in which they came. */
  get proxies(): readonly ProxyKey[] {
    return this.#proxies;
  }

  add(key: ProxyKey): void {
    if (!this.#has(key)) this.#write([...this.#proxies, key].slice(-MOST));
  }

  remove(key: ProxyKey): void {
    const name = entryName(key);
    if (this.#has(key)) this.#write(this.#proxies.filter((each) => entryName(each) !== name));
  }

  #has(key: ProxyKey): boolean {
    const name = entryName(key);
    return this.#proxies.some((each) => entryName(each) === name);
  }

  #write(proxies: readonly ProxyKey[]): void {
    this.#proxies = proxies;
    // Where it cannot be written, a login is entered again when it is next used.
    if (this.#path !== null) void writeJsonFile(this.#path, { proxies });
  }
}
