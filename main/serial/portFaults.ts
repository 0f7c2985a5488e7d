import { type Fault, type FaultCode, fault } from '../../contract/fault.ts';

/** When it failed: the same words mean different things before and after a port is open. */
export type PortMoment = 'open' | 'use';

interface Row {
  readonly moment: PortMoment | 'both';
  readonly pattern: RegExp;
  readonly code: Extract<FaultCode, `port.${string}`>;
  /** Said in place of the code's own sentence. */
  readonly message?: string;
  readonly hint?: string;
}

/**
 * Texts and codes as `@serialport/bindings-cpp` 13 gives them: `strerror` between its own words on Linux and macOS
 * (src/serialport_unix.cpp), its own words or a number on Windows (src/serialport_win.cpp, System Error Codes), the
 * names of libuv while reading and writing (dist/unix-read.js, src/poller.cpp). The first row that fits counts.
 */
const ROWS: readonly Row[] = [
  // The lock's own words come first: what stands before them depends on the system and on its language.
  { moment: 'open', pattern: /cannot lock port/i, code: 'port.busy' },
  { moment: 'open', pattern: /\bEBUSY\b|resource busy|device or resource busy/i, code: 'port.busy' },
  {
    moment: 'open',
    pattern: /\bEACCES\b|\bEPERM\b|permission denied|operation not permitted/i,
    code: 'port.forbidden',
  },
  {
    moment: 'both',
    pattern: /\bENOTTY\b|inappropriate ioctl|\bEISDIR\b|is a directory|\bENOTDIR\b|not a directory/i,
    code: 'port.failed',
    message: 'This path is no serial port.',
    hint: 'Choose a port from the list, or check the path.',
  },
  {
    moment: 'both',
    pattern: /\bEINVAL\b|invalid argument|parameter is incorrect|baud rate of \d+ is not supported/i,
    code: 'port.failed',
    message: 'The port does not take this speed.',
    hint: 'Choose another speed. Most modems on USB take any.',
  },
  {
    moment: 'open',
    pattern:
      /\bENOENT\b|\bENXIO\b|\bENODEV\b|no such file|no such device|device not configured|file not found|error code (3|15|20|55|123|433|1167)$/i,
    code: 'port.notFound',
  },
  // Windows opens a COM port once: access is denied while another program has it.
  { moment: 'open', pattern: /access denied|error code (32|170)$/i, code: 'port.busy' },
  {
    moment: 'use',
    pattern:
      /\bEIO\b|\bENXIO\b|\bENODEV\b|\bEBADF\b|\bEPIPE\b|i\/o error|input\/output error|no such device|device not configured|bad file descriptor/i,
    code: 'port.vanished',
  },
  {
    moment: 'use',
    pattern:
      /access denied|operation aborted|invalid handle|file not found|error code (2|5|6|21|22|31|55|433|995|1167)$/i,
    code: 'port.vanished',
  },
];

/** The text of whatever a binding threw, with its code where it has one; bounded. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 300);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const text = code === '' || error.message.includes(code) ? error.message : `${code}: ${error.message}`;
  return text.slice(0, 300);
}

/** The fault for what a binding threw; `port.failed` where no row fits. Its own text goes into the details. */
export function portFault(moment: PortMoment, error: unknown): Fault {
  const text = errorText(error);
  const row = ROWS.find(
    (each) => (each.moment === moment || each.moment === 'both') && each.pattern.test(text),
  );
  return fault(row?.code ?? 'port.failed', {
    details: text,
    ...(row?.message === undefined ? {} : { message: row.message }),
    ...(row?.hint === undefined ? {} : { hint: row.hint }),
  });
}
