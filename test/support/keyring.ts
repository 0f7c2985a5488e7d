import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Keyring {
  /** For every process that is to use this keyring; goes over `process.env`. */
  readonly env: Readonly<Record<'DBUS_SESSION_BUS_ADDRESS', string>>;
  /** Locks it. Nobody can unlock it, since its bus starts no prompt: a prompt is closed at once, as by a person who says no. */
  lock(): Promise<void>;
  /** Unlocks it again. */
  unlock(): Promise<void>;
  stop(): Promise<void>;
}

/** A bus of our own that starts no services: no other keyring, and no prompt that would wait for somebody. */
const BUS_CONFIG = (
  folder: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** What `startKeyring` needs and does not find here; empty when all is there. */
export async function missingForKeyring(): Promise<string[]> {
  if (process.platform !== 'linux') return ['Linux'];
  const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'];
  const found = await Promise.all(
    programs.map((program) =>
      run('sh', ['-c', `command -v ${program}`]).then(
        () => true,
        () => false,
      ),
    ),
  );
  return programs.filter((_program, index) => !found[index]);
}

/**
 * Starts a private session bus with a real gnome-keyring on it, unlocked, with its files in a folder of its own. The caller's
 * own keyring and session are left alone.
 */
export async function startKeyring(): Promise<Keyring> {
  // A socket's path has to be short.
  const folder = mkdtempSync(join(tmpdir(), 'keyring-'));
  for (const name of ['home', 'data', 'config', 'cache', 'run'])
    mkdirSync(join(folder, name), { mode: 0o700 });
  writeFileSync(join(folder, 'bus.conf'), BUS_CONFIG(folder));
  const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus` };
  const children: ChildProcess[] = [];
  const killAll = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  // A test that dies must not leave a bus behind.
  process.once('exit', killAll);

  async function stop(): Promise<void> {
    process.off('exit', killAll);
    for (const child of [...children].reverse()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    const bus = spawn(
      'dbus-daemon',
      ['--nofork', '--nopidfile', `--config-file=${folder}/bus.conf`, '--print-address'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    children.push(bus);
    await firstOutput(bus);
    let keyring = await startDaemon(folder, env, []);
    children.push(keyring);
    return {
      env,
      async lock() {
        await call(env, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${LOGIN}`);
      },
      async unlock() {
        // The daemon alone can be told the password, at its start.
        await end(keyring);
        children.pop();
        keyring = await startDaemon(folder, env, ['--replace']);
        children.push(keyring);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const LOGIN = '/org/freedesktop/secrets/collection/login';

/** Starts the daemon, gives it the password of its keyring, and waits until the keyring is there and open. */
async function startDaemon(
  folder: string,
  env: Keyring['env'],
  args: readonly string[],
): Promise<ChildProcess> {
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${folder}/run`, ...args],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {
        PATH: process.env.PATH,
        HOME: `${folder}/home`,
        XDG_DATA_HOME: `${folder}/data`,
        XDG_CONFIG_HOME: `${folder}/config`,
        XDG_CACHE_HOME: `${folder}/cache`,
        XDG_RUNTIME_DIR: `${folder}/run`,
        ...env,
      },
    },
  );
  daemon.stdin?.end('test');
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (daemon.exitCode !== null) throw new Error(`gnome-keyring-daemon ended with ${daemon.exitCode}`);
    const locked = await call(
      env,
      'org.freedesktop.DBus.Properties.Get',
      'string:org.freedesktop.Secret.Collection',
      'string:Locked',
    ).catch(() => '');
    if (/boolean false/.test(locked)) return daemon;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await end(daemon);
  throw new Error('gnome-keyring did not open its keyring');
}

async function call(env: Keyring['env'], method: string, ...args: string[]): Promise<string> {
  const path = method.startsWith('org.freedesktop.DBus.') ? LOGIN : '/org/freedesktop/secrets';
  const { stdout } = await run(
    'dbus-send',
    ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, method, ...args],
    { env: { PATH: process.env.PATH, ...env }, timeout: 5_000 },
  );
  return stdout;
}

function firstOutput(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`dbus-daemon ended with ${code}`)));
    child.stdout?.once('data', () => resolve());
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 2_000);
    child.once('exit', () => clearTimeout(hard));
  });
}
