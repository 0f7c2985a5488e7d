import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://bench';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** What index.html holds where the nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Must run before the app is ready: a standard scheme has an origin, and only a secure one gets a strict CSP's full effect. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** The policy of the window: nothing but our own files, no connection anywhere, styles of the component library by nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves the built window from `root` under `app://bench/`, and nothing outside of it. */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const path = fileFor(root, request.url);
    if (request.method !== 'GET' || path === null) return new Response('Not found', { status: 404 });
    const type = TYPES[extname(path)];
    if (type === undefined) return new Response('Not found', { status: 404 });
    let body: Buffer;
    try {
      body = await readFile(path);
    } catch {
      return new Response('Not found', { status: 404 });
    }
    const nonce = randomBytes(18).toString('base64');
    const html = extname(path) === '.html';
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

/** The file that an `app://bench/` address names, or null where it names none under `root`. */
export function fileFor(root: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== 'bench') return null;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  const path = normalize(join(root, name === '/' ? 'index.html' : name));
  return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : null;
}
