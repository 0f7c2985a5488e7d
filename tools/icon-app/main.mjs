/// <reference lib="dom" />
// Draws an SVG at several sizes, with the renderer that every Electron has. Arguments: a JSON array of
// { "svg": file, "png": file, "size": pixels }.
import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow } from 'electron';

/** @type {{svg: string, png: string, size: number}[]} */
const drawings = JSON.parse(process.argv.at(-1) ?? '[]');

/**
 * Runs in the page. @param {string} svg @param {number} size
 * @returns {Promise<string>} the PNG in base64
 */
const draw = async (svg, size) => {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${svg}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
};

app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false });
  await window.loadURL('about:blank');
  for (const { svg, png, size } of drawings) {
    const source = readFileSync(svg).toString('base64');
    const base64 = await window.webContents.executeJavaScript(`(${draw})('${source}', ${size})`);
    writeFileSync(png, Buffer.from(base64, 'base64'));
  }
  app.quit();
});
