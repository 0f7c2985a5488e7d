import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

const APP_NAME = 'eSIM Bench';

/**
 * Where ledger and settings are kept when `--data-dir` does not say: the folder that Electron calls `userData`, so that app and
 * CLI share one bench. The demo bench has its own beside it.
 * Linux `$XDG_CONFIG_HOME` or `~/.config`, macOS `~/Library/Application Support`, Windows `%APPDATA%`.
 */
export function defaultDataDir(
  mode: 'real' | 'demo',
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  const name = mode === 'demo' ? `${APP_NAME} Demo` : APP_NAME;
  if (platform === 'win32') return win32.join(env.APPDATA ?? win32.join(home, 'AppData', 'Roaming'), name);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', name);
  // The XDG specification: a relative path is to be ignored.
  const config = env.XDG_CONFIG_HOME;
  return join(config?.startsWith('/') ? config : join(home, '.config'), name);
}
