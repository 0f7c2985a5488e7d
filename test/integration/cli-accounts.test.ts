import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import type { CliRun } from '../support/cli.ts';
import { cliBench } from '../support/cliBench.ts';

const EID = '89044011112233441122334411223321';

const bench = cliBench();
const { cli } = bench;

function setKore(name: string, { id, secret } = bench.world.account.client): Promise<CliRun> {
  const { origin } = bench.world.server;
  const args = ['account', 'set', '--provider', 'kore', '--client-id', id, '--name', name];
  const places = ['--endpoint', origin, '--token-endpoint', `${origin}/api-services/v1/auth/token`];
  return cli([...args, ...places], { stdin: `${secret}\n` });
}

const setTwilio = (name: string) => bench.setTwilio({ name });

const names = async () => (await cli(['account', 'list'])).objects().map(({ name, inUse }) => [name, inUse]);

it('accounts that are set at the same moment are all kept', async () => {
  const wanted = ['One', 'Two', 'Three', 'Four', 'Five'];
  const codes = await Promise.all(wanted.map(async (name) => (await setTwilio(name)).code));
  expect(codes).toEqual(wanted.map(() => 0));
  expect((await names()).map(([name]) => name).sort()).toEqual([...wanted].sort());
});

describe('an account at KORE', () => {
  it('is tested, ordered with, and followed until the profile is available', async () => {
    const set = await setKore('Field');
    expect(set.objects()).toMatchObject([
      { name: 'Field', provider: 'kore', clientId: bench.world.account.client.id },
    ]);
    expect((await cli(['account', 'test'])).code).toBe(0);
    const ordered = await cli(['order', '--eid', EID, '--timeout', '60']);
    expect(ordered.code).toBe(0);
    const last = ordered.objects().at(-1);
    expect(last).toMatchObject({ status: 'available', eid: EID });
    expect(last?.lpa).toMatch(/^LPA:1\$/);
    expect(bench.world.provider.profiles()).toHaveLength(1);
  });

  it('takes an order by matching ID whose answer was lost from the list, once', async () => {
    await setKore('Field');
    bench.world.provider.harm({ on: 'create', what: NAMED_FAULTS['reset after the commit'] });
    const ordered = await cli(['order', '--matching-id', '--timeout', '90']);
    expect([ordered.code, ordered.objects().at(-1)?.status]).toEqual([0, 'available']);
    expect(bench.world.provider.profiles()).toHaveLength(1);
  });

  it('with a wrong client secret fails its test with exit code 6, and nothing is ordered', async () => {
    await setKore('Field', { id: bench.world.account.client.id, secret: 'not-the-secret' });
    const tested = await cli(['account', 'test']);
    expect([tested.code, tested.objects()]).toMatchObject([6, [{ error: { code: 'account.rejected' } }]]);
    expect((await cli(['order', '--eid', EID, '--timeout', '20'])).code).toBe(6);
    expect(bench.world.provider.profiles()).toHaveLength(0);
  });

  it('leaves neither secret nor token in any file', async () => {
    await setKore('Field');
    await cli(['order', '--eid', EID, '--timeout', '60']);
    const files = readdirSync(bench.dataDir).map((name) =>
      readFileSync(join(bench.dataDir, name)).toString('latin1'),
    );
    for (const text of files) {
      expect(text).not.toContain(bench.world.account.client.secret);
      expect(text).not.toMatch(/bearer/i);
    }
  });

  it.each([
    ['an option of another provider', ['--client-id', 'x', '--key', `SK${'a'.repeat(32)}`], /no --key/],
    [
      'an endpoint without TLS',
      ['--client-id', 'x', '--endpoint', 'http://x.example'],
      /--endpoint: An https/,
    ],
    ['no client id', [], /--client-id: 1 to 200/],
  ])('is refused with %s, and that is said', async (_, args, words) => {
    const set = await cli(['account', 'set', '--provider', 'kore', ...args], { stdin: 'x\n' });
    const error = { code: 'usage.invalid', message: expect.stringMatching(words) };
    expect([set.code, set.objects()]).toMatchObject([2, [{ error }]]);
    expect((await cli(['account', 'list'])).objects()).toEqual([]);
  });

  it('is not complete without its client id', async () => {
    const set = await cli(['account', 'set', '--provider', 'kore'], { stdin: 'x\n' });
    expect(set.code).toBe(2);
    expect(set.stderr).toContain('--client-id');
  });
});

