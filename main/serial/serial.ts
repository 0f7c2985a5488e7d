import type { Port } from '../../contract/port.ts';
import type { Result } from '../../contract/result.ts';
import type { ByteLink } from './byteLink.ts';

/** The serial ports of this computer (or of the demo bench). */
export interface Serial {
  /** Fault: `port.listFailed`. */
  list(): Promise<Result<Port[]>>;
  /** Opens a port, 8N1, exclusively. Faults: `port.notFound`, `port.busy`, `port.forbidden`, `port.failed`. */
  open(path: string, options: { readonly baudRate: number }): Promise<Result<ByteLink>>;
}
