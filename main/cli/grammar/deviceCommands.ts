import type { Command as Commander } from 'commander';
import { chip, notifications, profiles } from '../commands/chip.ts';
import {
  chipReset,
  notificationRemove,
  notificationShow,
  profileDelete,
  profileDisable,
  profileEnable,
  profileNickname,
  smdpSet,
} from '../commands/chipChange.ts';
import { probe, slotShow, slotSwitch, verify } from '../commands/device.ts';
import { eid } from '../commands/eid.ts';
import { ports } from '../commands/ports.ts';
import type { Grammar } from './grammar.ts';
import { baudOption, onPort, PORT, seconds, wholeNumber } from './options.ts';

/** What is done with a modem, and with the eUICC in it. */
export function addDeviceCommands(grammar: Grammar): void {
  const { program, runs } = grammar;
  runs(program.command('ports').description('list the serial ports'), ports);
  runs(
    program
      .command('eid')
      .description('read the EID of the eUICC in the modem on a port')
      .requiredOption(...PORT)
      .addOption(baudOption()),
    eid,
  );

  const asking = (command: Commander) => onPort(command).option('--yes', 'do not ask whether to go on');
  const ofProfile = (command: Commander) =>
    command.requiredOption('--iccid <digits>', 'ICCID of the profile');

  const onPortWithMore = (command: Commander) => {
    grammar.askForPort(command);
    return command
      .enablePositionalOptions()
      .option(...PORT)
      .addOption(baudOption());
  };
  const chipCommand = onPortWithMore(
    program.command('chip').description('all that the eUICC says of itself'),
  );
  runs(chipCommand, chip);
  runs(
    onPort(
      chipCommand.command('reset').description('delete every operational profile from the eUICC'),
    ).requiredOption('--confirm <digits>', 'the last 8 digits of its EID'),
    chipReset,
  );
  runs(onPort(program.command('profiles').description('list the profiles on the eUICC')), profiles);
  const profile = program.command('profile').description('change a profile on the eUICC');
  runs(
    ofProfile(asking(profile.command('enable').description('enable it; the one in use is disabled'))),
    profileEnable,
  );
  runs(ofProfile(asking(profile.command('disable').description('disable it'))), profileDisable);
  runs(
    ofProfile(asking(profile.command('delete').description('delete it; it must be disabled'))),
    profileDelete,
  );
  runs(
    ofProfile(
      onPort(
        profile
          .command('nickname')
          .description('give it a nickname; without one, take it off')
          .argument('[nickname]'),
      ),
    ),
    profileNickname,
    ([name]) => ({ name }),
  );
  runs(
    onPort(
      program
        .command('smdp')
        .description('the default SM-DP+ address of the eUICC')
        .command('set')
        .description('set it; without an address, take it off')
        .argument('[address]'),
    ),
    smdpSet,
    ([address]) => ({ address }),
  );
  const notificationsCommand = onPortWithMore(
    program.command('notifications').description('list what the eUICC has to tell its servers'),
  );
  runs(notificationsCommand, notifications);
  const ofNotification = (command: Commander) =>
    command.requiredOption('--seq <number>', 'its sequence number', (text) =>
      wholeNumber(text, 0, 999_999_999),
    );
  runs(
    ofNotification(
      onPort(notificationsCommand.command('show').description('print one, as it is signed, in hex')),
    ),
    notificationShow,
  );
  runs(
    ofNotification(asking(notificationsCommand.command('remove').description('remove one from the eUICC'))),
    notificationRemove,
  );
  runs(
    onPort(
      program.command('verify').description('wait until the profile in use is registered on a network'),
    ).option('--timeout <seconds>', 'stop waiting after this long (180)', seconds),
    verify,
  );
  runs(
    onPort(
      program
        .command('probe')
        .description('try what the modem can do, for a compatibility report without identifiers'),
    ).option('--out <file>', 'to this file instead of stdout'),
    probe,
  );
  const slot = program.command('slot').description('the SIM slots of the modem');
  runs(onPort(slot.command('show').description('print which is active')), slotShow);
  runs(
    asking(
      slot
        .command('switch')
        .description('make another one active')
        .argument('<number>', 'from 1 on', (text) => String(wholeNumber(text, 1, 8))),
    ),
    slotSwitch,
    ([number]) => ({ slot: Number(number) }),
  );
}
