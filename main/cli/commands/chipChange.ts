import { type ChipChange, ChipChangeSchema, RESET_DIGITS } from '../../../contract/chip.ts';
import { EXIT, type Fault, fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { safeParse } from '../../../contract/safeParse.ts';
import { changeOnChip } from '../../bench/changeOnChip.ts';
import { changeWords, profileName } from '../../bench/chipWords.ts';
import { askPerson } from '../askPerson.ts';
import type { Command, CommandContext } from '../context.ts';
import { onDevice, type PortChoice } from '../onDevice.ts';
import { profileLine, readOut } from './chip.ts';

interface ProfileChoice extends PortChoice {
  readonly iccid: string;
  /** `--yes`: no question is asked. */
  readonly yes?: boolean;
}

/** What is interrupted or lost, for the changes that a person is asked about; those that can be taken back are not. */
const CONSEQUENCES: Partial<Record<ChipChange['kind'], string>> = {
  enable: 'The profile that is enabled now is disabled, and the connection breaks.',
  disable: 'The connection over it breaks.',
  delete: 'It cannot be taken back: the profile has to be ordered and downloaded again.',
  removeNotification: 'The server that it is for will not hear of it.',
};

/** `profile enable --port P --iccid I` */
export const profileEnable: Command<ProfileChoice> = (context, options) =>
  changeChip(context, options, { kind: 'enable', iccid: options.iccid });

/** `profile disable --port P --iccid I` */
export const profileDisable: Command<ProfileChoice> = (context, options) =>
  changeChip(context, options, { kind: 'disable', iccid: options.iccid });

/** `profile delete --port P --iccid I` */
export const profileDelete: Command<ProfileChoice> = (context, options) =>
  changeChip(context, options, { kind: 'delete', iccid: options.iccid });

/** `profile nickname --port P --iccid I [NAME]`; without a name the nickname is taken off. */
export const profileNickname: Command<ProfileChoice & { readonly name?: string }> = (context, options) =>
  changeChip(context, options, {
    kind: 'nickname',
    iccid: options.iccid,
    nickname: options.name ?? '',
  });

/** `smdp set --port P [ADDRESS]`; without an address the default is taken off. */
export const smdpSet: Command<PortChoice & { readonly address?: string }> = (context, options) =>
  changeChip(context, options, { kind: 'defaultSmdp', address: options.address ?? '' });

/** `notifications remove --port P --seq N` */
export const notificationRemove: Command<PortChoice & { readonly seq: number; readonly yes?: boolean }> = (
  context,
  options,
) => changeChip(context, options, { kind: 'removeNotification', sequenceNumber: options.seq });

/** `notifications show --port P --seq N`: the signed notification in hex. */
export const notificationShow: Command<PortChoice & { readonly seq: number }> = (context, options) =>
  onDevice(
    context,
    options,
    async (session) => {
      const eid = await session.readEid();
      if (!eid.ok) return eid;
      session.step('Reading the notification');
      const { dialogue, identified, signal, tools } = session;
      return tools.retrieveNotification(dialogue, identified, options.seq, {
        signal,
        memory: identified.memory,
      });
    },
    (hex) => {
      context.output.result({ sequenceNumber: options.seq, hex }, hex);
      return EXIT.done;
    },
  );

/** `chip reset --port P --confirm DIGITS` */
export const chipReset: Command<PortChoice & { readonly confirm: string }> = (context, options) =>
  changeChip(context, { ...options, yes: true }, { kind: 'reset', typedDigits: options.confirm });

async function changeChip(
  context: CommandContext,
  options: PortChoice & { readonly yes?: boolean },
  wanted: ChipChange,
): Promise<number> {
  const parsed = safeParse(ChipChangeSchema, wanted);
  if (!parsed.success) return context.output.fault(invalid(parsed.error.issues));
  const change = parsed.data;
  return onDevice(
    context,
    options,
    async (session): Promise<Result<object>> => {
      const before = await readOut(session);
      if (!before.ok) return before;
      const { eid, chip } = before.value;
      const profile = chip.profiles?.find(({ iccid }) => 'iccid' in change && iccid === change.iccid);
      if ('iccid' in change && chip.profiles !== null && profile === undefined) {
        return fail(fault('chip.profileNotFound'));
      }
      if (change.kind === 'delete' && profile?.state === 'enabled') {
        return fail(fault('chip.wrongState', { message: 'An enabled profile cannot be deleted.' }));
      }
      const what = changeWords(change, profileName(chip, change));
      const consequence = CONSEQUENCES[change.kind];
      if (consequence !== undefined) {
        const subject = profile === undefined ? '' : ` ${profileLine(profile)}`;
        const agreed = await askPerson(
          context,
          `${VERBS[change.kind]}${subject}? ${consequence}`,
          options.yes,
        );
        if (!agreed.ok) return agreed;
      }
      const key = { imei: session.identified.identity.imei, eid };
      const note = (done: boolean, text: string) =>
        context.bench().history.add(key, { at: session.clock.now(), kind: 'changeChip', done, note: text });
      const changed = await changeOnChip(session, change, eid);
      if (!changed.ok) {
        if (changed.fault.code !== 'chip.notConfirmed') note(false, `${what}: ${changed.fault.message}`);
        return changed;
      }
      const noted = note(true, `${what}.`);
      if (!noted.ok) context.output.notice(noted.fault);
      return ok({ done: what, eid, ...changed.value.chip, iccid: changed.value.iccid });
    },
    (result) => {
      context.output.result({ ...result }, `${'done' in result ? result.done : ''}. Read back: it holds.`);
      return EXIT.done;
    },
  );
}

const VERBS: Readonly<Record<ChipChange['kind'], string>> = {
  enable: 'Enable',
  disable: 'Disable',
  delete: 'Delete',
  nickname: 'Name',
  defaultSmdp: 'Set the default SM-DP+ address',
  removeNotification: 'Remove the notification',
  reset: 'Reset the eUICC',
};

function invalid(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Fault {
  const [first] = issues;
  const name = String(first?.path.at(-1) ?? 'input');
  return fault('usage.invalid', {
    message: `The ${WORDS[name] ?? name} ${first?.message ?? 'is not valid'}.`,
  });
}

const WORDS: Readonly<Record<string, string>> = {
  iccid: 'ICCID',
  address: 'SM-DP+ address',
  typedDigits: `last ${RESET_DIGITS} digits`,
};
