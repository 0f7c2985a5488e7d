import { type Command as Commander, InvalidArgumentError, Option } from 'commander';
import { SIM_STATUS_WISHES } from '../../../contract/activation.ts';
import { DEFAULT_BAUD_RATE } from '../../../contract/port.ts';

/** The option that names a port. */
export const PORT = ['--port <path>', 'the serial port, for example /dev/ttyUSB2 or COM7'] as const;

/** The argument `<id>` as an option. */
export function idOf([id = '']: readonly string[]): { readonly id: string } {
  return { id };
}

/** The options of a command that follows an order. */
export function following(command: Commander): Commander {
  return command
    .option('--no-wait', 'do not wait for the profile')
    .option('--timeout <seconds>', 'stop waiting after this long', seconds)
    .option('--qr <file>', 'write the QR to a .png or .svg file');
}

/** The option for the speed of a port. */
export function baudOption(): Option {
  return new Option('--baud <rate>', 'speed of the port')
    .default(DEFAULT_BAUD_RATE)
    .argParser((text) => wholeNumber(text, 300, 4_000_000));
}

/** A length of time in seconds, at most 30 days. */
export function seconds(text: string): number {
  return wholeNumber(text, 0, 30 * 24 * 3_600);
}

/** A whole number within bounds; anything else is an error of the command line. */
export function wholeNumber(text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
}

/** A command that works on the modem at a port. */
export function onPort(command: Commander): Commander {
  return command.requiredOption(...PORT).addOption(baudOption());
}

/** The options that say what a Sim is to become. */
export function wishing(command: Commander): Commander {
  return command
    .option('--fleet <fleet>', 'the Fleet, by SID or unique name')
    .addOption(
      new Option('--status <status>', 'ready: free until used; active: at once').choices(SIM_STATUS_WISHES),
    )
    .option('--name <name>', 'unique name, or what one is made of: {imei}, {eid:last8}, {date}-{n}');
}
