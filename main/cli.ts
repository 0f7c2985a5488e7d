import { runCommandLine } from './cli/runCommandLine.ts';
import { composeBench } from './compose.ts';

const code = await runCommandLine(process.argv.slice(2), (dataDir) => composeBench({ dataDir }));
// A keyring whose prompt nobody answers holds a thread: it must not hold the command, too. What was written must have left first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
