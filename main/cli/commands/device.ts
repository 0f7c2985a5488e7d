import { resolve } from 'node:path';
import { EXIT, exitCodeOf, fault } from '../../../contract/fault.ts';
import type { Port } from '../../../contract/port.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Verification } from '../../../contract/verification.ts';
import { writeWholeFile } from '../../base/wholeFile.ts';
import { makeReportFile } from '../../bench/compatibilityReport.ts';
import { VERIFY_LIMIT_MS } from '../../bench/deviceActivities.ts';
import { portsBeside } from '../../bench/openSession.ts';
import { verificationFault, verificationWords } from '../../bench/verificationWords.ts';
import { askPerson } from '../askPerson.ts';
import type { Command } from '../context.ts';
import { onDevice, type PortChoice } from '../onDevice.ts';
import { readPinLines } from '../readSecret.ts';

/** `verify --port P`: waits until the profile is registered. Exit 8 where it is not, with what was found on stdout. */
export const verify: Command<PortChoice & { readonly timeout?: number }> = (context, options) =>
  onDevice(
    context,
    options,
    async (session) => {
      const { dialogue, identified, signal, tools, clock } = session;
      const limitMs = options.timeout === undefined ? VERIFY_LIMIT_MS : options.timeout * 1_000;
      const found = await tools.verify(dialogue, identified, { signal, limitMs, onStep: session.step });
      if (!found.ok) return found;
      const event = {
        at: clock.now(),
        kind: 'verify',
        done: found.value.outcome === 'registered',
        note: verificationWords(found.value),
      } as const;
      const noted = context
        .bench()
        .history.add({ imei: identified.identity.imei, eid: null }, event, found.value);
      if (!noted.ok) context.output.notice(noted.fault);
      return found;
    },
    (found: Verification) => {
      context.output.result({ ...found }, verificationWords(found));
      const problem = verificationFault(found);
      if (problem === null) return EXIT.done;
      context.output.notice(problem);
      return exitCodeOf(problem);
    },
  );

/** `probe --port P [--out FILE]`: the compatibility report, on stdout or in a file. Holds no identifiers. */
export const probe: Command<PortChoice & { readonly out?: string }> = async (context, options) => {
  const listed = await context.bench().serial.list();
  const ports = listed.ok ? sameDevice(listed.value, options.port) : [];
  return onDevice(
    context,
    options,
    (session) => makeReportFile(session, ports, context.bench().store.state.app.version),
    ({ text }) => {
      if (options.out === undefined) {
        context.stdout.write(context.json ? `${JSON.stringify(JSON.parse(text))}\n` : text);
        return EXIT.done;
      }
      const path = resolve(options.out);
      const written = writeWholeFile(path, [text]);
      if (!written.ok) return context.output.fault(written.fault);
      context.output.result({ path }, `Written to ${path}. It holds no EID, ICCID, IMSI or IMEI.`);
      return EXIT.done;
    },
  );
};

function sameDevice(ports: readonly Port[], path: string): Port[] {
  const own = ports.find((port) => port.path === path);
  if (own === undefined) return [];
  return own.vendorId === null ? [own] : portsBeside(ports, own);
}

/** `slot show --port P`: which SIM slot is active. */
export const slotShow: Command<PortChoice> = (context, options) =>
  onDevice(
    context,
    options,
    ({ tools, dialogue, identified, signal }) => tools.readSlots(dialogue, identified, { signal }),
    (slots) => {
      if (slots === null) return context.output.fault(fault('slot.unknown'));
      const text = `slot ${slots.active} of ${slots.count} is active (${slots.labels.join(', ')})`;
      context.output.result({ ...slots }, text);
      return EXIT.done;
    },
  );

/** `slot switch --port P NUMBER` */
export const slotSwitch: Command<PortChoice & { readonly slot: number; readonly yes?: boolean }> = (
  context,
  options,
) =>
  onDevice(
    context,
    options,
    async (session) => {
      const { tools, dialogue, identified, signal } = session;
      const before = await tools.readSlots(dialogue, identified, { signal });
      if (!before.ok) return before;
      if (before.value === null) return fail(fault('slot.unknown'));
      if (options.slot > before.value.count) {
        return fail(fault('usage.invalid', { message: `This modem has ${before.value.count} slots.` }));
      }
      const question = `Switch to slot ${options.slot}? The connection over the SIM in slot ${before.value.active} breaks.`;
      const agreed = await askPerson(context, question, options.yes);
      if (!agreed.ok) return agreed;
      session.step(`Switching to slot ${options.slot}`);
      const switched = await tools.switchSlot(dialogue, identified, options.slot, { signal });
      if (!switched.ok) return switched;
      const back = switched.value === 'ready' ? await session.identifyAgain() : await session.comeBack();
      if (!back.ok) return back;
      const after = await tools.readSlots(session.dialogue, session.identified, { signal });
      if (!after.ok) return after;
      return after.value?.active === options.slot
        ? ok(after.value)
        : fail(fault('modem.refused', { message: 'The modem took the command, but the slot is the same.' }));
    },
    (slots) => {
      context.output.result({ ...slots }, `Slot ${slots.active} is active.`);
      return EXIT.done;
    },
  );

/** `sim unlock --port P [--puk]`: the PIN from stdin, or PUK and new PIN on two lines. Sent once, kept nowhere. */
export const simUnlock: Command<PortChoice & { readonly puk?: boolean }> = async (context, options) => {
  const names = options.puk === true ? ['PUK', 'New PIN'] : ['PIN'];
  const lines = await readPinLines(context.stdin, process.stderr, names, context.signal);
  if (!lines.ok) return context.output.fault(lines.fault);
  const key = keyOf(lines.value, options.puk === true);
  if (!key.ok) return context.output.fault(key.fault);
  return onDevice(
    context,
    options,
    async (session): Promise<Result<null>> => {
      session.step('Unlocking the SIM');
      const { tools, dialogue, identified, signal } = session;
      const unlocked = await tools.unlockSim(dialogue, identified, key.value, { signal });
      if (unlocked.ok) return unlocked;
      const lock = await tools.readSimLock(dialogue, identified, { signal });
      const tries = lock.ok && lock.value !== null ? triesWords(lock.value) : '';
      return fail({ ...unlocked.fault, hint: `${unlocked.fault.hint}${tries}` });
    },
    () => {
      context.output.result({ unlocked: true }, 'The SIM is unlocked.');
      return EXIT.done;
    },
  );
};

function triesWords(lock: { readonly pinTries: number | null; readonly pukTries: number | null }): string {
  const parts = [
    lock.pinTries === null ? null : `PIN ${lock.pinTries}`,
    lock.pukTries === null ? null : `PUK ${lock.pukTries}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : ` Tries left: ${parts.join(', ')}.`;
}

function keyOf(
  [first = '', second = '']: readonly string[],
  isPuk: boolean,
): Result<{ readonly pin: string } | { readonly puk: string; readonly newPin: string }> {
  const isPin = (text: string) => /^\d{4,8}$/.test(text);
  if (isPuk) {
    return /^\d{8}$/.test(first) && isPin(second)
      ? ok({ puk: first, newPin: second })
      : fail(
          fault('usage.invalid', {
            message: 'Give the PUK (8 digits) and the new PIN (4 to 8 digits), each on its line of stdin.',
          }),
        );
  }
  return isPin(first)
    ? ok({ pin: first })
    : fail(fault('usage.invalid', { message: 'Give the PIN (4 to 8 digits) on stdin.' }));
}
