import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './fingerprint.mjs';
import { importsOf } from './imports.mjs';
import { refusal } from './layers.mjs';

/**
 * Every import in the house that the table in layers.mjs refuses.
 * @param {string} root
 * @returns {string[]} `file:line: why`
 */
export function layerViolations(root) {
  return ['contract', 'main', 'renderer']
    .flatMap((folder) => filesUnder(root, folder))
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.endsWith('.d.ts'))
    .flatMap((file) =>
      importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap((imported) => {
        const why = refusal(file, imported);
        return why ? [`${file}:${imported.line}: ${why}`] : [];
      }),
    );
}
