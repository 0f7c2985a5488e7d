// npm run -s cli -- …: the bench without a window. In this very process: what the CLI prints, asks and ends with is its own.
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { say } from './lib/say.mjs';
import { Stop } from './lib/tool.mjs';

try {
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
} catch (error) {
  say(error instanceof Stop ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(70);
}
// npm starts scripts in the project's folder; a file that is named is meant where the person is.
const { INIT_CWD: cwd, npm_lifecycle_event: script } = process.env;
if (script === 'cli' && cwd) process.chdir(cwd);

const program = inRoot('dist', 'main', 'cli.js');
process.argv[1] = program;
await import(pathToFileURL(program).href);
