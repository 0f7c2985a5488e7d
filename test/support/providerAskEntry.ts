/**
 * Entry of a bundle: asks a provider as the CLI does, by the proxy and the certificates of this process's environment. The account
 * is the first argument, as JSON; the secret comes on stdin. Prints what came of it, as JSON.
 */
import { AccountSchema, type ProviderName } from '../../contract/providerTable.ts';
import { ok } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import { createNodeFetch } from '../../main/provider/nodeFetch.ts';
import type { ProviderObservation } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';

let secret = '';
for await (const chunk of process.stdin) secret += String(chunk);
const observations: ProviderObservation[] = [];
const provider = createProvider<ProviderName>(AccountSchema.parse(JSON.parse(process.argv[2] ?? '')), {
  fetch: createNodeFetch(process.env),
  secret: async () => ok(secret),
  clock: systemClock,
  observe: (observation) => observations.push(observation),
  userAgent: 'eSIM-Bench/test',
});
const create = await provider.create({ target: { kind: 'matchingId' }, callback: null });
const check = await provider.check();
process.stdout.write(JSON.stringify({ create, check, observations }), () => process.exit(0));
