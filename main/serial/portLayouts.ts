import type { PortLayout } from './portRoles.ts';

type Roles = PortLayout['roles'];

/**
 * What each interface of a modem's USB device is for, as far as it is publicly known: the udev rules of ModemManager
 * (src/plugins/<vendor>/77-mm-<vendor>*.rules, named before each group). A port that ModemManager is told to ignore is
 * `diag` here, unless its comment calls it an AT port. What has no row is probed.
 *
 * Without rows: Huawei (the order of ports differs between firmwares; `AT^GETPORTMODE` tells it), MediaTek FM350 and Foxconn
 * on USB, Nordic (USB is the board's, not the modem's), Sequans (a UART).
 */
export const PORT_LAYOUTS: readonly PortLayout[] = [
  // quectel/77-mm-quectel-port-types.rules: EC21, EC25/EG25, EG91, EG95, BG96, EG06/EP06/EM06, EG12/EM12, RM500.
  layout('2c7c', '0121 0125 0191 0195 0296 0306 0512 0800', {
    0: 'diag',
    1: 'nmea',
    2: 'at',
    3: 'atSecondary',
  }),

  // fibocom/77-mm-fibocom-port-types.rules
  // L850-GL
  layout('2cb7', '0007', { 2: 'at', 4: 'diag', 6: 'atSecondary' }),
  // NL668
  layout('2cb7', '01a0', { 2: 'at', 3: 'atSecondary', 4: 'diag' }),
  // FM150
  layout('2cb7', '0104', { 0: 'diag', 1: 'at', 2: 'atSecondary', 3: 'diag' }),
  // FM101-GL with MBIM, and with ADB
  layout('2cb7', '01a2', { 2: 'at', 3: 'atSecondary', 4: 'diag', 5: 'diag' }),
  layout('2cb7', '01a4', { 2: 'diag', 3: 'at', 4: 'diag', 5: 'diag', 6: 'diag' }),
  // FM135
  layout('2cb7', '0115', { 2: 'diag', 3: 'at', 4: 'diag', 5: 'diag' }),
  // MA510-GL in two USB modes
  layout('2cb7', '0106', { 0: 'diag', 1: 'at', 2: 'atSecondary' }),
  layout('2cb7', '010a', { 0: 'at', 1: 'atSecondary' }),
  // L610, which has Unisoc's vendor id, in two USB modes
  layout('1782', '4d10', {
    0: 'at',
    1: 'diag',
    2: 'diag',
    3: 'diag',
    4: 'diag',
    5: 'atSecondary',
    6: 'atSecondary',
  }),
  layout('1782', '4d11', {
    2: 'at',
    3: 'diag',
    4: 'diag',
    5: 'diag',
    6: 'diag',
    7: 'atSecondary',
    8: 'atSecondary',
  }),

  // simtech/77-mm-simtech-port-types.rules
  // SIM7000, SIM7100, SIM7600; interface 4 is audio
  layout('1e0e', '9001', { 0: 'diag', 1: 'nmea', 2: 'at', 3: 'atSecondary', 4: 'diag' }),
  // SIM7070, SIM7080, SIM7090 in two layouts
  layout('1e0e', '9205', { 0: 'diag', 1: 'nmea', 2: 'at', 3: 'ppp' }),
  layout('1e0e', '9206', { 0: 'diag', 1: 'nmea', 2: 'at', 3: 'diag', 4: 'diag', 5: 'ppp' }),
  // A7600E-H, A7602E-H
  layout('1e0e', '9011', { 2: 'diag', 4: 'at', 5: 'ppp' }),
  // older ones, also under other names
  layout('1e0e', 'cefe', { 0: 'atSecondary', 1: 'atSecondary', 2: 'at' }),
  layout('1e0e', '9100 9200', { 1: 'atSecondary', 3: 'at' }),

  // sierra/77-mm-sierra.rules
  // MC74xx, EM7455, EM7565
  layout('1199', '9071 9079 9091', { 0: 'diag', 2: 'nmea', 3: 'at' }),
  // HL7812
  layout('1199', 'c001', { 0: 'at', 2: 'ppp', 4: 'nmea' }),

  // telit/77-mm-telit-port-types.rules
  // UC864-E, CC864-SINGLE
  layout('1bc7', '1003 1006', { 0: 'at', 2: 'atSecondary' }),
  // UC864-G, CC864-DUAL
  layout('1bc7', '1004 1005', { 0: 'at', 2: 'nmea', 3: 'atSecondary' }),
  // DE910-DUAL, CE910-DUAL
  layout('1bc7', '1010', { 1: 'nmea', 2: 'atSecondary', 3: 'at' }),
  layout('1bc7', '1011', { 1: 'at' }),
  // LE910C1-EUX, ME910C1, MEx10G1
  layout('1bc7', '1031 1033 1101 110a', { 0: 'diag', 1: 'at', 2: 'atSecondary' }),
  // LE922, LM9x0, FN980
  layout('1bc7', '1040 1050', { 0: 'diag', 3: 'diag', 4: 'at', 5: 'atSecondary', 6: 'diag' }),
  layout('1bc7', '1041 1051', { 0: 'diag', 4: 'diag', 5: 'at', 6: 'atSecondary', 7: 'diag' }),
  // LN920, FN990, LE910C1
  layout('1bc7', '1060 1070 1201', { 0: 'diag', 3: 'nmea', 4: 'at', 5: 'atSecondary', 6: 'diag' }),
  layout('1bc7', '1061 1071 1204', { 0: 'diag', 4: 'nmea', 5: 'at', 6: 'atSecondary', 7: 'diag' }),
  // FN920C04, FE910C04, FN912C04
  layout('1bc7', '10a0 10c0 3000', { 1: 'nmea', 2: 'at', 3: 'diag' }),
  layout('1bc7', '10a2 10c2', { 2: 'nmea', 3: 'at', 4: 'diag' }),
  layout('1bc7', '10a4 10c4', { 1: 'at', 2: 'atSecondary', 3: 'diag' }),
  layout('1bc7', '10a7 10c6', { 2: 'at', 3: 'atSecondary', 4: 'diag' }),
  layout('1bc7', '10a9 10c8 3001', { 1: 'at', 2: 'diag' }),
  layout('1bc7', '10aa 10c9', { 2: 'at', 3: 'diag' }),
  // FE990B40, FN990B40
  layout('1bc7', '10b0 10d0', { 1: 'nmea', 2: 'at', 3: 'atSecondary', 4: 'diag', 5: 'diag' }),
  layout('1bc7', '10b1 10d1', { 2: 'nmea', 3: 'at', 4: 'atSecondary', 5: 'diag', 6: 'diag' }),
  // LE910S1
  layout('1bc7', '7010 7011', { 2: 'diag', 3: 'atSecondary', 4: 'at' }),
  // LE910Q1, ELS63
  layout('1bc7', '7020 7021', { 2: 'atSecondary', 4: 'diag', 6: 'at' }),

  // ublox/77-mm-ublox-port-types.rules
  // TOBY-L4
  layout('1546', '1010', { 2: 'atSecondary', 4: 'diag', 6: 'at', 8: 'diag' }),
  // TOBY-R2, LARA-R2: positions, SIM access profile, log
  layout('1546', '1107 110a', {
    0: 'at',
    2: 'atSecondary',
    4: 'atSecondary',
    6: 'nmea',
    8: 'diag',
    10: 'diag',
  }),
  // LISA-U2, SARA-U2 in two configurations
  layout('1546', '1102', {
    0: 'at',
    2: 'atSecondary',
    4: 'atSecondary',
    6: 'nmea',
    8: 'diag',
    10: 'diag',
    12: 'diag',
  }),
  layout('1546', '1104', { 0: 'at', 2: 'nmea', 4: 'diag', 6: 'diag' }),
  // LARA-R6, which has Qualcomm's vendor id
  layout('05c6', '908b', { 0: 'diag', 1: 'at', 2: 'atSecondary', 3: 'diag' }),
  // Receivers for positions, which ModemManager ignores as a whole
  { ...layout('1546', '01a5 01a6 01a7 01a8 01a9', {}), others: 'nmea' },

  // cinterion/77-mm-cinterion-port-types.rules
  // PHS8
  layout('1e2d', '0053', { 1: 'nmea' }),
  // PLS8
  layout('1e2d', '0061', { 0: 'ppp', 2: 'at', 4: 'nmea', 6: 'diag', 8: 'diag' }),
  // PLS62, in whose models interface 4 is AT or positions
  layout('1e2d', '005b 005d', { 0: 'at', 2: 'atSecondary', 4: 'nmea', 6: 'atSecondary', 8: 'diag' }),
  // PLS63, PLS83
  layout('1e2d', '0069 006f', { 0: 'at', 2: 'atSecondary', 4: 'nmea', 6: 'diag' }),

  // dell/77-mm-dell-port-types.rules: DW5821e, made by Foxconn
  layout('413c', '81d7', { 2: 'at', 3: 'atSecondary', 4: 'nmea', 5: 'diag' }),

  // zte/77-mm-zte-port-types.rules
  layout('19d2', '0001', { 0: 'at', 2: 'atSecondary' }),
  layout('19d2', '0002 0012 0024 0025 0055', { 2: 'at', 4: 'atSecondary' }),
  layout('19d2', '0003 0004 0005 0006 0007 0008 0009 000a', { 0: 'at', 1: 'atSecondary' }),
  layout('19d2', '0015 0030 0054', { 1: 'at', 3: 'atSecondary' }),
  layout('19d2', '0016 0017 0018 0019 0117 0156', { 1: 'atSecondary', 2: 'at' }),
  layout(
    '19d2',
    '0021 0031 0037 0039 0042 0052 0057 0058 0061 0063 0066 0078 0082 0104 0106 0108 0122 0123 1007 1008 1010 1254 1268',
    { 1: 'atSecondary', 3: 'at' },
  ),
  layout('19d2', '0033 0091 0113 0118 0121 0124 0126 0128', { 1: 'atSecondary', 4: 'at' }),
  layout('19d2', '0043', { 2: 'atSecondary', 3: 'at' }),
  layout('19d2', '0048 0049', { 2: 'atSecondary', 4: 'at' }),
  layout('19d2', '0064', { 0: 'atSecondary', 2: 'at' }),
  layout('19d2', '0125', { 1: 'atSecondary', 5: 'at' }),
];

function layout(vendorId: string, productIds: string, roles: Roles): PortLayout {
  return { vendorId, productIds: productIds.split(' '), roles };
}
