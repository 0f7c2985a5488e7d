import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram, type Program } from '../support/bundleProgram.ts';
import { type ControlledProcess, startControlled } from '../support/control.ts';
import { accounts, basic, EID, KEY } from '../unit/demo/provider/client.ts';

const programs: Program[] = [];
const running: ControlledProcess[] = [];

async function start(entry: string, config: unknown): Promise<ControlledProcess> {
  const program = await bundleProgram(entry);
  programs.push(program);
  const started = await startControlled(program.file, config);
  running.push(started);
  return started;
}

afterAll(async () => {
  for (const one of running) await one.kill();
  for (const program of programs) program.remove();
});

describe('a provider in a process of its own', () => {
  let provider: ControlledProcess;
  beforeAll(async () => {
    provider = await start('providerProcess.ts', { accounts: accounts() });
  });

  it('answers, is told what to do wrong, and tells what is true', async () => {
    const { origin } = provider.ready as { origin: string };
    const create = () =>
      fetch(`${origin}/v1/ESimProfiles`, {
        method: 'POST',
        headers: { Authorization: basic(KEY, 'the key secret') },
        body: new URLSearchParams({ Eid: EID }),
      });
    await provider.tell('harm', { name: 'reset after the commit', on: 'create' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect((await create()).status).toBe(201);
    expect(await provider.tell('profiles')).toHaveLength(2);
    expect(await provider.tell('record')).toMatchObject([
      { operation: 'create', delivered: 'reset' },
      { operation: 'create', delivered: 'answer 201' },
    ]);
    await provider.tell('stopListening');
    // A connection kept from before may break first.
    const codeOf = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;
    await expect.poll(() => create().catch(codeOf)).toBe('ECONNREFUSED');
    await provider.tell('listen');
    expect((await create()).status).toBe(201);
    await expect(provider.tell('sing')).rejects.toThrow('no such order: sing');
  });
});

describe('a modem in a process of its own', () => {
  it('is there on a TCP port, and ends with its stdin', async () => {
    const modem = await start('modemProcess.ts', { make: 'generic-reader', latency: 0 });
    expect(modem.ready).toMatchObject({
      tcpPort: expect.any(Number),
      imei: expect.stringMatching(/^\d{15}$/),
    });
    expect(await modem.tell('present')).toBe(true);
    await modem.tell('unplug');
    expect(await modem.tell('present')).toBe(false);
    await modem.stop();
  });
});
