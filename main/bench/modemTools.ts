import type { Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Identify, ReadEid } from '../modem/modem.ts';
import type { ByteLink } from '../serial/byteLink.ts';

/** What the bench asks of a modem; one seam, so that a test can put its own behind it. */
export interface ModemTools {
  openDialogue(link: ByteLink): AtDialogue;
  /** Whether something answers AT here. */
  probe(dialogue: AtDialogue, options: { readonly signal: AbortSignal }): Promise<Result<null>>;
  readonly identify: Identify;
  readonly readEid: ReadEid;
  readIccid(dialogue: AtDialogue, options: { readonly signal: AbortSignal }): Promise<Result<string>>;
}
