// npm run build: dist/, where it is not up to date.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { tool } from './lib/tool.mjs';

tool(async () => {
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  return 0;
});
