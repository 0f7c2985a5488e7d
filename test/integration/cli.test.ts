import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import { createSystemSerial } from '../../main/serial/systemSerial.ts';
import { runCli } from '../support/cli.ts';
import { cliBench } from '../support/cliBench.ts';
import { ORDER_FIELDS } from '../support/orderFields.ts';
import { type RunningModem, startModem } from '../support/realWorld.ts';
import { scanQr } from '../support/scanQr.ts';

const EID = '89044011112233441122334411223321';

const bench = cliBench();
const { cli } = bench;
const setAccount = (secret?: string) => bench.setTwilio(secret === undefined ? {} : { secret });

/** Resolves when such a request has come. */
async function requested(operation: string): Promise<void> {
  const before = bench.world.provider.record().length;
  await expect
    .poll(() => bench.world.provider.record().slice(before), { timeout: 15_000 })
    .toContainEqual(expect.objectContaining({ operation }));
}

const creates = () => bench.world.provider.record().filter((entry) => entry.operation === 'create');

describe('account', () => {
  it('is kept without its secret, which goes to the keychain', async () => {
    const set = await setAccount();
    expect(set.code).toBe(0);
    expect(set.objects()).toEqual([
      {
        name: 'Account',
        provider: 'twilio',
        account: bench.world.account.accountSid,
        key: bench.world.account.keySid,
        endpoint: bench.world.server.origin,
        secret: 'keychain',
      },
    ]);
    const shown = await cli(['account', 'show']);
    expect(shown.objects()).toEqual(set.objects());
    const tested = await cli(['account', 'test']);
    expect([tested.code, tested.objects()[0]]).toMatchObject([0, { ok: true }]);
    expect(creates()).toEqual([]);
  });

  it('is forgotten with its secret', async () => {
    await setAccount();
    expect((await cli(['account', 'clear'])).code).toBe(0);
    expect((await cli(['account', 'show'])).code).toBe(6);
  });

  it('with wrong credentials fails its test with exit code 6', async () => {
    await setAccount('not-the-secret');
    const tested = await cli(['account', 'test']);
    expect(tested.code).toBe(6);
    expect(tested.objects()).toMatchObject([{ error: { code: 'account.rejected' } }]);
  });

  it('ends its test at Ctrl-C', async () => {
    await setAccount();
    bench.world.provider.harm({ on: 'list', what: NAMED_FAULTS['silence before the commit'] });
    const run = await cli(['account', 'test'], { interruptWhen: requested('list') });
    expect([run.code, run.objects()]).toMatchObject([8, [{ error: { code: 'cancelled' } }]]);
  });

  it('without a keychain says so, with exit code 6, and keeps no secret anywhere', async () => {
    const run = await runCli(
      [
        'account',
        'set',
        '--provider',
        'twilio',
        '--account',
        bench.world.account.accountSid,
        '--key',
        bench.world.account.keySid,
      ],
      {
        dataDir: bench.dataDir,
        stdin: bench.world.account.secret,
        env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
      },
    );
    expect([run.code, run.objects()[0]]).toMatchObject([6, { error: { code: 'keychain.unavailable' } }]);
    expectNoSecretIn(bench.dataDir);
  });

  it.each([
    ['an endpoint without TLS', ['--endpoint', 'http://supersim.twilio.com'], 'a-secret'],
    ['a key that is none', ['--key', 'SK1'], 'a-secret'],
    ['an empty secret', [], ''],
    ['a secret of two lines of control characters', [], '\u0001\u0002'],
  ])('refuses %s with exit code 2', async (_what, extra, stdin) => {
    const base = ['account', 'set', '--provider', 'twilio', '--account', bench.world.account.accountSid];
    const run = await cli([...base, ...extra], { stdin });
    expect([run.code, run.objects()[0]]).toMatchObject([2, { error: { code: 'usage.invalid' } }]);
  });
});

describe('eid', () => {
  let modem: RunningModem;
  afterEach(() => modem.close());

  it('reads the EID on a real tty', async () => {
    modem = await startModem('quectel-em05-g');
    const run = await cli(['eid', '--port', modem.path]);
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect(run.objects()).toEqual([
      {
        eid: EID,
        valid: true,
        via: 'cgla',
        modem: {
          manufacturer: 'Quectel',
          model: 'EM05-G',
          revision: expect.any(String),
          imei: expect.any(String),
        },
        elapsedMs: expect.any(Number),
      },
    ]);
  });

  it.each([
    ['no-sim', 5, 'sim.missing'],
    ['plain-sim', 5, 'euicc.none'],
    ['refusing-euicc', 5, 'euicc.refused'],
    ['sim-pin', 5, 'sim.pin'],
    ['sim-puk', 5, 'sim.puk'],
    ['silent-port', 4, 'modem.noAnswer'],
  ] as const)('on %s ends with exit code %i and says %s', async (make, code, fault) => {
    modem = await startModem(make, { latency: 0 });
    const run = await cli(['eid', '--port', modem.path]);
    expect([run.code, run.objects()[0]]).toMatchObject([code, { error: { code: fault } }]);
  });
});

