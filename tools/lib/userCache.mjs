import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where this user's caches go: the XDG Base Directory Specification, which ignores a relative `XDG_CACHE_HOME`.
 * @param {NodeJS.ProcessEnv} [env] @param {string} [home]
 */
export function userCache(env = process.env, home = homedir()) {
  const given = env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(given) ? given : join(home, '.cache'), 'esim-bench');
}
