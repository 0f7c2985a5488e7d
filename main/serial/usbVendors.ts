/**
 * Chips between USB and a UART, by USB vendor id: what hangs on one is at whatever speed it was set to. A native USB port
 * of a modem takes any.
 */
const UART_BRIDGES: Readonly<Record<string, string>> = {
  '0403': 'FTDI',
  '067b': 'Prolific',
  '10c4': 'Silicon Labs',
  '1a86': 'WCH',
};

/** Makers of modems by USB vendor id (four hex digits in lower case); from the USB-IF's list of vendors. */
const MODEM_MAKERS: Readonly<Record<string, string>> = {
  '0e8d': 'MediaTek',
  '105b': 'Foxconn',
  '1199': 'Sierra Wireless',
  '12d1': 'Huawei',
  '1546': 'u-blox',
  '1915': 'Nordic Semiconductor',
  '19d2': 'ZTE',
  '1bc7': 'Telit',
  '1e0e': 'SIMCom',
  '1e2d': 'Thales',
  '2c7c': 'Quectel',
  '2cb7': 'Fibocom',
};

/** The maker of modems with this vendor id, or null: then it may be any device. */
export function modemMaker(vendorId: string | null): string | null {
  const id = normaliseUsbId(vendorId);
  return id === null ? null : (MODEM_MAKERS[id] ?? null);
}

/** Whether a device with this vendor id may well be a modem. */
export function isModemVendor(vendorId: string | null): boolean {
  return modemMaker(vendorId) !== null;
}

/** A USB id as four hex digits in lower case; systems write `0x2C7C`, `2c7c` or `e8d`. Null where it is none. */
export function normaliseUsbId(id: unknown): string | null {
  const hex = typeof id === 'string' ? /^\s*(?:0x)?([0-9a-f]{1,4})\s*$/i.exec(id)?.[1] : undefined;
  return hex === undefined ? null : hex.toLowerCase().padStart(4, '0');
}

/** Whether the speed of a port matters: on a UART, behind a bridge or on the board, which has no USB ids. */
export function speedMatters(vendorId: string | null): boolean {
  const id = normaliseUsbId(vendorId);
  return id === null || id in UART_BRIDGES;
}
