// npm run check: format, lint, layers, types.
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { tool } from './lib/tool.mjs';

tool(async () => {
  await ensureInstalled(ROOT);
  // Its parts use installed packages: not to be loaded earlier.
  const { runChecks } = await import('./lib/checks.mjs');
  const { failed } = await runChecks();
  return failed.length === 0 ? 0 : 1;
});
