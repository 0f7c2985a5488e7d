import { spawn } from 'node:child_process';
import { exitCodeOf, keepSignals } from './tool.mjs';

/** How much of a quiet command's output is kept, for the report when it fails. */
const KEPT_OUTPUT = 200_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell]
 * @property {number} [timeoutMs] after which it is killed
 *
 * @typedef {object} RunResult
 * @property {boolean} ok exit code 0
 * @property {number} code 128 + n for a signal, 127 where it could not be started
 * @property {boolean} timedOut
 * @property {string} stdout
 * @property {string} output stdout and stderr as they came, the last 200,000 characters
 */

/**
 * Runs a command without showing its output. Never rejects: what could not be started has code 127.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function runQuietly(command, args, { timeoutMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    let stdout = '';
    let timedOut = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, timeoutMs)
      : undefined;
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output = (output + text).slice(-KEPT_OUTPUT);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ ok: false, code: 127, timedOut: false, stdout, output: `${output}${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const exit = code ?? (signal ? exitCodeOf(signal) : 1);
      resolve({ ok: exit === 0, code: exit, timedOut, stdout, output });
    });
  });
}

/**
 * Runs a command on this terminal until it ends; signals that reach us are passed on to it.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal}} [options] `signal`: ends it with SIGTERM
 * @returns {Promise<number>} its exit code, 128 + n where a signal ended it
 */
export function runHere(command, args, { signal: abort, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const release = keepSignals();
    /** @type {NodeJS.Signals[]} */
    const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => void child.kill(signal);
    for (const signal of passed) process.on(signal, pass);
    const stop = () => void child.kill('SIGTERM');
    abort?.addEventListener('abort', stop);
    const done = () => {
      release();
      for (const signal of passed) process.off(signal, pass);
      abort?.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? (signal ? exitCodeOf(signal) : 1));
    });
  });
}
