// node tools/reportToFixture.mjs REPORT [FIXTURE]: makes a modem for tests of a compatibility report. Without FIXTURE it is
// written to standard output. test/support/fixtureModem.ts plays it.
import { readFile, writeFile } from 'node:fs/promises';
import { reportToFixture } from './lib/reportToFixture.mjs';
import { Stop, tool } from './lib/tool.mjs';

tool(async () => {
  const [report, fixture, ...rest] = process.argv.slice(2);
  if (report === undefined || rest.length > 0) {
    throw new Stop('Usage: node tools/reportToFixture.mjs REPORT [FIXTURE]', 2);
  }
  const text = await readFile(report, 'utf8').catch(() => {
    throw new Stop(`The file ${report} cannot be read.`);
  });
  const json = `${JSON.stringify(reportToFixture(text), null, 2)}\n`;
  if (fixture === undefined) process.stdout.write(json);
  else await writeFile(fixture, json);
  return 0;
});
