import { simUnlock } from '../commands/device.ts';
import { simActivate, simShow } from '../commands/sim.ts';
import type { Grammar } from './grammar.ts';
import { onPort, seconds, wishing } from './options.ts';

/** `sim`: the SIM in the modem, and the Sim at the provider. */
export function addSimCommands(grammar: Grammar): void {
  const { program, runs } = grammar;
  const sim = program.command('sim').description("the SIM in the modem, and the provider's Sim");
  runs(
    sim.command('show').description('a Sim at the provider').requiredOption('--sid <HS…>', 'SID of the Sim'),
    simShow,
  );
  runs(
    wishing(
      sim
        .command('activate')
        .description('put the Sim of an eSIM profile into a Fleet and make it ready (or active) for use')
        .requiredOption('--sid <HS…>', 'SID of the Sim'),
    )
      .option('--no-wait', 'do not wait until it is done')
      .option('--timeout <seconds>', 'stop waiting after this long', seconds),
    simActivate,
  );
  runs(
    onPort(sim.command('unlock').description('unlock it with its PIN, which is read from stdin')).option(
      '--puk',
      'unblock it: the PUK and a new PIN, on two lines of stdin',
    ),
    simUnlock,
  );
}
