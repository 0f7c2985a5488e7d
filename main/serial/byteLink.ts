import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';

/** An open port: bytes in, bytes out, and one end. */
export interface ByteLink {
  readonly path: string;
  /** The speed now. */
  readonly baudRate: number;
  readonly closed: boolean;
  /** Resolves once the bytes are with the operating system. Faults: `port.vanished`, `port.failed`. */
  write(bytes: Uint8Array): Promise<Result<null>>;
  /** Changes the speed of the open port. It matters on a UART alone. Faults as `write`. */
  setBaudRate(baudRate: number): Promise<Result<null>>;
  /** Chunks as they come, split anywhere. Returns the function that stops listening. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** Called once when the link ends; `null` when we closed it. Called at once where it has ended already. */
  onClosed(listener: (fault: Fault | null) => void): () => void;
  /** Closes the port; safe to call twice. */
  close(): Promise<void>;
}
