import { join } from 'node:path';
import { z } from 'zod';
import { type Account, AccountSchema } from '../../contract/account.ts';
import type { Result } from '../../contract/result.ts';
import { type Settings, SettingsSchema } from '../../contract/settings.ts';
import { readJsonFile, writeJsonFile } from '../base/jsonFile.ts';

const PreferencesSchema = z.object({
  account: AccountSchema.nullable().default(null),
  settings: SettingsSchema.default(() => SettingsSchema.parse({})),
});
type PreferencesContent = z.infer<typeof PreferencesSchema>;

/** Account (without its secret) and settings, in `settings.json` of the data folder. */
export class Preferences {
  readonly #path: string;
  #content: PreferencesContent;
  /** Where an unreadable file was moved at start, or null. */
  readonly setAside: string | null;

  constructor(dataDir: string, now: number) {
    this.#path = join(dataDir, 'settings.json');
    const read = readJsonFile(this.#path, PreferencesSchema, PreferencesSchema.parse({}), now);
    this.#content = read.value;
    this.setAside = read.setAside;
  }

  get account(): Account | null {
    return this.#content.account;
  }

  get settings(): Settings {
    return this.#content.settings;
  }

  setAccount(account: Account | null): Result<null> {
    return this.#write({ ...this.#content, account });
  }

  setSettings(settings: Settings): Result<null> {
    return this.#write({ ...this.#content, settings });
  }

  #write(content: PreferencesContent): Result<null> {
    const written = writeJsonFile(this.#path, content);
    if (written.ok) this.#content = content;
    return written;
  }
}
