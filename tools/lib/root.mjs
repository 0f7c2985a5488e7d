import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone that these tools belong to. */
export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** A path inside the clone. @param {string[]} parts */
export const inRoot = (...parts) => join(ROOT, ...parts);
