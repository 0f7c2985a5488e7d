import type { Fault, FaultCode } from '../../contract/fault.ts';

/** Who says so: the card itself by a status word, or the modem, which often says one thing and means another. */
export type Witness = 'card' | 'modem';

export interface Evidence {
  readonly fault: Fault;
  readonly witness: Witness;
}

/**
 * Which of several failed attempts says most about why there is no EID; earlier ones come first. A card that answers is
 * believed before the modem, and what the technician can put right before what he can only try again.
 */
const TELLING: readonly (readonly [FaultCode, Witness])[] = [
  ['euicc.refused', 'card'],
  ['chip.refused', 'card'],
  ['euicc.unreadable', 'card'],
  ['euicc.none', 'card'],
  ['sim.puk', 'modem'],
  ['sim.pin', 'modem'],
  ['sim.missing', 'modem'],
  ['sim.busy', 'modem'],
  ['euicc.none', 'modem'],
  ['sim.failure', 'modem'],
  ['modem.timeout', 'modem'],
  ['modem.garbled', 'modem'],
  ['modem.refused', 'modem'],
];

const MAX_DETAILS = 1_000;

/** The fault that says most; its details name what the other attempts gave. */
export function mostTelling(evidence: readonly [Evidence, ...Evidence[]]): Fault {
  const rank = ({ fault, witness }: Evidence) => {
    const place = TELLING.findIndex(([code, who]) => code === fault.code && who === witness);
    return place < 0 ? TELLING.length : place;
  };
  const [first, ...rest] = evidence;
  const best = rest.reduce((so, each) => (rank(each) < rank(so) ? each : so), first);
  const details = evidence.map(({ fault }) => fault.details).filter((text) => text !== undefined);
  return details.length === 0
    ? best.fault
    : { ...best.fault, details: [...new Set(details)].join('; ').slice(0, MAX_DETAILS) };
}
