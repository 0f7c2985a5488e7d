import { spawn } from 'node:child_process';
import type { Result } from '../../contract/result.ts';
import { bundleProgram } from './bundleProgram.ts';
import type { VaultCommand } from './vaultClient.ts';

export interface VaultProgram {
  /** Runs the commands in a new process with these variables over our own (undefined: without it), secrets on stdin. */
  run(
    env: Readonly<Record<string, string | undefined>>,
    ...commands: VaultCommand[]
  ): Promise<Result<string | null>[]>;
  remove(): void;
}

/**
 * The vault as a program of its own: GLib reads the bus's address once in a process, so each keyring needs another one.
 */
export async function buildVaultProgram(): Promise<VaultProgram> {
  const { file, remove } = await bundleProgram('vaultClient.ts', ['keytar']);
  return { run: (env, ...commands) => runProgram(file, env, commands), remove };
}

function runProgram(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  commands: readonly VaultCommand[],
): Promise<Result<string | null>[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { env: { ...process.env, ...env }, stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code !== 0)
        reject(new Error(`the vault's process ended with ${code ?? signal}: ${err.slice(0, 2_000)}`));
      else
        resolve(
          out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Result<string | null>),
        );
    });
    child.stdin.end(commands.map((command) => `${JSON.stringify(command)}\n`).join(''));
  });
}
