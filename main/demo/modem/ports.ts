/**
 * What a port of a modem does. `at` and `ppp` answer commands (a PPP port does, until it is dialled), `nmea`
 * talks without being asked, `diag` takes everything and says nothing.
 */
export type PortRole = 'at' | 'ppp' | 'nmea' | 'diag';

export interface PortLayout {
  readonly role: PortRole;
  /** `bInterfaceNumber` on USB. */
  readonly interfaceNumber: number;
}

/** One serial port of a virtual modem: bytes in, bytes out. */
export interface VirtualPort extends PortLayout {
  write(bytes: Uint8Array): void;
  /**
   * Chunks as the modem sends them. What is sent while nobody listens is lost. Returns the function that
   * stops listening.
   */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** The speed that the computer's side has set; matters only to a modem on a UART. */
  setSpeed(baudRate: number): void;
}
