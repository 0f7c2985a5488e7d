import { describe, expect, it } from 'vitest';
import { openAtDialogue } from '../../../main/at/openDialogue.ts';
import { createMake, MAKE_NAMES, type MakeName } from '../../../main/demo/modem/makes.ts';
import { changeChip } from '../../../main/modem/changeChip.ts';
import { identify } from '../../../main/modem/identify.ts';
import type { Identified } from '../../../main/modem/modem.ts';
import { readChip } from '../../../main/modem/readChip.ts';
import { readEid } from '../../../main/modem/readEid.ts';
import { readIccid } from '../../../main/modem/readIccid.ts';
import { readSimLock } from '../../../main/modem/readSimLock.ts';
import { readSlots } from '../../../main/modem/readSlots.ts';
import { refreshSim } from '../../../main/modem/refreshSim.ts';
import { makeReport } from '../../../main/modem/report.ts';
import { ModemReportSchema, type ReportAbout } from '../../../main/modem/reportSchema.ts';
import { switchSlot } from '../../../main/modem/switchSlot.ts';
import { unlockSim } from '../../../main/modem/unlockSim.ts';
import { verify } from '../../../main/modem/verify.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { linkToModem, untilDone } from './virtualLink.ts';

/** A virtual modem, made apart from the reader, and a dialogue with it; opened anew after a restart. */
async function modemOf(name: MakeName) {
  const clock = createFakeClock();
  const modem = createMake(name, { clock });
  const run = <T>(work: Promise<T>) => untilDone(clock, work);
  const open = () => openAtDialogue(linkToModem(modem), { clock });
  const ask = async (dialogue: ReturnType<typeof open>): Promise<Identified> => {
    const identified = await run(identify(dialogue, { clock }));
    if (!identified.ok) throw new Error(`${name}: ${identified.fault.code}`);
    return identified.value;
  };
  const dialogue = open();
  return { clock, modem, run, open, ask, dialogue, identified: await ask(dialogue), options: { clock } };
}

describe('a locked SIM of a virtual modem', () => {
  it('is unlocked by its PIN, and a wrong one costs a try', async () => {
    const { run, dialogue, identified, options } = await modemOf('sim-pin');
    const before = await run(readSimLock(dialogue, identified, options));
    expect(before.ok && before.value?.asksFor).toBe('pin');
    const wrong = await run(unlockSim(dialogue, identified, { pin: '9999' }, options));
    expect(wrong.ok ? 'ok' : wrong.fault.code).toBe('sim.pinWrong');
    const after = await run(readSimLock(dialogue, identified, options));
    const left = before.ok ? (before.value?.pinTries ?? Number.NaN) : Number.NaN;
    expect(after.ok && after.value?.pinTries).toBe(left - 1);
    expect(await run(unlockSim(dialogue, identified, { pin: '1234' }, options))).toEqual({
      ok: true,
      value: null,
    });
    expect(await run(readSimLock(dialogue, identified, options))).toEqual({ ok: true, value: null });
  });

  it('is unblocked by its PUK', async () => {
    const { run, dialogue, identified, options } = await modemOf('sim-puk');
    const lock = await run(readSimLock(dialogue, identified, options));
    expect(lock.ok && lock.value?.asksFor).toBe('puk');
    const key = { puk: '12345678', newPin: '4321' };
    expect(await run(unlockSim(dialogue, identified, key, options))).toEqual({ ok: true, value: null });
  });
});

describe('the slots of a virtual modem', () => {
  it.each<[MakeName, number, number]>([
    ['quectel-rm520n', 2, 1],
    ['foxconn-t99w175', 2, 1],
    ['fibocom-fm350', 1, 2],
  ])('%s: from %i to %i', async (name, from, to) => {
    const { clock, run, open, ask, dialogue, identified, options } = await modemOf(name);
    const before = await run(readSlots(dialogue, identified, options));
    expect(before.ok && before.value?.active).toBe(from);
    const switched = await run(switchSlot(dialogue, identified, to, options));
    expect(switched.ok).toBe(true);
    await clock.advance(30_000);
    const again = switched.ok && switched.value === 'restarting' ? open() : dialogue;
    const after = await run(readSlots(again, await ask(again), options));
    expect(after.ok && after.value?.active).toBe(to);
  });
});

describe('a profile of a virtual modem', () => {
  it.each<[MakeName]>([['quectel-rm520n'], ['telit-le910c1'], ['thales-pls83'], ['sierra-hl7800']])(
    '%s shows another one after the SIM was started anew',
    async (name) => {
      const { clock, run, open, ask, dialogue, identified, options } = await modemOf(name);
      const eid = await run(readEid(dialogue, identified, options));
      if (!eid.ok) throw new Error(eid.fault.code);
      const known = { ...identified, memory: eid.value.memory };
      const chip = await run(readChip(dialogue, known, options));
      const target = chip.ok ? chip.value.profiles?.find(({ state }) => state === 'disabled') : undefined;
      if (target === undefined) throw new Error(`${name} has no profile to enable`);
      const { iccid } = target;
      expect((await run(changeChip(dialogue, known, { kind: 'enable', iccid }, options))).ok).toBe(true);
      const refreshed = await run(refreshSim(dialogue, known, { ...options, iccid }));
      expect(refreshed.ok).toBe(true);
      await clock.advance(30_000);
      const again = dialogue.closed ? open() : dialogue;
      await ask(again);
      expect(await run(readIccid(again, options))).toEqual({ ok: true, value: iccid });
    },
  );
});

const ABOUT: ReportAbout = {
  app: { version: '0' },
  at: 0,
  usb: { vendorId: null, productId: null, manufacturer: null, product: null },
  ports: [],
};
const DEAF: readonly MakeName[] = ['silent-port', 'nmea-talker'];

describe('every virtual make', () => {
  const makes = MAKE_NAMES.filter((name) => !DEAF.includes(name)).map((name) => [name] as const);

  it.each(makes)('%s: whether it works is told', async (name) => {
    const { run, dialogue, identified, options } = await modemOf(name);
    const result = await run(verify(dialogue, identified, { ...options, limitMs: 60_000 }));
    expect(result.ok).toBe(true);
    if (!result.ok || result.value.outcome !== 'registered') return;
    expect(result.value).toMatchObject({ simState: 'READY' });
    expect(result.value.operator).not.toBeNull();
    expect(result.value.technology).not.toBeNull();
    expect(result.value.signalDbm).toBeLessThan(-40);
  });

  it.each(makes)('%s: its report is whole, and no identifier is in it', async (name) => {
    const { run, dialogue, identified, options } = await modemOf(name);
    const report = await run(makeReport(dialogue, ABOUT, options));
    if (!report.ok) throw new Error(report.fault.code);
    expect(ModemReportSchema.safeParse(report.value).success).toBe(true);
    expect(report.value.complete).toBe(true);
    const text = JSON.stringify(report.value);
    const imei = identified.identity.imei ?? 'none';
    expect(text).not.toContain(imei);
    const eid = await run(readEid(dialogue, identified, options));
    if (eid.ok && !/^\d{8}0{22}/.test(eid.value.eid.value)) expect(text).not.toContain(eid.value.eid.value);
    if (eid.ok) {
      const { via } = eid.value.eid;
      expect(report.value.ways[via].works).toBe(true);
    }
  });
});
