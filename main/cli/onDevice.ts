import type { Result } from '../../contract/result.ts';
import { type PortSession, withPortSession } from '../bench/openSession.ts';
import type { CommandContext } from './context.ts';

/** The port that a command works on. */
export interface PortChoice {
  readonly port: string;
  readonly baud: number;
}

/** Does some work with the device on a port; says on stderr what is being done. Gives the exit code. */
export async function onDevice<T>(
  context: CommandContext,
  { port, baud }: PortChoice,
  work: (session: PortSession) => Promise<Result<T>>,
  finish: (value: T) => number,
): Promise<number> {
  const { output, signal } = context;
  const { serial, modemTools: tools, clock } = context.bench();
  const step = (text: string) => output.progress(`${text} …`);
  step(`Opening ${port} at ${baud}`);
  const result = await withPortSession(
    { serial, tools, clock, path: port, baudRate: baud, signal, step },
    work,
  );
  return result.ok ? finish(result.value) : output.fault(result.fault);
}
