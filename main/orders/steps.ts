/**
 * The moments in an order's way at which a bench may die; tests end the process at each of them.
 * Between `sending` and `answered` a create request is under way, between `simSending` and `simAnswered` one to change a Sim.
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
  'simChecked',
  'simSending',
  'simAnswered',
  'simRecorded',
] as const;
export type DeskStep = (typeof DESK_STEPS)[number];