describe('a port', () => {
  it('that is not there gives exit code 3', async () => {
    const run = await cli(['eid', '--port', '/dev/ttyNothing7']);
    expect([run.code, run.objects()[0]]).toMatchObject([3, { error: { code: 'port.notFound' } }]);
  });

  it('that another process holds gives exit code 3', async () => {
    const modem = await startModem('quectel-em05-g');
    const held = await createSystemSerial(systemClock).open(modem.path, { baudRate: 115200 });
    try {
      expect(held.ok).toBe(true);
      const run = await cli(['eid', '--port', modem.path]);
      expect([run.code, run.objects()[0]]).toMatchObject([3, { error: { code: 'port.busy' } }]);
    } finally {
      if (held.ok) await held.value.close();
      await modem.close();
    }
  });
});

describe('order', () => {
  it('for the device on a port goes from EID to QR', async () => {
    await setAccount();
    const modem = await startModem('simcom-a7908e');
    try {
      const qr = join(bench.dataDir, 'esim.png');
      const run = await cli(['order', '--port', modem.path, '--qr', qr]);
      expect(run.code).toBe(0);
      const objects = run.objects();
      for (const object of objects) expect(Object.keys(object)).toEqual(ORDER_FIELDS);
      expect(new Set(objects.map((object) => object.id)).size).toBe(1);
      const statuses = objects.map((object) => object.status);
      expect(statuses[0]).toBe('draft');
      expect(statuses.at(-1)).toBe('available');
      const last = objects.at(-1);
      expect(last?.lpa).toMatch(/^LPA:1\$sm-dp-plus\.test\.invalid\$$/);
      expect(await scanQr(qr)).toEqual([last?.lpa]);
      expect(creates()).toHaveLength(1);
      expect(creates()[0]?.parameters).toEqual({ Eid: last?.eid });
    } finally {
      await modem.close();
    }
  });

  it('by matching ID gives a code that any device can claim', async () => {
    await setAccount();
    const run = await cli([
      'order',
      '--matching-id',
      '--callback-url',
      'https://example.com/cb',
      '--callback-method',
      'get',
    ]);
    expect(run.code).toBe(0);
    const last = run.objects().at(-1);
    expect(last).toMatchObject({ eid: null, status: 'available', lpa: `LPA:${last?.activationCode}` });
    expect(creates()[0]?.parameters).toEqual({
      GenerateMatchingId: 'true',
      CallbackUrl: 'https://example.com/cb',
      CallbackMethod: 'GET',
    });
  });

  it('with --no-wait ends as soon as the order is written, and resume takes it up', async () => {
    await setAccount();
    const placed = await cli(['order', '--eid', EID, '--no-wait']);
    expect(placed.code).toBe(0);
    const id = placed.objects().at(-1)?.id;
    const resumed = await cli(['resume', '--timeout', '30']);
    expect(resumed.code).toBe(0);
    expect(resumed.objects().at(-1)).toMatchObject({ id, status: 'available' });
    expect(creates()).toHaveLength(1);
    const shown = (await cli(['order', 'show', String(id)])).objects()[0];
    expect(shown).toMatchObject({ id, status: 'available' });
    expect(Array.isArray(shown?.history)).toBe(true);
    expect((await cli(['orders'])).objects()).toHaveLength(1);
  });

  it('whose time is over ends with exit code 8 and is kept', async () => {
    await bench.begin({ pace: { reservingMs: 100, availableMs: null } });
    await setAccount();
    const run = await cli(['order', '--eid', EID, '--timeout', '3']);
    expect(run.code).toBe(8);
    expect(run.objects().at(-1)).toMatchObject({ status: 'reserving' });
    expect((await cli(['orders'])).objects()).toMatchObject([{ status: 'reserving' }]);
  });

  it('that is interrupted ends with exit code 8 and is kept', async () => {
    await setAccount();
    const run = await cli(['order', '--eid', EID], { signalAfterFirstLine: 'SIGINT' });
    expect(run.code).toBe(8);
    expect((await cli(['orders'])).objects()).toHaveLength(1);
  });

  it('goes on quietly to a kept order where nobody reads any more', async () => {
    await bench.begin({ pace: { reservingMs: 100, availableMs: null } });
    await setAccount();
    const run = await cli(['order', '--eid', EID], { readOneLine: true });
    expect([run.code, run.stderr]).toEqual([8, '']);
    expect((await cli(['orders'])).objects()).toHaveLength(1);
  });

  it('that is interrupted while the provider is asked what there is already is not placed', async () => {
    await setAccount();
    bench.world.provider.harm({ on: 'list', what: NAMED_FAULTS['silence before the commit'] });
    const run = await cli(['order', '--eid', EID], { interruptWhen: requested('list') });
    expect([run.code, run.objects()]).toMatchObject([8, [{ error: { code: 'cancelled' } }]]);
    expect((await cli(['orders'])).objects()).toEqual([]);
  });

  it('for an EID that has a live profile orders no second one, unless asked in so many words', async () => {
    await setAccount();
    const first = await cli(['order', '--eid', EID]);
    const again = await cli(['order', '--eid', EID]);
    expect([again.code, again.objects()[0]]).toMatchObject([7, { error: { code: 'order.exists' } }]);
    expect(creates()).toHaveLength(1);
    const another = await cli(['order', '--eid', EID, '--another']);
    expect(another.code).toBe(0);
    expect(another.objects().at(-1)?.sid).not.toBe(first.objects().at(-1)?.sid);
    expect(creates()).toHaveLength(2);
  });

  it('takes a profile that was ordered elsewhere instead of ordering', async () => {
    await setAccount();
    await cli(['order', '--eid', EID]);
    const sid = bench.world.provider.profiles()[0]?.sid ?? '';
    const other = mkdtempSync(join(tmpdir(), 'cli-other-'));
    writeFileSync(join(other, 'settings.json'), readFileSync(join(bench.dataDir, 'settings.json')));
    const adopted = await cli(['order', '--adopt', sid], { dataDir: other });
    rmSync(other, { recursive: true, force: true });
    expect([adopted.code, adopted.objects().at(-1)]).toMatchObject([
      0,
      { sid, eid: EID, status: 'available' },
    ]);
    expect(creates()).toHaveLength(1);
  });

  it('is refused where the provider has no stock, with exit code 7', async () => {
    await setAccount();
    bench.world.provider.setStock(0);
    const run = await cli(['order', '--matching-id']);
    expect(run.code).toBe(7);
    expect(run.objects()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          status: 'refused',
          error: expect.objectContaining({ code: 'provider.outOfStock' }),
        }),
      ]),
    );
  });

  it('for an EID whose check digits do not hold needs --force', async () => {
    await setAccount();
    const wrong = '89049032123451234512345678901234';
    const run = await cli(['order', '--eid', wrong]);
    expect([run.code, run.objects()[0]]).toMatchObject([2, { error: { code: 'eid.invalid' } }]);
    expect(bench.world.provider.record().filter((entry) => entry.operation !== 'list')).toEqual([]);
    expect((await cli(['order', '--eid', wrong, '--force', '--no-wait'])).code).toBe(0);
  });

  it.each(['--matching-id', '--another', '--callback-url=https://x.example'])(
    'takes no %s where a profile is adopted',
    async (option) => {
      const run = await cli(['order', '--adopt', `HP${'0'.repeat(32)}`, option]);
      expect([run.code, run.objects()]).toMatchObject([2, [{ error: { code: 'usage.invalid' } }]]);
    },
  );

  it('without an account ends with exit code 6', async () => {
    const run = await cli(['order', '--eid', EID]);
    expect([run.code, run.objects()[0]]).toMatchObject([6, { error: { code: 'account.none' } }]);
  });

  it.each([
    ['nothing to order for', []],
    ['two things to order for', ['--eid', EID, '--matching-id']],
    ['a method without a callback', ['--matching-id', '--callback-method', 'GET']],
    ['a callback with a password in it', ['--matching-id', '--callback-url', 'https://a:b@example.com']],
    ['a QR file of another kind', ['--matching-id', '--qr', 'esim.jpg']],
  ])('refuses %s with exit code 2', async (_what, args) => {
    await setAccount();
    expect((await cli(['order', ...args])).code).toBe(2);
    expect(creates()).toEqual([]);
  });
});

