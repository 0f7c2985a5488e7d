import { z } from 'zod';
import {
  REQUESTS,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  resultSchema,
} from '../../contract/channels.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import { safeParse } from '../../contract/safeParse.ts';

export type Handler<N extends RequestName> = (
  input: RequestInput<N>,
) => Promise<Result<RequestOutput<N>>> | Result<RequestOutput<N>>;
/** One handler a request. */
export type Handlers<N extends RequestName = RequestName> = { readonly [K in N]: Handler<K> };

const RESULTS: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries(REQUESTS).map(([name, { output }]) => [name, resultSchema(output)]),
);

/**
 * Answers one request from the window: the name and the input are unknown until the contract has checked them, and what goes back
 * is checked as well, so that nothing passes that the contract does not name. Never throws, never rejects.
 */
export async function answerRequest(
  handlers: Handlers,
  name: unknown,
  input: unknown,
): Promise<Result<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(REQUESTS, name)) {
    return fail(fault('usage.invalid', { message: 'There is no such request.' }));
  }
  const known = name as RequestName;
  const parsed = safeParse<z.ZodType>(REQUESTS[known].input, input);
  if (!parsed.success) return fail(invalid(parsed.error));
  try {
    // The table's type ties each name to its own input; TypeScript cannot follow that through a variable name.
    const handler = handlers[known] as (checked: unknown) => Promise<Result<unknown>> | Result<unknown>;
    const answer = RESULTS.get(known)?.safeParse(await handler(parsed.data));
    if (answer?.success) return answer.data as Result<unknown>;
    return fail(
      fault('internal', { details: answer ? z.prettifyError(answer.error).slice(0, 1_000) : known }),
    );
  } catch (error) {
    return fail(
      fault('internal', { details: error instanceof Error ? error.message.slice(0, 1_000) : 'unknown' }),
    );
  }
}

/** Names what is wrong, never what was given: it may have been a secret. */
function invalid(error: z.ZodError): Fault {
  const issues = error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return fault('usage.invalid', { details: issues.join('; ').slice(0, 1_000) });
}
