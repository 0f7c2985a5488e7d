import { useEffect, useState } from 'react';
import type { SimWish } from '../../../contract/activation.ts';
import type { Fleets } from './useFleets.ts';
import { checkWish, fleetLabels, formOfWish, type WishErrors, type WishForm } from './wishForm.ts';

export interface WishFormState {
  readonly form: WishForm;
  readonly errors: WishErrors;
  change(form: WishForm): void;
  /** The wish, or null where something is wrong, which is said at its field then. */
  check(): SimWish | null;
}

/**
 * The fields of a wish.
 * @param before what they begin with
 * @param present the status of the Sim; null for orders to come
 * @param told what is wrong with it, as the provider said; gone with the next change of that field
 */
export function useWishForm(
  before: SimWish | null,
  present: string | null,
  fleets: Fleets,
  told: WishErrors = {},
): WishFormState {
  const [form, setForm] = useState(() => formOfWish(before, present));
  const [errors, setErrors] = useState<WishErrors>(told);
  const [touched, setTouched] = useState(false);

  // Where there is one Fleet there is nothing to choose.
  const labels = fleetLabels(fleets.list);
  const only = labels.length === 1 && fleets.list?.fault === null ? labels[0] : undefined;
  useEffect(() => {
    if (only !== undefined && !touched) setForm((now) => (now.fleet === '' ? { ...now, fleet: only } : now));
  }, [only, touched]);

  return {
    form,
    errors,
    change(next) {
      setTouched(true);
      setErrors((old) => {
        const { fleet, simStatus, name } = old;
        return {
          ...(fleet === undefined || next.fleet !== form.fleet ? {} : { fleet }),
          ...(simStatus === undefined || next.simStatus !== form.simStatus ? {} : { simStatus }),
          ...(name === undefined || next.name !== form.name ? {} : { name }),
        };
      });
      setForm(next);
    },
    check() {
      const checked = checkWish(form, fleets.list, before);
      if (checked.ok) return checked.wish;
      setErrors(checked.errors);
      return null;
    },
  };
}