describe('several accounts', () => {
  it('are listed with the one in use, switched, and cleared one by one', async () => {
    await setTwilio('Home');
    await setKore('Field');
    expect(await names()).toEqual([
      ['Home', false],
      ['Field', true],
    ]);
    expect((await cli(['account', 'use', 'Home'])).code).toBe(0);
    expect((await cli(['account', 'show'])).objects()).toMatchObject([{ name: 'Home', secret: 'keychain' }]);
    expect((await cli(['account', 'use', 'Nowhere'])).code).toBe(2);
    expect((await cli(['account', 'rename', 'Home', 'Field'])).code).toBe(2);
    expect((await cli(['account', 'rename', 'Home', 'Workshop'])).objects()).toEqual([{ name: 'Workshop' }]);
    expect((await cli(['account', 'show'])).objects()).toMatchObject([
      { name: 'Workshop', secret: 'keychain' },
    ]);
    expect((await cli(['account', 'clear', 'Field'])).code).toBe(0);
    expect(await names()).toEqual([['Workshop', true]]);
  });

  it('that somebody has edited into nonsense are set aside, and that is said', async () => {
    await setTwilio('Home');
    const file = join(bench.dataDir, 'settings.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20));
    const listed = await cli(['account', 'list']);
    expect([listed.code, listed.objects()]).toMatchObject([6, [{ error: { code: 'settings.setAside' } }]]);
    expect(listed.stderr).toContain(`${file}.unreadable-`);
    expect(readdirSync(bench.dataDir)).toHaveLength(1);
  });

  it('never move an order that is open: it goes on with the account that placed it', async () => {
    await setKore('Field');
    await cli(['order', '--eid', EID, '--no-wait']);
    await setTwilio('Home');
    const resumed = await cli(['resume', '--timeout', '60']);
    expect([resumed.code, resumed.objects().at(-1)?.status]).toEqual([0, 'available']);
    const [order] = (await cli(['orders'])).objects();
    expect(order).toMatchObject({ status: 'available', eid: EID });
    expect(bench.world.provider.profiles()).toHaveLength(1);
  });

  it('go from bench to bench in a file without secrets', async () => {
    await setTwilio('Home');
    await setKore('Field');
    const file = join(bench.dataDir, 'accounts.json');
    expect((await cli(['account', 'export', '--out', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain(bench.world.account.secret);
    const other = mkdtempSync(join(tmpdir(), 'cli-accounts-other-'));
    try {
      const added = await cli(['account', 'import', file], { dataDir: other });
      expect([added.code, added.objects()]).toEqual([0, [{ added: 2 }]]);
      const again = await cli(['account', 'import', file], { dataDir: other });
      expect(again.objects()).toEqual([{ added: 0 }]);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
    expect((await cli(['account', 'import', join(bench.dataDir, 'settings.json')])).code).toBe(2);
  });
});

describe('what the provider has', () => {
  it.each([
    ['KORE', () => setKore('Field')],
    ['Twilio', () => setTwilio('Home')],
  ] as const)(
    'is listed at %s: profiles with the orders they came from, their Sim, Fleets',
    async (_name, set) => {
      await set();
      const ordered = await cli(['order', '--eid', EID, '--timeout', '60']);
      const order = ordered.objects().at(-1);
      const listed = await cli(['profiles-remote', '--eid', EID]);
      expect([listed.code, listed.objects()]).toMatchObject([
        0,
        [{ sid: order?.sid, status: 'available', eid: EID, orderId: order?.id }],
      ]);
      const none = await cli(['profiles-remote', '--status', 'failed']);
      expect([none.code, none.objects()]).toEqual([0, []]);
      const [profile] = listed.objects();
      const sim = await cli(['sim', 'show', '--sid', String(profile?.simSid)]);
      expect([sim.code, sim.objects()]).toMatchObject([0, [{ sid: profile?.simSid, iccid: order?.iccid }]]);
      expect((await cli(['fleets'])).code).toBe(0);
      expect((await cli(['sim', 'show', '--sid', `HS${'0'.repeat(32)}`])).code).toBe(7);
    },
  );

  it.each(['--sim', '--status', '--eid'])('is not listed whole where %s is empty', async (option) => {
    await setTwilio('Home');
    expect((await cli(['profiles-remote', option, ''])).code).toBe(2);
    expect(bench.world.provider.record()).toEqual([]);
  });

  it('can be taken into the ledger, as what was ordered in the web console', async () => {
    await setTwilio('Home');
    await cli(['order', '--eid', EID, '--timeout', '60']);
    const [profile] = (await cli(['profiles-remote'])).objects();
    const other = mkdtempSync(join(tmpdir(), 'cli-accounts-other-'));
    try {
      const at = { dataDir: other };
      const { accountSid, keySid, secret } = bench.world.account;
      const args = ['account', 'set', '--provider', 'twilio', '--account', accountSid, '--key', keySid];
      await cli([...args, '--endpoint', bench.world.server.origin], { ...at, stdin: `${secret}\n` });
      expect((await cli(['profiles-remote'], at)).objects()).toMatchObject([{ orderId: null }]);
      const adopted = await cli(['order', '--adopt', String(profile?.sid)], at);
      expect([adopted.code, adopted.objects().at(-1)?.status]).toEqual([0, 'available']);
      expect((await cli(['profiles-remote'], at)).objects()[0]?.orderId).not.toBeNull();
      expect(bench.world.provider.profiles()).toHaveLength(1);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
