import { type Clock, pause } from '../../base/clock.ts';
import type { Delivery, ProviderResponse } from './http.ts';
import type { VirtualProvider } from './virtualProvider.ts';

export interface DemoFetchOptions {
  readonly clock: Clock;
  /** The one origin that answers (`https://demo.invalid`); others are not found, as without a network. */
  readonly origin: string;
  /** Asked at each request: whether the network is there. */
  readonly online?: () => boolean;
}

/**
 * A `fetch` in front of a virtual provider. It fails as Node's own does: a `TypeError: fetch failed` whose
 * cause has the code of the connection's fault, and the signal's reason where that aborts.
 */
export function createDemoFetch(
  provider: VirtualProvider,
  options: DemoFetchOptions,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // The caller's own: one made by `Request` follows it through a weak reference, and may be collected meanwhile.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);
    signal.throwIfAborted();
    // As a network would have it: nothing happens within the caller's turn.
    const body = await request.text();
    signal.throwIfAborted();
    if (new URL(request.url).origin !== options.origin) throw failed('ENOTFOUND', 'getaddrinfo ENOTFOUND');
    if (options.online !== undefined && !options.online()) throw failed('ENETUNREACH', 'connect ENETUNREACH');
    const delivery = provider.handle({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body,
    });
    return deliver(delivery, options.clock, signal);
  };
}

async function deliver(delivery: Delivery, clock: Clock, signal: AbortSignal): Promise<Response> {
  if (delivery.kind === 'refused') throw failed('ECONNREFUSED', 'connect ECONNREFUSED');
  if (delivery.kind === 'silence') return silence(signal);
  if (delivery.afterMs > 0) await pause(clock, delivery.afterMs, signal);
  signal.throwIfAborted();
  if (delivery.kind === 'reset') throw failed('ECONNRESET', 'read ECONNRESET');
  const { response } = delivery;
  if (delivery.kind === 'answer') return toResponse(response, bytesOf(response.body));
  const begun = bytesOf(response.body).slice(0, delivery.bodyBytes);
  return toResponse(response, delivery.kind === 'cut' ? brokenBody(begun) : stalledBody(begun, signal));
}

function toResponse(response: ProviderResponse, body: Uint8Array<ArrayBuffer> | ReadableStream): Response {
  const length = { 'Content-Length': String(bytesOf(response.body).length) };
  return new Response(body, { status: response.status, headers: { ...response.headers, ...length } });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Never answers; ends when the caller gives up. */
function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function brokenBody(begun: Uint8Array): ReadableStream<Uint8Array> {
  const chunks = [begun];
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined && chunk.length > 0) controller.enqueue(chunk);
      else
        controller.error(
          new TypeError('terminated', { cause: coded('UND_ERR_SOCKET', 'other side closed') }),
        );
    },
  });
}

function stalledBody(begun: Uint8Array, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (begun.length > 0) controller.enqueue(begun);
      signal.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
}

function failed(code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: coded(code, message) });
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
