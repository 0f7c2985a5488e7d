import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended } from './processes.ts';
import type { Finding } from './verdict.ts';

/** Every form in which a secret may stand somewhere: as it is, as HTTP Basic sends it, and in a URL. */
export function formsOf(secret: string, users: readonly string[]): string[] {
  const basic = users.map((user) => Buffer.from(`${user}:${secret}`).toString('base64'));
  return [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
    ...basic,
  ];
}

/** Where a secret is that should be nowhere: in the files of a data folder, and in what processes said. */
export function leaks(
  forms: readonly string[],
  dataDirs: readonly string[],
  ended: readonly Ended[],
): Finding[] {
  const found: Finding[] = [];
  const look = (where: string, text: string) => {
    if (forms.some((form) => text.includes(form)))
      found.push({ what: 'leaked', text: `the secret is in ${where}` });
  };
  for (const { args, stdout, stderr } of ended) {
    look(`stdout of ${args.join(' ')}`, stdout);
    look(`stderr of ${args.join(' ')}`, stderr);
  }
  for (const folder of dataDirs) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name === 'ballast') continue;
      look(entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    }
  }
  return found;
}
