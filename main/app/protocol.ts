import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME, contentSecurityPolicy, contentTypeOf, fileFor } from './appFiles.ts';

/** What index.html holds where the nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Must run before the app is ready: a standard scheme has an origin, and only a secure one gets a strict CSP's full effect. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the built window from `root` under `app://bench/` to one session, and nothing outside of it. */
export function serveApp(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const path = fileFor(root, request.url);
    const type = path === null ? null : contentTypeOf(path);
    if (request.method !== 'GET' || path === null || type === null) return notFound();
    let body: Buffer;
    try {
      body = await readFile(path);
    } catch {
      return notFound();
    }
    const nonce = randomBytes(18).toString('base64');
    const html = type.startsWith('text/html');
    const content = html ? body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : new Uint8Array(body);
    return new Response(content, {
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': contentSecurityPolicy(nonce),
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cache-Control': 'no-store',
      },
    });
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404 });
}
