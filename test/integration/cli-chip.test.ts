import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VerificationSchema } from '../../contract/verification.ts';
import type { VirtualCard } from '../../main/demo/euicc/card.ts';
import { pin } from '../../main/demo/euicc/card.ts';
import type { EuiccState, ProfileRecipe } from '../../main/demo/euicc/euiccState.ts';
import { ModemReportSchema } from '../../main/modem/reportSchema.ts';
import { ensureBuilt } from '../../tools/lib/build.mjs';
import { reportToFixture } from '../../tools/lib/reportToFixture.mjs';
import { type CliOptions, type CliRun, runCli } from '../support/cli.ts';
import { type RunningModem, startModem } from '../support/realWorld.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EID = '89049032123451234512345678901235';
const MOBILE = '8988307000005110001';
const ABSENT = '8988307000009990004';

let dataDir: string;
let open: RunningModem | null = null;

beforeAll(async () => {
  await ensureBuilt(ROOT);
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cli-chip-'));
});
afterEach(async () => {
  await open?.close();
  open = null;
  rmSync(dataDir, { recursive: true, force: true });
});

type StartOptions = Parameters<typeof startModem>;

async function modem(make: StartOptions[0], options: StartOptions[1] = {}): Promise<RunningModem> {
  open = await startModem(make, { latency: 0, network: { registersMs: 0 }, ...options });
  return open;
}

/** Three profiles, the first one enabled, and a notification. */
async function fullCard() {
  const running = await modem('simcom-a7908e');
  const { state } = cardOf(running);
  const [mobile, travel, laboratory] = state.profiles.map(({ iccid }) => iccid);
  if (mobile === undefined || travel === undefined || laboratory === undefined)
    throw new Error('no profiles');
  return { ...running, state, mobile, travel, laboratory };
}

function cardOf({ modem: { slots } }: RunningModem): VirtualCard & { readonly state: EuiccState } {
  const card = slots[0];
  if (!card || !hasState(card)) throw new Error('no eUICC');
  return card;
}

function hasState(card: VirtualCard): card is VirtualCard & { readonly state: EuiccState } {
  return 'state' in card;
}

const cli = (args: readonly string[], options: Partial<CliOptions> = {}): Promise<CliRun> =>
  runCli(args, { dataDir, ...options });

