import type { SimSlots } from '../../../contract/device.ts';

/** A slot's name by its number, which counts from 1: `Slot 2 · eSIM`, or the number alone where it has no name of its own. */
export function slotName(slots: SimSlots, slot: number): string {
  const label = slots.labels[slot - 1];
  return label ? `Slot ${slot} · ${label}` : `Slot ${slot}`;
}

/** The slots' numbers, from 1. */
export function slotNumbers(slots: SimSlots): number[] {
  return Array.from({ length: slots.count }, (_, index) => index + 1);
}
