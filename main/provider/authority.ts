import type { Result } from '../../contract/result.ts';
import type { Reply } from './reply.ts';

/** What a request carries to prove whose it is. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Everything in `headers` that nobody else may see, for the redactor. */
  readonly secrets: readonly string[];
}

/** A reply that is not what was asked for. */
export type BadReply = Extract<Reply, { kind: 'bad' }>;

/** How one account proves whose its requests are: all in which the providers of one API differ. */
export interface Authority {
  /** The credentials for one call. Gives up when `signal` aborts. */
  readonly credentials: (signal: AbortSignal | undefined) => Promise<Result<Credentials>>;
  /** Only where credentials run out by themselves. */
  readonly renewal?: {
    /** Whether the reply says that the credentials have run out, and so that the request was certainly not processed. */
    readonly isDue: (reply: BadReply, method: 'GET' | 'POST') => boolean;
    /** Lets go of these, so that the next call gets others; does nothing where others are in use already. */
    readonly discard: (used: Credentials) => void;
    /** The next step where new ones are not taken either. */
    readonly hint: string;
  };
}
