import { concat, fromHex } from '../bytes.ts';
import { type CommandApdu, SW } from './apdu.ts';
import { type Answer, answer, type CardApplication } from './card.ts';
import { resultCode } from './encode.ts';
import { ES10_FUNCTIONS } from './es10.ts';
import type { Es10Card } from './es10Card.ts';
import { readTlvs, tlv } from './tlv.ts';

/** ISD-R application identifier (SGP.02 §2.2.3). */
export const ISD_R = 'A0000005591010FFFFFFFF8900000100';

/** Most bytes of one chained command; what is longer is refused with `6A84`. */
const MOST_BYTES = 32_768;

/**
 * The ISD-R (SGP.22 §5.7.2): takes an ES10 command in STORE DATA blocks (`80 E2 11|91 <block> …`, P1 `91` on
 * the last one), channel by channel, and hands it to its function.
 */
export function createIsdR(card: Es10Card): CardApplication {
  const { state, quirks } = card;
  const blocks = new Map<number, { next: number; data: Uint8Array }>();

  function storeData(command: CommandApdu): Answer {
    if (command.space !== 'uicc') return answer(SW.claNotSupported);
    const isLast = command.p1 === 0x91;
    if (!isLast && command.p1 !== 0x11) return answer(SW.wrongP1P2);
    const begun = command.p2 === 0 ? { next: 0, data: new Uint8Array(0) } : blocks.get(command.channel);
    blocks.delete(command.channel);
    if (begun === undefined || begun.next !== command.p2) return answer(SW.wrongP1P2);
    const data = concat(begun.data, command.data);
    if (data.length > MOST_BYTES) return answer(SW.tooLong);
    if (isLast) return perform(data);
    blocks.set(command.channel, { next: command.p2 + 1, data });
    return answer(SW.ok);
  }

  function perform(data: Uint8Array): Answer {
    const [request, ...more] = readTlvs(data) ?? [];
    if (request === undefined || more.length > 0) return answer(SW.wrongData);
    const refused = quirks.refuses[request.tag];
    if (refused !== undefined) return answer(refused);
    const es10 = ES10_FUNCTIONS[request.tag];
    if (es10 === undefined) return answer(SW.referenceNotFound);
    const fields = readTlvs(request.value);
    if (fields === null) return answer(SW.wrongData);
    const forced = quirks.results[request.tag];
    if (forced !== undefined) return answer(SW.ok, resultCode(request.tag, forced));
    const result = es10(fields, card);
    return typeof result === 'number' ? answer(result) : answer(SW.ok, result);
  }

  return {
    aid: ISD_R,
    /**
     * FCI with the identifier, the longest command (`9F65`), and the version of SGP.22 in
     * `ISDRProprietaryApplicationTemplate` (`E0`, SGP.22 annex H).
     */
    fci: () =>
      tlv(
        '6F',
        tlv('84', fromHex(ISD_R)),
        tlv('A5', tlv('9F65', Uint8Array.of(0xff))),
        tlv('E0', tlv('82', Uint8Array.from(state.info.svn))),
      ),
    transmit: (command) => (command.ins === 0xe2 ? storeData(command) : answer(SW.insNotSupported)),
    forget: (channel) => {
      blocks.delete(channel);
    },
  };
}
