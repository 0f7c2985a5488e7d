import type { Provider, SimOperations } from '../provider/provider.ts';

/** What orders need of a provider: profiles, and the Sims that come with them. */
export type OrderProvider = Provider & Pick<SimOperations, 'fetchSim' | 'updateSim' | 'listFleets'>;
