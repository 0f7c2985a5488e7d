import { type BenchBridge, EVENTS, REQUESTS, resultSchema } from '../../contract/channels.ts';
import { fault } from '../../contract/fault.ts';
import { fail } from '../../contract/result.ts';

/**
 * The window's side of the border: what comes from main is checked against the contract before anything is drawn from it.
 * An answer of the wrong shape, or a broken border, becomes the fault `internal`; an event of the wrong shape is reported
 * to `onBadEvent` and dropped.
 */
export function checkedBridge(
  bridge: BenchBridge,
  onBadEvent: (name: string, reason: string) => void = (name, reason) => console.error(name, reason),
): BenchBridge {
  return {
    async request(name, input) {
      try {
        const answer = await bridge.request(name, input);
        const checked = resultSchema(REQUESTS[name].output).safeParse(answer);
        if (checked.success) return answer;
        return fail(
          fault('internal', { details: `answer to ${name}: ${checked.error.message}`.slice(0, 2000) }),
        );
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return fail(fault('internal', { details: `${name}: ${reason}`.slice(0, 2000) }));
      }
    },
    on(name, listener) {
      return bridge.on(name, (payload) => {
        const checked = EVENTS[name].safeParse(payload);
        if (checked.success) listener(payload);
        else onBadEvent(name, checked.error.message);
      });
    },
  };
}
