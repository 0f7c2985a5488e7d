import type { AnyDoor } from './door.ts';
import { DOORS } from './doors.ts';

/** How many of so many inputs in all are for a door; at least one. */
export function inputsFor(door: AnyDoor, inAll: number): number {
  const shares = DOORS.reduce((sum, { share }) => sum + share, 0);
  return Math.max(1, Math.round((inAll * door.share) / shares));
}
