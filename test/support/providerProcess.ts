/** Entry of a bundle: a virtual provider in a process of its own. Its configuration is the first argument, as JSON. */
import { type ProviderConfig, providerMain } from './providerMain.ts';

await providerMain(JSON.parse(process.argv[2] ?? '{}') as ProviderConfig, {
  input: process.stdin,
  output: process.stdout,
});
process.exit(0);
