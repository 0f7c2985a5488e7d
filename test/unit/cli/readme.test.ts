import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../main/cli/program.ts';

const README = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');

/** What stands behind `npm run -s cli --`, without the comment that follows. */
const EXAMPLES = [...README.matchAll(/npm run -s cli -- (.+)$/gm)].map(([, line = '']) =>
  line.replace(/\s+#.*$/, '').trim(),
);

/** Words as a shell makes them of these lines: quotes hold together. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

describe('every command line of the README', () => {
  it('is found', () => {
    expect(EXAMPLES.length).toBeGreaterThan(20);
  });

  it.each(EXAMPLES)('%s is one', (line) => {
    expect(parseCommandLine(words(line), '1.2.3')).toMatchObject({ kind: 'run' });
  });
});
