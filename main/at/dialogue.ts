import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';

/** How an answer ended (3GPP TS 27.007 §9, ITU-T V.250 §5.7). */
export type AtFinal =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error' }
  /** `+CME ERROR`: `code` where it was a number, else the text as given. */
  | { readonly kind: 'cme'; readonly code: number | null; readonly text: string }
  | { readonly kind: 'cms'; readonly code: number | null; readonly text: string }
  /** `NO CARRIER`, `BUSY`, `NO ANSWER`, `NO DIALTONE`, `CONNECT` … */
  | { readonly kind: 'other'; readonly text: string };

export interface AtAnswer {
  /** Lines between the echo and the final result, without unsolicited ones, trimmed. */
  readonly lines: readonly string[];
  readonly final: AtFinal;
  readonly elapsedMs: number;
}

export interface AtSendOptions {
  /** From the moment the command is written. Default 5,000 ms. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Prefixes (`+CGLA`) that belong to this answer though they look unsolicited; by default the command's own name. */
  readonly prefixes?: readonly string[];
  /** Written in the AT log in place of the command, where the command holds a PIN. */
  readonly logAs?: string;
}

/** A dialogue on one port: one command at a time, in order. */
export interface AtDialogue {
  readonly path: string;
  readonly closed: boolean;
  /**
   * Sends one command (without CR) and waits for its final result. A refusal by the modem is an answer, not a fault.
   * After a command that was given up (time limit, cancelled), the next one waits until the dialogue is back in step, for
   * as long as its own time limit, within 4 to 10 s; it fails unsent where that does not succeed.
   * Faults: `modem.noAnswer` (not one line came), `modem.timeout` (an answer began and did not end), `modem.garbled`
   * (bounds exceeded, or a late answer ran into this one), `port.vanished`, `port.failed`, `cancelled`; `internal` for a
   * command that is not one line of printable ASCII.
   */
  send(command: string, options?: AtSendOptions): Promise<Result<AtAnswer>>;
  /**
   * Says that an answer made no sense for its command, as if it were the one before's: the dialogue gets back into step
   * before the next command.
   */
  doubt(): void;
  onUnsolicited(listener: (line: string) => void): () => void;
  /** Called once when the link ends; `null` when we closed it. Called at once where it has ended already. */
  onClosed(listener: (fault: Fault | null) => void): () => void;
  /** How many commands this dialogue has sent, those to get back into step included. */
  readonly commandsSent: number;
  close(): Promise<void>;
}
