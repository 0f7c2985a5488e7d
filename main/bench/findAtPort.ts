import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Serial } from '../serial/serial.ts';
import type { ModemTools } from './modemTools.ts';

/** Which fault says most about a device none of whose ports answered: the earliest in this list. */
const TELLING = ['port.busy', 'port.forbidden', 'port.failed', 'modem.timeout', 'modem.noAnswer'];

/**
 * Opens all ports of one device, asks each for `AT` at the same time, keeps the first that answers and closes the others:
 * of a modem's several ports only some are AT ports, and a silent one must not cost the wait.
 *
 * @returns the dialogue, or the most telling of the ports' faults (`cancelled` when `signal` aborted).
 */
export async function findAtPort(
  serial: Serial,
  tools: ModemTools,
  paths: readonly string[],
  baudRate: number,
  signal: AbortSignal,
): Promise<Result<AtDialogue>> {
  const race = new AbortController();
  const stopAll = () => race.abort();
  signal.addEventListener('abort', stopAll);
  let winner: AtDialogue | null = null;
  const faults: Fault[] = [];

  await Promise.all(
    paths.map(async (path) => {
      const opened = await serial.open(path, { baudRate });
      if (!opened.ok) {
        faults.push(opened.fault);
        return;
      }
      const dialogue = tools.openDialogue(opened.value);
      const answered =
        race.signal.aborted || signal.aborted
          ? fail(fault('cancelled'))
          : await tools.probe(dialogue, { signal: race.signal });
      if (answered.ok && winner === null && !signal.aborted) {
        winner = dialogue;
        race.abort();
        return;
      }
      if (!answered.ok) faults.push(answered.fault);
      await dialogue.close();
    }),
  );
  signal.removeEventListener('abort', stopAll);

  if (winner !== null) return ok(winner);
  if (signal.aborted) return fail(fault('cancelled'));
  return fail(mostTelling(faults));
}

function mostTelling(faults: readonly Fault[]): Fault {
  for (const code of TELLING) {
    const found = faults.find((f) => f.code === code);
    if (found !== undefined) return found;
  }
  return faults[0] ?? fault('port.notFound');
}
