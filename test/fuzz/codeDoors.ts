import { CallbackSchema, eidCheckDigitsHold, eidFault, normaliseEid } from '../../contract/order.ts';
import { AccountSchema } from '../../contract/providerTable.ts';
import { safeParse } from '../../contract/safeParse.ts';
import { qrModules } from '../../main/bench/qrFile.ts';
import { lpaOf, parseActivationCode, smdpHost } from '../../main/orders/lpa.ts';
import { describePort } from '../../main/serial/describePort.ts';
import { type Door, doorOf, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { anyText, mutateText, mutateValue } from './mutate.ts';

const CODES = [
  '1$sm-dp-plus.example.com$AAAAA-BBBBB',
  'LPA:1$smdp.example$MATCHING$1.3.6.1.4.1.31746$1',
  'lpa: 1$smdp.example:8443$$$1',
  '2$smdp.example$X$Y$Z',
  'https://smdp.example.com/path?x=1',
  'LPA:1$smdp.example$',
  '1$$',
];

interface Code {
  readonly text: string;
  readonly other: string;
  readonly kind: 'eid' | 'matchingId';
  /** Making a QR takes longer than all the rest. */
  readonly draw: boolean;
}

const activationCode: Door<Code> = {
  name: 'activation codes and what QRs hold',
  share: 120,
  input: (dice) => ({
    text: dice.chance(0.9) ? mutateText(dice, dice.pick(CODES)) : anyText(dice, 300),
    other: dice.chance(0.5) ? mutateText(dice, 'AAAAA-BBBBB') : anyText(dice),
    kind: dice.pick(['eid', 'matchingId'] as const),
    draw: dice.chance(0.01),
  }),
  feed({ text, other, kind, draw }) {
    const parsed = parseActivationCode(text);
    if (parsed !== null) {
      const { smdpAddress, matchingId, smdpOid, confirmationCodeRequired } = parsed;
      const again = parseActivationCode(
        `LPA:1$${smdpAddress}$${matchingId}$${smdpOid ?? ''}$${confirmationCodeRequired ? '1' : ''}`,
      );
      // With both separators it may be longer than a code may be.
      must(again === null || JSON.stringify(again) === JSON.stringify(parsed), 'not the same again');
      must(!/[\s$]/.test(smdpAddress + matchingId), 'a separator within a field');
    }
    const host = smdpHost(text);
    must(host === null || /^[a-z0-9.-]+(:\d+)?$/i.test(host), `a host like ${host}`);
    for (const source of [
      { kind, activationCode: text.slice(0, 1_000), smdpAddress: null, matchingId: null },
      { kind, activationCode: null, smdpAddress: text, matchingId: other },
    ]) {
      const { lpa } = lpaOf(source);
      if (lpa === null) continue;
      must(/^LPA:\d+\$/.test(lpa), `a QR that holds ${lpa}`);
      if (draw) must(qrModules(lpa).length >= 21 + 8, 'a QR that is too small');
    }
  },
  show: (input) => JSON.stringify(input),
};

const eid: Door<string> = {
  name: 'EIDs as typed, pasted or scanned',
  share: 60,
  input: (dice) =>
    dice.chance(0.8)
      ? mutateText(
          dice,
          dice.pick(['89049032123451234512345678901235', 'EID: 8904 9032 1234-5123 4512 3456 7890 1235']),
        )
      : anyText(dice, 60),
  feed(text) {
    const digits = normaliseEid(text);
    must(digits === null || /^\d{32}$/.test(digits), `an EID like ${digits}`);
    must(typeof eidCheckDigitsHold(text) === 'boolean', 'neither right nor wrong');
    mustBeFault(eidFault(text));
  },
  show: (text) => JSON.stringify(text),
};

const addresses: Door<unknown> = {
  name: 'accounts, endpoints, callbacks',
  share: 40,
  input: (dice) =>
    mutateValue(dice, {
      provider: 'twilio',
      accountSid: `AC${'0'.repeat(32)}`,
      keySid: null,
      endpoint: dice.pick([
        'https://supersim.twilio.com',
        'http://127.0.0.1:4010',
        'http://localhost',
        'https://u:p@x.example/',
      ]),
      url: mutateText(dice, 'https://example.com/esim?x=1'),
      method: 'POST',
    }),
  feed(value) {
    const account = safeParse(AccountSchema, value);
    if (account.success) {
      const { protocol, username, password, hostname } = new URL(account.data.endpoint);
      must(username === '' && password === '', 'an endpoint with credentials in it');
      const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
      must(
        protocol === 'https:' || (protocol === 'http:' && loopback),
        `an endpoint over ${protocol}//${hostname}`,
      );
    }
    const callback = safeParse(CallbackSchema, value);
    if (callback.success) {
      const { protocol, password } = new URL(callback.data.url);
      must(password === '' && /^https?:$/.test(protocol), 'a callback with a password in it');
    }
  },
  show: (value) => JSON.stringify(value),
};

const ports: Door<unknown> = {
  name: 'serial ports as listed',
  share: 30,
  input: (dice) =>
    mutateValue(dice, {
      path: '/dev/ttyUSB2',
      manufacturer: 'Quectel',
      serialNumber: '0123456789',
      pnpId: 'usb-Quectel_EM05-G_0123456789-if02-port0',
      locationId: '1-2.3',
      vendorId: '2C7C',
      productId: '030a',
      friendlyName: 'Quectel USB AT Port (COM7)',
      product: anyText(dice),
      interfaceNumber: 2,
    }),
  feed(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    // A binding lists objects with a path; all else may be missing or wrong.
    const info = { ...value, path: '/dev/x' } as Parameters<typeof describePort>[0];
    const port = describePort(info);
    const { interfaceNumber, ...texts } = port;
    must(
      interfaceNumber === null ||
        (Number.isInteger(interfaceNumber) && interfaceNumber >= 0 && interfaceNumber <= 255),
      `an interface like ${String(interfaceNumber)}`,
    );
    for (const text of Object.values(texts)) {
      must(text === null || (typeof text === 'string' && text.length <= 200), `a port with ${String(text)}`);
    }
    for (const id of [port.vendorId, port.productId])
      must(id === null || /^[0-9a-f]{4}$/.test(id), `a USB id like ${id}`);
  },
  show: (value) => JSON.stringify(value),
};

export const CODE_DOORS = [doorOf(activationCode), doorOf(eid), doorOf(addresses), doorOf(ports)];
