import { Stop } from './tool.mjs';

const REPORT_FORMAT = 'esim-bench compatibility report';
export const FIXTURE_FORMAT = 'esim-bench modem fixture';
const MAX_COMMANDS = 500;

/**
 * What a fixture's modem says to a command, one time after the other; the last time stays.
 * @typedef {{ lines: string[], final: string | null, afterMs: number }} FixtureAnswer
 * @typedef {{ format: string, version: 1, from: { manufacturer: string | null, model: string | null, revision: string | null,
 *   reportVersion: number, appVersion: string | null }, answers: Record<string, FixtureAnswer[]> }} Fixture
 */

/**
 * Turns a compatibility report (main/modem/reportSchema.ts) into a modem for tests: what it said to each command, in order. A
 * report comes from outside, so its shape is looked at, and what does not fit ends it with a {@link Stop}.
 * @param {string} text the report's file
 * @returns {Fixture}
 */
export function reportToFixture(text) {
  /** @type {unknown} */
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    throw new Stop('This file is no JSON.');
  }
  if (!isObject(report) || report.format !== REPORT_FORMAT)
    throw new Stop('This file is no compatibility report.');
  if (report.version !== 1)
    throw new Stop(`A report of version ${JSON.stringify(report.version)} is not known.`);
  const { modem, about, commands } = report;
  if (!isObject(modem) || !Array.isArray(commands) || commands.length > MAX_COMMANDS) {
    throw new Stop('This report is not complete.');
  }
  /** @type {Map<string, FixtureAnswer[]>} */
  const answers = new Map();
  for (const [index, entry] of commands.entries()) {
    if (!isCommand(entry)) throw new Stop(`Command ${index + 1} of the report cannot be read.`);
    const before = answers.get(entry.command) ?? [];
    answers.set(entry.command, [
      ...before,
      { lines: entry.lines, final: entry.final, afterMs: Math.round(entry.elapsedMs) },
    ]);
  }
  const app = isObject(about) && isObject(about.app) ? about.app : {};
  return {
    format: FIXTURE_FORMAT,
    version: 1,
    from: {
      manufacturer: textOf(modem.manufacturer),
      model: textOf(modem.model),
      revision: textOf(modem.revision),
      reportVersion: 1,
      appVersion: textOf(app.version),
    },
    answers: Object.fromEntries(answers),
  };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value : null);

/**
 * @param {unknown} entry
 * @returns {entry is { command: string, lines: string[], final: string | null, elapsedMs: number }}
 */
function isCommand(entry) {
  return (
    isObject(entry) &&
    typeof entry.command === 'string' &&
    /^AT[\x20-\x7e]*$/i.test(entry.command) &&
    Array.isArray(entry.lines) &&
    entry.lines.every((line) => typeof line === 'string') &&
    (entry.final === null || typeof entry.final === 'string') &&
    typeof entry.elapsedMs === 'number' &&
    entry.elapsedMs >= 0
  );
}
