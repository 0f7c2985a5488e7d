/**
 * The moments in an order's way at which a bench may die; tests end the process at each of them.
 * Between `sending` and `answered` a create request is under way.
 */
export const DESK_STEPS = [
  'lookedUp',
  'written',
  'locked',
  'checked',
  'sending',
  'answered',
  'recorded',
  'lookStarted',
  'lookListed',
  'lookRecorded',
] as const;
export type DeskStep = (typeof DESK_STEPS)[number];
