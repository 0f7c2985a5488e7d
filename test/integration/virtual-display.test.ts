import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { beforeEach, describe, expect, it } from 'vitest';
import { startVirtualDisplay } from '../../tools/lib/display.mjs';

const TOOL = new URL('../../tools/lib/display.mjs', import.meta.url).href;

/** Does an X server take connections on this display? */
async function answers(display: string): Promise<boolean> {
  const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const goneSoon = (display: string) => expect.poll(() => answers(display), { timeout: 10_000 }).toBe(false);

describe('a virtual display', () => {
  beforeEach((context) => context.skip(process.platform !== 'linux', 'Xvfb is for Linux'));

  it('is there when it says so, one for each who asks, until it is stopped', async () => {
    const [first, second] = await Promise.all([startVirtualDisplay(), startVirtualDisplay()]);
    expect(first.display).not.toBe(second.display);
    expect(await answers(first.display)).toBe(true);
    expect(await answers(second.display)).toBe(true);
    first.stop();
    await goneSoon(first.display);
    expect(await answers(second.display)).toBe(true);
    second.stop();
    await goneSoon(second.display);
  });

  it('goes with the one who started it, even when that one is killed', async () => {
    const program = `
      import { startVirtualDisplay } from ${JSON.stringify(TOOL)};
      console.log((await startVirtualDisplay()).display);
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [display] = (await once(createInterface(owner.stdout), 'line')) as [string];
    expect(await answers(display)).toBe(true);
    owner.kill('SIGKILL');
    await goneSoon(display);
  });
});
