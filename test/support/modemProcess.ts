/** Entry of a bundle: a virtual modem in a process of its own. Its configuration is the first argument, as JSON. */
import { type ModemConfig, modemMain } from './modemMain.ts';

await modemMain(JSON.parse(process.argv[2] ?? '{}') as ModemConfig, {
  input: process.stdin,
  output: process.stdout,
});
process.exit(0);