it('says of a data folder that can be none what is wrong with it, with exit code 2', async () => {
  const file = join(bench.dataDir, 'a-file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'below')]) {
    const run = await cli(['account', 'list'], { dataDir: path });
    expect([run.code, run.objects()]).toMatchObject([2, [{ error: { code: 'file.unwritable' } }]]);
    expect(run.stderr).toContain('--data-dir');
  }
});

describe('the secret', () => {
  it('is in no file and no output after a whole day’s work', async () => {
    const runs = [await setAccount(), await cli(['account', 'show']), await cli(['account', 'test'])];
    runs.push(await cli(['order', '--eid', EID]), await cli(['orders']));
    bench.world.provider.rotate(bench.world.account.keySid, 'another');
    runs.push(await cli(['account', 'test']), await cli(['order', '--matching-id', '--timeout', '1']));
    for (const run of runs) expect(run.stdout + run.stderr).not.toContain(bench.world.account.secret);
    expectNoSecretIn(bench.dataDir);
  });
});

function expectNoSecretIn(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const { accountSid, keySid, secret } = bench.world.account;
  const forms = [
    secret,
    ...[accountSid, keySid].map((user) => Buffer.from(`${user}:${secret}`).toString('base64')),
  ];
  for (const file of files) {
    const content = readFileSync(join(file.parentPath, file.name), 'latin1');
    for (const form of forms) expect(content.includes(form), `${file.name} holds the secret`).toBe(false);
  }
}
