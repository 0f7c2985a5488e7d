import type { Reachability } from '../../contract/state.ts';
import type { StateWord } from '../features/orders/orderWords.ts';

const WORDS: Readonly<Record<Reachability['state'], StateWord>> = {
  unknown: { word: 'not asked yet', tone: 'idle' },
  checking: { word: 'asking', tone: 'busy' },
  reachable: { word: 'reachable', tone: 'ready' },
  offline: { word: 'not reachable', tone: 'waiting' },
  rejected: { word: 'credentials rejected', tone: 'failed' },
};

export function reachabilityWord(state: Reachability['state']): StateWord {
  return WORDS[state];
}
