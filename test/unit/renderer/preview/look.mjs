// Shows the built window in every situation of scenes.ts, in Chromium, under the policy that the app serves it with, and checks
// each with axe. For looking at while working on the window; the e2e tests drive the real app.
//   npx vite build -c vite.renderer.config.ts && node test/unit/renderer/preview/look.mjs OUT [scene[,scene…]] [WxH[,WxH…]]
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { STEPS } from './steps.mjs';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const [out = 'test-results/look', wanted = '', sizes = '1280x800'] = process.argv.slice(2);
mkdirSync(out, { recursive: true });

const bundle = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    minify: false,
    lib: { entry: join(root, 'test/unit/renderer/preview/scenes.ts'), formats: ['iife'], name: 'Preview' },
  },
});
const scenes = bundle[0].output[0].code;
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const path = request.url === '/' ? '/index.html' : request.url;
  if (path === '/favicon.ico') {
    response.statusCode = 204;
    response.end();
    return;
  }
  try {
    const nonce = randomBytes(18).toString('base64');
    const body = readFileSync(join(process.env.PAGE ?? join(root, 'dist/renderer'), path));
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'`,
    );
    response.end(extname(path) === '.html' ? body.toString().replaceAll('__CSP_NONCE__', nonce) : body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const names = wanted === '' ? Object.keys(STEPS) : wanted.split(',');
let bad = 0;
for (const size of sizes.split(',')) {
  const [width, height] = size.split('x').map(Number);
  for (const theme of ['light', 'dark']) {
    for (const name of names) {
      const { scene, steps } = STEPS[name] ?? { scene: name, steps: async () => {} };
      const page = await browser.newPage({ viewport: { width, height } });
      const said = [];
      page.on(
        'console',
        (message) =>
          ['error', 'warning'].includes(message.type()) &&
          said.push(`${message.text()} ${message.location().url}`),
      );
      page.on('pageerror', (error) => said.push(String(error)));
      await page.clock.setFixedTime(new Date(2026, 10, 24, 10, 42, 31));
      await page.addInitScript({
        content: `${scenes}\nwindow.bench = Preview.makeBridge(${JSON.stringify(scene)}, '${theme}');`,
      });
      await page.goto(address);
      await page.waitForSelector('.window');
      await page.evaluate(() => document.fonts.ready);
      await steps(page);
      await page.waitForTimeout(250);
      const file = `${name}-${theme}-${size}.png`;
      await page.screenshot({ path: join(out, file) });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (overflow) said.push('the page scrolls sideways');
      // Through the debugger, since the page's own policy allows no script but its own.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      for (const violation of violations) {
        said.push(
          `axe ${violation.id}: ${violation.help}\n      ${violation.nodes
            .slice(0, 4)
            .map(
              (node) =>
                `${node.html.slice(0, 160)} ${node.any
                  .map((check) => check.message)
                  .join('; ')
                  .slice(0, 200)}`,
            )
            .join('\n      ')}`,
        );
      }
      if (said.length > 0) bad += 1;
      console.log(`${file}${said.map((line) => `\n   ${line}`).join('')}`);
      await page.close();
    }
  }
}
await browser.close();
server.close();
console.log(`${bad} with something to say`);
process.exitCode = bad === 0 ? 0 : 1;
