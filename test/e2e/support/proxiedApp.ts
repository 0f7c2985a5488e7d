import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A home folder of a test, of which Chromium reads what its user trusts: on Linux the NSS database in `.pki/nssdb`. */
export interface Home {
  readonly folder: string;
  remove(): void;
}

/**
 * @param authority file of a certificate authority that this home trusts; null: none but the usual
 * @returns null where there is no certutil to say so with
 */
export async function createHome(authority: string | null): Promise<Home | null> {
  const folder = mkdtempSync(join(tmpdir(), 'home-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const database = join(folder, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  const certutil = (...args: string[]) => promisify(execFile)('certutil', ['-d', `sql:${database}`, ...args]);
  try {
    await certutil('-N', '--empty-password');
    // "C": trusted to issue certificates of TLS servers.
    if (authority !== null) await certutil('-A', '-t', 'C,,', '-n', 'Test CA', '-i', authority);
  } catch (error) {
    remove();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return { folder, remove };
}

/**
 * How a test sets the system's proxy: by the variables that Chromium goes by on a Linux desktop that has no settings of its own for
 * it. (The switch `--proxy-server` would go past the system's settings, which are what is to be shown.) GNOME and KDE have settings,
 * so no desktop is named.
 */
export function systemProxy(port: number): Record<string, string> {
  const address = `http://127.0.0.1:${port}`;
  return {
    http_proxy: address,
    https_proxy: address,
    no_proxy: '',
    all_proxy: '',
    XDG_CURRENT_DESKTOP: '',
    DESKTOP_SESSION: '',
  };
}
