import { extname, join, normalize, sep } from 'node:path';

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

/** The content type of a file that the window may load, or null for any other. */
export function contentTypeOf(path: string): string | null {
  return TYPES[extname(path)] ?? null;
}

/** Whether an address belongs to the window's own files. */
export function isOwnAddress(address: string): boolean {
  return URL.canParse(address) && address.startsWith(`${APP_ORIGIN}/`);
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
