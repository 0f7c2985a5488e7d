// node tools/icons.mjs: draws the app's icons anew from assets/icon.svg and, where pixels are few, assets/icon-small.svg.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, findElectron, flagsHere } from './lib/electron.mjs';
import { icns, ico } from './lib/iconFiles.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { runHere } from './lib/run.mjs';
import { Stop, tool } from './lib/tool.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const SMALL = 32;
const ICO_SIZES = [16, 24, 32, 48, 64, 256];

/** Linux takes a folder of these. @param {number} size */
const png = (size) => inRoot('assets', 'icons', `${size}x${size}.png`);

tool(async () => {
  await ensureInstalled(ROOT);
  const electron = await findElectron(ROOT, { testRuntime: true });
  const display = await ensureDisplay();
  mkdirSync(inRoot('assets', 'icons'), { recursive: true });
  const drawings = SIZES.map((size) => ({
    svg: inRoot('assets', size <= SMALL ? 'icon-small.svg' : 'icon.svg'),
    png: png(size),
    size,
  }));
  const flags = flagsHere(electron, { virtualDisplay: display.virtual });
  const code = await runHere(
    electron.path,
    [...flags, inRoot('tools', 'icon-app'), JSON.stringify(drawings)],
    { env: electronEnv() },
  );
  display.stop();
  if (code !== 0) throw new Stop('The icons could not be drawn.');
  const images = SIZES.map((size) => ({ size, png: readFileSync(png(size)) }));
  writeFileSync(inRoot('assets', 'icon.ico'), ico(images.filter(({ size }) => ICO_SIZES.includes(size))));
  writeFileSync(inRoot('assets', 'icon.icns'), icns(images));
  return 0;
});
