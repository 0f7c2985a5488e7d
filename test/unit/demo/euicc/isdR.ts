import { fromHex, toHex } from '../../../../main/demo/bytes.ts';
import { createVirtualEuicc, type EuiccOptions } from '../../../../main/demo/euicc/virtualEuicc.ts';

export const EID = '89044011112233441122334411223321';

/** An eUICC with its ISD-R selected on the basic channel; sends STORE DATA and gives back the whole response in hex. */
export function isdR(options: Partial<EuiccOptions> = {}) {
  const card = createVirtualEuicc({ eid: EID, ...options, card: { handsOut: 'direct', ...options.card } });
  const send = (command: string) => toHex(card.transmit(fromHex(command.replaceAll(' ', ''))));
  const select = () => send('00A4040010A0000005591010FFFFFFFF8900000100');
  select();
  return {
    card,
    send,
    select,
    request: (data: string) => send(storeData(data)),
    /** The same, with what is handed out in rounds put together, without the status word. */
    requestAll(data: string): string {
      let response = send(storeData(data));
      let whole = response.slice(0, -4);
      while (/61..$/.test(response)) {
        response = send(`00C00000${response.slice(-2)}`);
        whole += response.slice(0, -4);
      }
      return whole;
    },
  };
}

export function storeData(data: string): string {
  const plain = data.replaceAll(' ', '');
  return `80E29100${(plain.length / 2).toString(16).padStart(2, '0')}${plain}`;
}
