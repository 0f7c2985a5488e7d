import { EXIT, exitCodeOf, fault } from '../../contract/fault.ts';
import type { Output } from './output.ts';

/** stdout or stderr, watched: without a listener a stream that breaks would end the process in the middle of an order. */
export interface WatchedStream {
  /** Resolves when all that was written has left, or cannot. Gives what went wrong; null where nothing did. */
  settled(): Promise<NodeJS.ErrnoException | null>;
}

/** Watches a stream from now on. `onBroken` is called when it takes no more, as when `| head -1` has its line. */
export function watchStream(stream: NodeJS.WritableStream, onBroken: () => void): WatchedStream {
  let broken: NodeJS.ErrnoException | null = null;
  const note = (error: NodeJS.ErrnoException) => {
    if (broken === null) onBroken();
    broken ??= error;
  };
  stream.on('error', note);
  return {
    settled: () =>
      new Promise((resolve) => {
        // A file's errors come to this callback alone.
        stream.write('', (error) => {
          if (error) note(error);
          resolve(broken);
        });
      }),
  };
}

/**
 * The exit code of a command that ended with `code`: results that could not be written are not done. A reader that went away has had what
 * it wanted.
 */
export async function codeAfterWriting(stdout: WatchedStream, output: Output, code: number): Promise<number> {
  const broken = await stdout.settled();
  if (broken === null || broken.code === 'EPIPE' || code !== EXIT.done) return code;
  const why = fault('file.unwritable', {
    message: 'The results could not be written to stdout.',
    details: broken.message,
  });
  output.notice(why);
  return exitCodeOf(why);
}
