/** @typedef {import('../../test/bench/row.ts').BenchRow} BenchRow */

/**
 * @typedef {object} Judged
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {{name: string, value: number} | null} against
 * @property {number | null} ratio
 * @property {BenchRow['bar']} bar
 * @property {boolean} pass
 */

/** Holds a row against its bar. @param {BenchRow} row @returns {Judged} */
export function judge({ name, value, unit, against, bar }) {
  const ratio = against ? value / against.value : null;
  const measure = ratio ?? value;
  // NaN fails either way: nothing was measured.
  const pass = 'atMost' in bar ? measure <= bar.atMost : measure >= bar.atLeast;
  return { name, value, unit, against: against ?? null, ratio, bar, pass };
}

/** Three digits that count, no exponent. @param {number} number */
const short = (number) =>
  Number.isInteger(number) || Math.abs(number) >= 100
    ? number.toFixed(0)
    : String(Number(number.toPrecision(3)));

/** @param {Judged} row */
const cells = ({ name, value, unit, against, ratio, bar, pass }) => [
  name,
  `${short(value)} ${unit}`,
  against ? `${short(against.value)} ${unit} (${against.name})` : '',
  ratio === null ? '' : `${short(ratio)}×`,
  `${'atMost' in bar ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`}${ratio === null ? '' : '×'}`,
  pass ? 'pass' : 'FAIL',
];

/** The rows as a table for a terminal. @param {readonly Judged[]} rows */
export function table(rows) {
  const lines = [['', 'measured', 'against', 'ratio', 'bar', ''], ...rows.map(cells)];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
