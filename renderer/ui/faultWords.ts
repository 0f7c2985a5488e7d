import type { FaultCode } from '../../contract/fault.ts';

/** What a fault's card says was kept, by the beginning of its code; the longest beginning wins. Null where its hint says so already. */
const KEPT: ReadonlyArray<readonly [start: string, sentence: string | null]> = [
  ['order.unconfirmed', 'The order is in the ledger and is not sent again by itself.'],
  ['order.', 'The order and its history are in the ledger.'],
  ['activation.', 'The profile and its QR code are as they were.'],
  ['ledger.unwritable', 'What was ordered before is in the ledger.'],
  ['ledger.', 'No file was changed or deleted.'],
  ['port.', 'Nothing was ordered. Orders made before are in the ledger.'],
  ['modem.', 'Nothing was ordered. Orders made before are in the ledger.'],
  ['sim.', 'Nothing was ordered. Nothing was written to the SIM.'],
  ['sim.pinWrong', null],
  ['sim.pukWrong', null],
  ['sim.notReady', null],
  ['slot.', 'Nothing was changed.'],
  ['euicc.', 'Nothing was ordered. Nothing was written to the eUICC.'],
  ['account.', 'Orders and their QR codes are in the ledger.'],
  ['account.rejected', null],
  ['settings.', 'The orders are in the ledger, and the secrets in the keychain.'],
  ['secret.', 'Orders and their QR codes are in the ledger.'],
  ['keychain.', 'The secret was not stored anywhere.'],
  ['provider.', 'Orders are in the ledger and go on when the provider answers.'],
  ['proxy.', 'Orders are in the ledger and go on after the sign-in.'],
  ['file.', 'Nothing else was changed.'],
  ['internal', 'Orders are in the ledger.'],
];

/** What was kept in spite of the fault, in a sentence; null where there is nothing to say. */
export function keptFor(code: FaultCode): string | null {
  const fitting = KEPT.filter(([start]) => code.startsWith(start));
  return (
    fitting.reduce<readonly [string, string | null] | null>(
      (best, row) => (best === null || row[0].length > best[0].length ? row : best),
      null,
    )?.[1] ?? null
  );
}
