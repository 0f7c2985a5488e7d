import { fleets, profilesRemote } from '../commands/provider.ts';
import type { Grammar } from './grammar.ts';

/** What the provider has. */
export function addProviderCommands(grammar: Grammar): void {
  const { program, runs } = grammar;
  runs(
    program
      .command('profiles-remote')
      .description("list the account's profiles at the provider, and which of them are in the ledger")
      .option('--eid <digits>', 'those for this EID')
      .option('--sim <HS…>', 'that of this Sim')
      .option('--status <status>', 'those with this status'),
    profilesRemote,
  );
  runs(program.command('fleets').description("list the account's Fleets at the provider"), fleets);
}
