import { type Fault, fault } from '../../contract/fault.ts';
import type { Verification } from '../../contract/verification.ts';

/** The fault that an outcome comes to; null where the profile works. */
export function verificationFault({ outcome, simState }: Verification): Fault | null {
  switch (outcome) {
    case 'registered':
      return null;
    case 'denied':
      return fault('network.denied');
    case 'notRegistered':
      return fault('network.notRegistered');
    case 'simNotReady':
      return fault('sim.notReady', {
        message: `The SIM is not ready${simState === null ? '' : ` (${simState})`}.`,
        hint: 'Unlock the SIM, or enable a profile on the eUICC, then try again.',
      });
    case 'radioOff':
      return fault('network.notRegistered', {
        message: 'The radio of the modem is off.',
        hint: 'Turn it on with AT+CFUN=1, then try again.',
      });
  }
}

/** One sentence for the device's history. */
export function verificationWords(found: Verification): string {
  const { outcome, operator, technology, signalDbm, iccid, registrations } = found;
  const card = iccid === null ? '' : ` with ICCID …${iccid.slice(-4)}`;
  if (outcome !== 'registered')
    return `${verificationFault(found)?.message ?? outcome}`.replace(/\.$/, `${card}.`);
  const where = [operator, technology, signalDbm === null ? null : `${signalDbm} dBm`]
    .filter((part) => part !== null)
    .join(', ');
  const roaming = registrations.some(({ state }) => state === 'home') ? '' : ' (roaming)';
  return `Registered${roaming}${card}${where === '' ? '' : `: ${where}`}.`;
}
