import type { Activation } from '../../contract/activation.ts';
import { fault } from '../../contract/fault.ts';
import { counts, fillTemplate, nameValuesOf, PART_WORDS } from '../../contract/nameTemplate.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';

export interface SimName {
  /** Null: the Sim keeps the name it has. */
  readonly uniqueName: string | null;
  /** What `{n}` stands for in it. */
  readonly number: number;
}

/**
 * The name that an activation's Sim is to get: the one it was given, or the next that its template makes and that no other order
 * of the account has. Fault: `activation.unnamed` where the template asks for what is not known of the order.
 */
export function simNameOf(order: Order, activation: Activation, taken: ReadonlySet<string>): Result<SimName> {
  const { wish, uniqueName, number } = activation;
  const template = wish.nameTemplate;
  if (template === null || uniqueName !== null) return ok({ uniqueName, number });
  const values = nameValuesOf(order);
  for (let next = number + 1; ; next += 1) {
    const filled = fillTemplate(template, values, next);
    if (!filled.ok) {
      const missing = filled.missing.map((part) => PART_WORDS[part]).join(' and ');
      return fail(
        fault('activation.unnamed', {
          message: `The unique name "${template}" cannot be made: ${missing} of this order is not known.`,
        }),
      );
    }
    // Without a number every attempt makes the same name: whether it is free, the provider says.
    if (!counts(template) || !taken.has(filled.name)) return ok({ uniqueName: filled.name, number: next });
  }
}
