import { isOpenActivation } from '../../contract/activation.ts';
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
  /** What was told already: a command that fails for a reason given before does not give it twice. */
  const told = new Set<string>();
  const tell = (fault: Fault) => {
    const text = faultText(fault);
    if (told.has(text)) return;
    told.add(text);
    stderr.write(text);
  };
  return {
    result(object, text) {
      stdout.write(json ? `${JSON.stringify(object)}\n` : `${text}\n`);
    },
    progress(text) {
      if (!json) stderr.write(`${text}\n`);
    },
    notice: tell,
    fault(fault) {
      if (json) stdout.write(`${JSON.stringify({ error: errorObject(fault) })}\n`);
      tell(fault);
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
    simSid: order.simSid,
    smdpAddress: order.smdpAddress,
    matchingId: order.matchingId,
    activationCode: order.activationCode,
    lpa: order.lpa,
    ...simPart(order),
    error: fault && errorObject(fault),
  };
}

/** What an order's Sim is, and what it is to become; null where nobody has asked. */
function simPart({ sim, activation }: Order): Record<string, unknown> {
  return {
    sim,
    activation:
      activation === null
        ? null
        : {
            status: activation.status,
            heldFor: activation.heldFor,
            fleet: activation.wish.fleet,
            simStatus: activation.wish.simStatus,
            uniqueName: activation.uniqueName ?? activation.wish.nameTemplate,
            error: activation.fault && errorObject(activation.fault),
          },
  };
}

/** A fault for a program: what support asks for is there where it is known. */
function errorObject({
  code,
  message,
  hint,
  details,
  providerCode,
  requestId,
}: Fault): Record<string, unknown> {
  return {
    code,
    message,
    hint,
    ...(details === undefined ? {} : { details }),
    ...(providerCode === undefined ? {} : { providerCode }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** An order's Sim as the CLI prints it with `--json`. */
export function simObject(order: Order): Record<string, unknown> {
  return { sid: order.simSid, orderId: order.id, ...simPart(order) };
}

/** An order's Sim on one line for a person. */
export function simLine({ id, sim, simSid, activation }: Order): string {
  const parts = [
    simSid,
    sim?.status,
    sim?.uniqueName,
    sim?.fleetSid,
    activation && simWord(activation),
    `order ${id}`,
  ];
  return parts.filter(Boolean).join('  ');
}

function simWord({ status, heldFor }: NonNullable<Order['activation']>): string {
  return heldFor === null ? status : `${status} (${heldFor})`;
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
    order.activation === null ? '' : `SIM ${simWord(order.activation)}`,
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** The exit code of a command that ends with this order as it is. */
export function orderExitCode(order: Order): number {
  switch (order.status) {
    case 'available':
    case 'downloaded':
    case 'installed':
      return activationExitCode(order);
    case 'failed':
    case 'refused':
      return order.fault === null ? EXIT.provider : exitCodeOf(order.fault);
    case 'cancelled':
      return EXIT.done;
    default:
      return EXIT.open;
  }
}

/** The profile is there; its Sim may be wished something. */
function activationExitCode({ activation, simSid }: Order): number {
  if (activation?.status === 'stopped') {
    return activation.fault === null ? EXIT.provider : exitCodeOf(activation.fault);
  }
  return isOpenActivation(activation) && simSid !== null ? EXIT.open : EXIT.done;
}
