import { createExternalStore, useExternalStore } from './externalStore.ts';

/** What a screen reader is told next. The number makes the same sentence new when it is said twice. */
const spoken = createExternalStore({ count: 0, text: '' });

export function announce(text: string): void {
  spoken.set({ count: spoken.get().count + 1, text });
}

export function useSpoken(): { readonly count: number; readonly text: string } {
  return useExternalStore(spoken);
}
