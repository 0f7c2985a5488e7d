// Runs one built benchmark and leaves its rows in a file: node benchHost.mjs <module> <file>
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module = '', file = ''] = process.argv.slice(-2);
const { default: benchmark } = await import(pathToFileURL(module).href);
writeFileSync(file, JSON.stringify(await benchmark()));
// What a benchmark leaves running must not keep it here.
process.exit(0);
