import type { Fault } from './fault.ts';

/** What an operation at a border gives back: its value, or the fault that the technician is to read. Never thrown. */
export type Result<T, E = Fault> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: E };

/** Wraps a value as a successful result. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Wraps a fault as a failed result. */
export function fail<E>(fault: E): { readonly ok: false; readonly fault: E } {
  return { ok: false, fault };
}
