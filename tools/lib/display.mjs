import { spawn } from 'node:child_process';
import { atExit, Stop } from './tool.mjs';

/** Does this computer show windows to someone? @param {NodeJS.ProcessEnv} [env] @param {NodeJS.Platform} [platform] */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

const START_LIMIT_MS = 20_000;

/**
 * Keeps Xvfb for as long as its standard input is open: it closes with us, also when we are killed. In a group of its
 * own, since Ctrl-C at a terminal goes to every process of ours and the display must outlive its windows.
 */
const KEEPER = 'Xvfb "$@" & pid=$!; exec 3>&-; cat >/dev/null; kill $pid; wait $pid';

/**
 * Starts a virtual display; the X server chooses a free number by itself and tells it when it is ready.
 * @returns {Promise<{display: string, stop: () => void}>}
 */
export function startVirtualDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'];
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', ...args], {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  keeper.unref();
  const [, , errors, number] = keeper.stdio;
  const stop = atExit(() => keeper.stdin?.destroy());
  return new Promise((resolve, reject) => {
    let said = '';
    let digits = '';
    /** @param {string} why */
    const fail = (why) => {
      clearTimeout(timer);
      stop();
      reject(new Stop(`The virtual display could not be started: ${why}\n${said}`.trimEnd()));
    };
    const timer = setTimeout(() => fail('it did not get ready within 20 s.'), START_LIMIT_MS);
    keeper.on('error', (error) => fail(error.message));
    errors?.on('data', (text) => {
      said = (said + text).slice(-4_000);
    });
    number?.on('data', (text) => {
      digits += text;
      if (!digits.includes('\n')) return;
      clearTimeout(timer);
      // From here on it must not keep this process from ending.
      for (const stream of keeper.stdio) /** @type {import('node:net').Socket | null} */ (stream)?.unref();
      resolve({ display: `:${digits.trim()}`, stop });
    });
    number?.on('end', () => {
      if (!digits.includes('\n')) fail('Xvfb ended.');
    });
  });
}

/**
 * The display to show windows on: this computer's, else a virtual one that is put into `process.env.DISPLAY`.
 * @returns {Promise<{virtual: boolean, stop: () => void}>}
 */
export async function ensureDisplay() {
  if (hasDisplay()) return { virtual: false, stop: () => {} };
  const { display, stop } = await startVirtualDisplay();
  process.env.DISPLAY = display;
  return {
    virtual: true,
    stop: () => {
      delete process.env.DISPLAY;
      stop();
    },
  };
}