/** Exit code, and the fault's code or what the last line of stdout has of these. */
const ended = ({ code, objects }: CliRun) => {
  const last = objects().at(-1);
  return [code, isObject(last?.error) ? last.error.code : null];
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const on = (running: { readonly path: string }, ...args: string[]) => [...args, '--port', running.path];

function history(): Record<string, unknown>[] {
  const path = join(dataDir, 'device-history.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const notes = () => history().map(({ kind, done, note }) => [kind, done, note]);

describe('what the eUICC says of itself', () => {
  it('comes whole with `chip`, and changes nothing', async () => {
    const running = await fullCard();
    const before = JSON.stringify(running.state);
    const run = await cli(on(running, 'chip'));
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect(run.objects()).toMatchObject([
      {
        eid: EID,
        info: { svn: '2.2.2', freeNonVolatileBytes: running.state.info.freeNonVolatile },
        addresses: { defaultSmdp: 'smdp.demo-mobile.invalid' },
        profiles: [{ iccid: running.mobile }, { iccid: running.travel }, { iccid: running.laboratory }],
        notifications: [{ operation: 'install' }],
        missing: [],
      },
    ]);
    expect(JSON.stringify(running.state)).toBe(before);
    expect(cardOf(running).openChannels).toEqual([]);
    expect(history()).toEqual([]);
  });

  it('has one line a profile and one a notification', async () => {
    const running = await fullCard();
    const profiles = await cli(on(running, 'profiles'));
    expect(profiles.code).toBe(0);
    expect(profiles.objects()).toMatchObject([
      { iccid: running.mobile, state: 'enabled', nickname: 'Bench', profileClass: 'operational' },
      { iccid: running.travel, state: 'disabled', name: 'Travel 5 GB' },
      { iccid: running.laboratory, state: 'disabled', profileClass: 'test' },
    ]);
    const notifications = await cli(on(running, 'notifications'));
    expect(notifications.code).toBe(0);
    expect(notifications.objects()).toEqual([
      {
        sequenceNumber: running.state.notifications[0]?.sequenceNumber,
        operation: 'install',
        address: 'smdp.demo-travel.invalid',
        iccid: running.travel,
      },
    ]);
  });

  it.each([
    ['no-sim', 5, 'sim.missing'],
    ['plain-sim', 5, 'euicc.none'],
  ] as const)('%s: exit code %i, %s', async (make, code, fault) => {
    const running = await modem(make);
    expect(ended(await cli(on(running, 'chip')))).toEqual([code, fault]);
  });
});

describe('profile', () => {
  it('is enabled, seen by the modem, disabled, named and deleted, each of it in the history', async () => {
    const running = await fullCard();
    const { mobile, travel } = running;

    const enabled = await cli(on(running, 'profile', 'enable', '--iccid', travel, '--yes'));
    expect(enabled.stderr).toBe('');
    expect([enabled.code, enabled.objects().at(-1)]).toMatchObject([0, { eid: EID, iccid: travel }]);
    expect(states(running)).toEqual(['disabled', 'enabled', 'disabled']);

    const disabled = await cli(on(running, 'profile', 'disable', '--iccid', travel, '--yes'));
    expect(disabled.code).toBe(0);
    expect(states(running)).toEqual(['disabled', 'disabled', 'disabled']);

    const named = await cli(on(running, 'profile', 'nickname', '--iccid', travel, 'Gate 7 Süd'));
    expect(named.code).toBe(0);
    expect(running.state.profiles[1]?.nickname).toBe('Gate 7 Süd');

    const deleted = await cli(on(running, 'profile', 'delete', '--iccid', mobile, '--yes'));
    expect(deleted.code).toBe(0);
    expect(running.state.profiles.map(({ iccid }) => iccid)).toEqual([travel, running.laboratory]);

    expect(notes()).toEqual([
      ['changeChip', true, expect.stringMatching(/enabled/i)],
      ['changeChip', true, expect.stringMatching(/disabled/i)],
      ['changeChip', true, expect.stringMatching(/Gate 7 Süd/)],
      ['changeChip', true, expect.stringMatching(/deleted/i)],
    ]);
    expect(history().every(({ eid, imei }) => eid === EID && imei === running.modem.identity.imei)).toBe(
      true,
    );
    expect(cardOf(running).openChannels).toEqual([]);
  });

  it.each(['enable', 'disable', 'delete'])(
    '%s without --yes is refused where nobody can be asked, with exit code 2, and names the profile',
    async (verb) => {
      const running = await fullCard();
      const iccid = verb === 'disable' ? running.mobile : running.travel;
      const before = JSON.stringify(running.state);
      const run = await cli(on(running, 'profile', verb, '--iccid', iccid));
      expect(ended(run)).toEqual([2, 'usage.invalid']);
      expect(run.stdout).toContain(iccid);
      expect(JSON.stringify(running.state)).toBe(before);
      expect(history()).toEqual([]);
    },
  );

  it('that is enabled is not deleted, not even with --yes', async () => {
    const running = await fullCard();
    const run = await cli(on(running, 'profile', 'delete', '--iccid', running.mobile, '--yes'));
    expect(ended(run)).toEqual([5, 'chip.wrongState']);
    expect(running.state.profiles).toHaveLength(3);
  });

  it('whose rules forbid it is not deleted, which is in the history', async () => {
    const kept: ProfileRecipe = { iccid: MOBILE, ppr2: true, profileName: 'Kept' };
    const running = await modem('generic-reader', { profiles: [kept] });
    const run = await cli(on(running, 'profile', 'delete', '--iccid', MOBILE, '--yes'));
    expect(ended(run)).toEqual([5, 'chip.policy']);
    expect(cardOf(running).state.profiles).toHaveLength(1);
    expect(notes()).toEqual([['changeChip', false, expect.stringContaining('rules')]]);
  });

  it.each([
    ['that is not on the eUICC', ABSENT, 5, 'chip.profileNotFound'],
    ['with an ICCID that is none', '12', 2, 'usage.invalid'],
  ])('%s: nothing is changed', async (_what, iccid, code, fault) => {
    const running = await fullCard();
    const before = JSON.stringify(running.state);
    expect(ended(await cli(on(running, 'profile', 'enable', '--iccid', iccid, '--yes')))).toEqual([
      code,
      fault,
    ]);
    expect(JSON.stringify(running.state)).toBe(before);
  });
});

const states = (running: RunningModem) =>
  cardOf(running).state.profiles.map(({ enabled }) => (enabled ? 'enabled' : 'disabled'));

describe('smdp set', () => {
  it('sets the default address, takes it off, and refuses what is none', async () => {
    const running = await fullCard();
    const set = await cli(on(running, 'smdp', 'set', 'rsp.example.com'));
    expect([set.code, set.objects().at(-1)]).toMatchObject([
      0,
      { addresses: { defaultSmdp: 'rsp.example.com' } },
    ]);
    expect(running.state.addresses.defaultSmdp).toBe('rsp.example.com');

    expect(ended(await cli(on(running, 'smdp', 'set', 'https://rsp.example.com/')))).toEqual([
      2,
      'usage.invalid',
    ]);
    expect(running.state.addresses.defaultSmdp).toBe('rsp.example.com');

    expect((await cli(on(running, 'smdp', 'set'))).code).toBe(0);
    expect(running.state.addresses.defaultSmdp).toBeNull();
    expect(notes()).toMatchObject([
      ['changeChip', true, expect.stringContaining('rsp.example.com')],
      ['changeChip', true, expect.any(String)],
    ]);
  });
});

describe('notifications', () => {
  it('are shown as they are signed, and removed only when that is said', async () => {
    const running = await fullCard();
    const seq = String(running.state.notifications[0]?.sequenceNumber);
    const shown = await cli(on(running, 'notifications', 'show', '--seq', seq));
    expect([shown.code, shown.objects()]).toEqual([
      0,
      [{ sequenceNumber: Number(seq), hex: expect.stringMatching(/^(?:BF37|30)(?:[0-9A-F]{2}){20,}$/) }],
    ]);

    const asked = await cli(on(running, 'notifications', 'remove', '--seq', seq));
    expect(ended(asked)).toEqual([2, 'usage.invalid']);
    expect(running.state.notifications).toHaveLength(1);

    const removed = await cli(on(running, 'notifications', 'remove', '--seq', seq, '--yes'));
    expect(removed.code).toBe(0);
    expect(running.state.notifications).toEqual([]);
    expect(notes()).toEqual([['changeChip', true, expect.any(String)]]);

    const gone = await cli(on(running, 'notifications', 'show', '--seq', seq));
    expect(gone.code).toBe(5);
  });
});

describe('chip reset', () => {
  it('wants the last eight digits of this EID, and deletes every operational profile then', async () => {
    const running = await fullCard();
    const before = JSON.stringify(running.state);
    for (const digits of ['12345678', EID.slice(-7)]) {
      const wrong = await cli(on(running, 'chip', 'reset', '--confirm', digits));
      expect(ended(wrong)).toEqual([2, 'chip.notConfirmed']);
    }
    expect(JSON.stringify(running.state)).toBe(before);
    expect(history()).toEqual([]);

    const reset = await cli(on(running, 'chip', 'reset', '--confirm', EID.slice(-8)));
    expect([reset.code, reset.objects().at(-1)]).toMatchObject([
      0,
      { eid: EID, addresses: { defaultSmdp: null } },
    ]);
    expect(running.state.profiles.filter(({ profileClass }) => profileClass === 'operational')).toEqual([]);
    expect(notes()).toEqual([['changeChip', true, expect.stringMatching(/reset/i)]]);
  });
});

describe('slot', () => {
  it('shows and switches the slot', async () => {
    const running = await modem('quectel-rm520n', { quirks: { slotSwitch: 'restartsSim' } });
    const shown = await cli(on(running, 'slot', 'show'));
    expect([shown.code, shown.objects()]).toMatchObject([0, [{ active: 2, count: 2 }]]);

    expect(ended(await cli(on(running, 'slot', 'switch', '1')))).toEqual([2, 'usage.invalid']);
    expect(ended(await cli(on(running, 'slot', 'switch', '3', '--yes')))).toEqual([2, 'usage.invalid']);
    expect(running.modem.record().filter(({ line }) => /^AT\+QUIMSLOT=\d/.test(line))).toEqual([]);

    const switched = await cli(on(running, 'slot', 'switch', '1', '--yes'));
    expect([switched.code, switched.objects().at(-1)]).toMatchObject([0, { active: 1 }]);
    // There is a plain SIM in it.
    expect(ended(await cli(on(running, 'eid')))).toEqual([5, 'euicc.none']);
  });

  it('says so where it is not known how a modem does it', async () => {
    const running = await modem('generic-reader');
    expect(ended(await cli(on(running, 'slot', 'switch', '2', '--yes')))).toEqual([5, 'slot.unknown']);
  });
});

describe('sim unlock', () => {
  const PIN = '90817263';
  const WRONG = '73915284';
  const locked: ProfileRecipe = {
    iccid: MOBILE,
    enabled: true,
    pin: { value: PIN, puk: '61524334' },
  };

  it('sends each PIN once, tells the tries left, and leaves no PIN anywhere', async () => {
    const running = await modem('sim-pin', { profiles: [locked] });
    const sent = () => running.modem.record().filter(({ line }) => /^AT\+CPIN=/.test(line));

    const wrong = await cli(on(running, 'sim', 'unlock'), { stdin: `${WRONG}\n` });
    expect(ended(wrong)).toEqual([5, 'sim.pinWrong']);
    expect(wrong.stdout).toMatch(/Tries left: PIN 2/);
    expect(sent()).toHaveLength(1);

    const right = await cli(on(running, 'sim', 'unlock'), { stdin: `${PIN}\n` });
    expect([right.code, right.objects()]).toEqual([0, [{ unlocked: true }]]);
    expect(sent()).toHaveLength(2);
    expect(cardOf(running).subscription?.pin).toEqual({ ...pin(PIN, '61524334'), verified: true });
    expect((await cli(on(running, 'chip'))).code).toBe(0);

    for (const run of [wrong, right])
      for (const digits of [PIN, WRONG]) expect(run.stdout + run.stderr).not.toContain(digits);
    expectNowhere([PIN, WRONG]);
  });

  it('takes no PIN as an argument, where every user of the computer could see it', async () => {
    const running = await modem('sim-pin', { profiles: [locked] });
    for (const args of [
      ['sim', 'unlock', PIN],
      ['sim', 'unlock', '--pin', PIN],
    ]) {
      const run = await cli(on(running, ...args));
      expect(ended(run)).toEqual([2, 'usage.invalid']);
    }
    expect(running.modem.record()).toEqual([]);
  });

  it.each(['123', 'abcd', ''])('refuses %j before the port is opened', async (stdin) => {
    const running = await modem('sim-pin', { profiles: [locked] });
    expect(ended(await cli(on(running, 'sim', 'unlock'), { stdin }))).toEqual([2, 'usage.invalid']);
    expect(running.modem.record()).toEqual([]);
  });

  it('unblocks with the PUK and a new PIN, on two lines', async () => {
    const running = await modem('sim-puk');
    const blocked = await cli(on(running, 'sim', 'unlock'), { stdin: `${WRONG}\n` });
    expect(ended(blocked)).toEqual([5, 'sim.puk']);
    const unblocked = await cli(on(running, 'sim', 'unlock', '--puk'), { stdin: `12345678\n${PIN}\n` });
    expect(unblocked.code).toBe(0);
    expect(running.modem.slots[0]?.subscription?.pin).toMatchObject({ value: PIN, verified: true });
    expect(unblocked.stdout + unblocked.stderr).not.toContain(PIN);
    expectNowhere([PIN, WRONG]);
  });
});

describe('verify', () => {
  it('says that the profile is registered, with network and signal, and keeps that as its proof', async () => {
    const running = await fullCard();
    const run = await cli(on(running, 'verify'));
    expect([run.code, run.objects()]).toMatchObject([
      0,
      [
        {
          outcome: 'registered',
          iccid: running.mobile,
          operator: expect.any(String),
          technology: expect.any(String),
          signalDbm: expect.any(Number),
        },
      ],
    ]);
    expect(VerificationSchema.parse(run.objects()[0])).toEqual(run.objects()[0]);
    expect(history()).toMatchObject([
      { kind: 'verify', done: true, imei: running.modem.identity.imei, verification: run.objects()[0] },
    ]);
  });

  it.each([
    ['denied', 'denied', 'network.denied'],
    ['never registered, until --timeout', 'searching', 'network.notRegistered'],
  ] as const)('%s: exit code 8, and what was found', async (_what, registration, fault) => {
    const running = await modem('generic-reader', {
      quirks: { registration },
      profiles: [{ iccid: MOBILE, enabled: true }],
    });
    const run = await cli(on(running, 'verify', '--timeout', '1'));
    expect(run.code).toBe(8);
    expect(run.objects()).toMatchObject([
      { outcome: registration === 'denied' ? 'denied' : 'notRegistered' },
    ]);
    expect(run.stderr).toContain(fault);
    expect(history()).toMatchObject([{ kind: 'verify', done: false }]);
  });
});

describe('probe', () => {
  it('writes a whole report without identifiers, of which a modem for tests can be made', async () => {
    const running = await fullCard();
    const out = join(dataDir, 'report.json');
    const run = await cli(on(running, 'probe', '--out', out));
    expect([run.code, run.objects()]).toEqual([0, [{ path: out }]]);
    const text = readFileSync(out, 'utf8');
    const report = ModemReportSchema.parse(JSON.parse(text));
    expect([report.complete, report.ways.cgla.works, report.ways.csim.works]).toEqual([true, true, true]);
    expect(Object.keys(reportToFixture(text).answers)).toContain('AT+CGMM');

    const { imei } = running.modem.identity;
    const numbers = [
      EID,
      imei,
      ...running.state.profiles.flatMap(({ iccid, subscription }) => [iccid, subscription.imsi]),
    ];
    for (const number of numbers)
      for (const form of [number, swapped(number)])
        expect(text.includes(form), `${form} is in it`).toBe(false);
    expect(run.stdout + run.stderr).not.toContain(imei);
  });

  it('prints it on one line where no file is named', async () => {
    const running = await modem('generic-reader');
    const run = await cli(on(running, 'probe'));
    expect(run.code).toBe(0);
    expect(run.objects().map((each) => ModemReportSchema.safeParse(each).success)).toEqual([true]);
  });
});

/** As a card has it: digits of each byte swapped, `F` behind an odd number of them. */
function swapped(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return even.replace(/(.)(.)/g, '$2$1');
}

function expectNowhere(texts: readonly string[]): void {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  for (const file of files) {
    const content = readFileSync(join(file.parentPath, file.name), 'latin1');
    for (const text of texts) expect(content.includes(text), `${file.name} holds it`).toBe(false);
  }
}
