import type { AtLogEntry } from '../../contract/atLog.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Framed } from './framer.ts';
import type { OwedAnswers } from './owed.ts';

/** What comes from the port. `bytes` comes before what was made of them, also where that is nothing yet. */
export type WireEvent =
  | Framed
  | { readonly kind: 'bytes' }
  | { readonly kind: 'ended'; readonly fault: Fault };

/** One port, as the exchange of a command and the resynchronising see it. One of them listens at a time. */
export interface Wire {
  readonly clock: Clock;
  readonly owed: OwedAnswers;
  /** Takes all that comes, until the function that this returns is called. */
  listen(taker: (event: WireEvent) => void): () => void;
  /** Writes a command and its CR. */
  send(command: string, logAs?: string): Promise<Result<null>>;
  /** Leaves a prompt without sending text (27.005 §3.5.1). */
  escape(): void;
  log(direction: AtLogEntry['direction'], text: string, command?: string): void;
  /** For the dialogue's listeners. */
  unsolicited(line: string): void;
}
