import { Readable } from 'node:stream';
import { type IncomingMessage, net, type Session } from 'electron';
import type { FetchInit, FetchResponse } from '../provider/provider.ts';
import type { RequestLogin } from './proxySignIn.ts';

/** As Chromium names it; the provider's table of failures knows the name. Nothing has left through the proxy then. */
const NOT_SIGNED_IN = 'net::ERR_PROXY_AUTH_REQUESTED';

/**
 * `fetch` over `net.request`, of which `session.fetch` is made too: here each request has a say in what its proxy is answered
 * with. (`session.fetch` passes challenges to the app as a whole, without a word of the request.)
 *
 * A server's own challenge is never answered. Redirects are not followed, cookies neither sent nor kept, nothing is cached.
 * Rejects with Chromium's error, `net::ERR_PROXY_AUTH_REQUESTED` where a proxy's challenge was left unanswered.
 */
export function proxyFetch(
  session: Session,
  url: string,
  init: FetchInit,
  login: RequestLogin,
): Promise<FetchResponse> {
  return new Promise((resolve, reject) => {
    if (init.signal?.aborted) {
      reject(aborted());
      return;
    }
    const request = net.request({
      session,
      url,
      method: init.method ?? 'GET',
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    for (const [name, value] of Object.entries(init.headers ?? {})) request.setHeader(name, value);

    let unanswered = false;
    const failed = (error: Error) => reject(unanswered ? new Error(NOT_SIGNED_IN) : error);
    const abort = () => {
      request.abort();
      reject(aborted());
    };
    init.signal?.addEventListener('abort', abort, { once: true });

    request.on('login', (asked, answer) => {
      if (!asked.isProxy) {
        answer();
        return;
      }
      const leave = () => {
        unanswered = true;
        answer();
      };
      login.answer(asked).then((given) => {
        if (given === null) leave();
        else answer(given.user, given.password);
      }, leave);
    });
    request.on('response', (message) => {
      // Chromium gives the proxy's own 407 for an answer, and breaks off in its body.
      if (unanswered) {
        message.on('error', () => undefined);
        request.abort();
        failed(aborted());
        return;
      }
      login.cameThrough();
      resolve(responseOf(url, message, () => request.abort()));
    });
    request.on('error', failed);
    request.end(init.body);
  });
}

function responseOf(url: string, message: IncomingMessage, abort: () => void): FetchResponse {
  const { statusCode: status, headers } = message;
  return {
    status,
    headers: { get: (name) => headerOf(headers, name) },
    redirected: false,
    type: 'default',
    url,
    body: bodyOf(message, abort),
  };
}

function headerOf(headers: IncomingMessage['headers'], name: string): string | null {
  const value: string | string[] | undefined = headers[name.toLowerCase()];
  return value === undefined ? null : [value].flat().join(', ');
}

/** Electron's message is a stream of Node's, which its types do not say. */
function bodyOf(message: IncomingMessage, abort: () => void): FetchResponse['body'] {
  if (!(message instanceof Readable)) throw new Error('the answer of net.request is no stream');
  // Whoever stops reading in the middle wants no more to come.
  message.once('close', () => {
    if (!message.readableEnded) abort();
  });
  return Readable.toWeb(message);
}

function aborted(): Error {
  return new DOMException('The request was aborted.', 'AbortError');
}
