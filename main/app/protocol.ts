import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ProtocolRequest, type ProtocolResponse, protocol, type Session } from 'electron';
import { APP_SCHEME, contentSecurityPolicy, contentTypeOf, fileFor } from './appFiles.ts';

/** What index.html holds where the nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Must run before the app is ready: a standard scheme has an origin, and only a secure one gets a strict CSP's full effect. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/**
 * Serves the built window from `root` under `app://bench/` to one session, and nothing outside of it. Resolves when the page itself has been
 * given out.
 *
 * Not by `protocol.handle`, although Electron's documents prefer it: its requests and answers are those of Node's `fetch`, and loading
 * that took main a fifth of its start, before the first byte of the page was served. Files are read at once, since what main does between
 * the steps of a read at leisure would hold the page up for longer than the read.
 */
export function serveApp(session: Session, root: string): Promise<void> {
  return new Promise((pageServed) => {
    session.protocol.registerBufferProtocol(APP_SCHEME, (request, respond) => {
      respond(answer(root, request));
      pageServed();
    });
  });
}

function answer(root: string, { method, url }: ProtocolRequest): ProtocolResponse {
  const path = fileFor(root, url);
  const type = path === null ? null : contentTypeOf(path);
  if (method !== 'GET' || path === null || type === null) return notFound();
  let body: Buffer;
  try {
    body = readFileSync(path);
  } catch {
    return notFound();
  }
  const nonce = randomBytes(18).toString('base64');
  const html = type.startsWith('text/html');
  return {
    data: html ? Buffer.from(body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) : body,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    },
  };
}

function notFound(): ProtocolResponse {
  return { statusCode: 404, headers: { 'Content-Type': 'text/plain' }, data: Buffer.from('Not found') };
}
