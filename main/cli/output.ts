import { EXIT, exitCodeOf, type Fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';

/** Where a command writes: results on stdout, all else on stderr. */
export interface Output {
  /** One result: an object a line with `--json`, else the text. */
  result(object: Readonly<Record<string, unknown>>, text: string): void;
  /** Progress and hints; never part of a result. Not written with `--json`, where a program reads. */
  progress(text: string): void;
  /** Something that went otherwise than a person would expect, though the command goes on; on stderr also with `--json`. */
  notice(fault: Fault): void;
  /** Prints a fault and gives the exit code that belongs to it. */
  fault(fault: Fault): number;
}

export function createOutput(
  json: boolean,
  stdout: NodeJS.WritableStream = process.stdout,
  stderr: NodeJS.WritableStream = process.stderr,
): Output {
  return {
    result(object, text) {
      stdout.write(json ? `${JSON.stringify(object)}\n` : `${text}\n`);
    },
    progress(text) {
      if (!json) stderr.write(`${text}\n`);
    },
    notice(fault) {
      stderr.write(faultText(fault));
    },
    fault(fault) {
      const { code, message, hint } = fault;
      if (json) {
        stdout.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
      }
      stderr.write(faultText(fault));
      return exitCodeOf(fault);
    },
  };
}

function faultText({ code, message, hint, details, providerCode, requestId }: Fault): string {
  const facts = [code, providerCode && `provider code ${providerCode}`, requestId, details].filter(Boolean);
  return `${message}\n${hint}\n(${facts.join(' · ')})\n`;
}

/** An order as the CLI prints it with `--json`. */
export function orderObject(order: Order): Record<string, unknown> {
  const { fault } = order;
  return {
    id: order.id,
    status: order.status,
    sid: order.sid,
    eid: order.eid,
    iccid: order.iccid,
    smdpAddress: order.smdpAddress,
    matchingId: order.matchingId,
    activationCode: order.activationCode,
    lpa: order.lpa,
    error: fault === null ? null : { code: fault.code, message: fault.message, hint: fault.hint },
  };
}

/** An order on one line for a person. */
export function orderLine(order: Order): string {
  const what = order.eid ?? 'by matching ID';
  const parts = [
    order.id,
    order.status.padEnd(11),
    what,
    order.iccid ?? '',
    order.lpa ?? order.fault?.message ?? '',
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** The exit code of a command that ends with this order as it is. */
export function orderExitCode(order: Order): number {
  switch (order.status) {
    case 'available':
    case 'downloaded':
    case 'installed':
      return EXIT.done;
    case 'failed':
    case 'refused':
      return order.fault === null ? EXIT.provider : exitCodeOf(order.fault);
    case 'cancelled':
      return EXIT.done;
    default:
      return EXIT.open;
  }
}
