import { ok, type Result } from '../../../../contract/result.ts';
import type { ApduChannel } from '../../../../main/euicc/apduChannel.ts';
import { exchangeApdu } from '../../../../main/euicc/exchangeApdu.ts';
import { fromHex, toHex } from '../../../../main/euicc/hex.ts';

export const bytes = (hex: string): Uint8Array => fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array();

/** What is inside the outermost object: that is what decoders take. */
export const inside = (hex: string): Uint8Array => {
  const whole = bytes(hex);
  const first = whole[2] ?? 0;
  return whole.subarray(first < 0x80 ? 3 : 3 + (first & 0x0f));
};

/** A card that gives these answers, data and status word, one by one; the last one again and again. */
export function cardOf(...answers: readonly string[]) {
  const sent: string[] = [];
  const channel: ApduChannel = {
    transmit: (apdu) =>
      exchangeApdu(apdu, async (command) => {
        sent.push(toHex(command));
        return ok(bytes(answers[Math.min(sent.length, answers.length) - 1] ?? ''));
      }),
    close: async () => {},
  };
  return { channel, sent };
}

/** A card whose channel comes to a fault. */
export function brokenCard(fault: Extract<Result<never>, { ok: false }>): ApduChannel {
  return { transmit: async () => fault, close: async () => {} };
}

/** A value, or `code: details`. */
export const shown = (result: Result<unknown>) =>
  result.ok ? result.value : `${result.fault.code}: ${result.fault.details}`;
