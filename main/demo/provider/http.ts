/** HTTP as the virtual provider sees it: values, whatever carries them. */

export interface ProviderRequest {
  readonly method: string;
  /** Absolute: its origin is what the answers' own addresses begin with. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ProviderResponse {
  readonly status: number;
  /** Names as they are written. `Content-Length` is the carrier's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How an answer travels. A carrier (fetch, a real server) must do exactly this. */
export type Delivery =
  | { readonly kind: 'answer'; readonly afterMs: number; readonly response: ProviderResponse }
  /** Headers with the whole length, some bytes of the body, then the connection breaks. */
  | {
      readonly kind: 'cut';
      readonly afterMs: number;
      readonly response: ProviderResponse;
      readonly bodyBytes: number;
    }
  /** Headers, some bytes of the body, then nothing more. */
  | {
      readonly kind: 'stall';
      readonly afterMs: number;
      readonly response: ProviderResponse;
      readonly bodyBytes: number;
    }
  /** The connection stays open and nothing comes. */
  | { readonly kind: 'silence' }
  /** The connection is reset before a byte came. */
  | { readonly kind: 'reset'; readonly afterMs: number }
  /** The connection is never opened. */
  | { readonly kind: 'refused' };

/** A delivery in short, for the record: `answer 201`, `reset`. */
export function deliveryName(delivery: Delivery): string {
  return 'response' in delivery ? `${delivery.kind} ${delivery.response.status}` : delivery.kind;
}
