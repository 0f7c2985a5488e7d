import { describe, expect, it } from 'vitest';
import { readIccid } from '../../../main/modem/readIccid.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import { bench, EID } from './talkTo.ts';

const ICCID = '89494026000021436587';
const CRSM = 'AT+CRSM=176,12258,0,0,10';

describe('reading the ICCID', () => {
  it.each<[string, Record<string, Reply>, string]>([
    ['+CCID', { 'AT+CCID': answer(`+CCID: ${ICCID}`, 'OK') }, ICCID],
    ['+CCID, quoted', { 'AT+CCID': answer(`+CCID: "${ICCID}"`, 'OK') }, ICCID],
    ['+CCID, bare', { 'AT+CCID': answer(ICCID, 'OK') }, ICCID],
    ['+CCID, padded', { 'AT+CCID': answer('+CCID: 8949402600002143658F', 'OK') }, '8949402600002143658'],
    ['+CCID, as the card has it', { 'AT+CCID': answer('+CCID: 98940462000012345678', 'OK') }, ICCID],
    ['+CCID with the EID in it', { 'AT+CCID': answer(`+CCID: ${ICCID},${EID}`, 'OK') }, ICCID],
    ['+CCID answered as +ICCID', { 'AT+CCID': answer(`+ICCID: ${ICCID}`, 'OK') }, ICCID],
    ['+ICCID', { 'AT+ICCID': answer(`+ICCID: ${ICCID}`, 'OK') }, ICCID],
    ['+QCCID', { 'AT+QCCID': answer(`+QCCID: ${ICCID}`, 'OK') }, ICCID],
    ['+CRSM', { [CRSM]: answer('+CRSM: 144,0,"98940462000012345678"', 'OK') }, ICCID],
    [
      '+CRSM with padding',
      { [CRSM]: answer('+CRSM: 144,0,"984940260000214365F7"', 'OK') },
      '8994046200001234567',
    ],
    ['nothing but an EID', { 'AT+CCID': answer(`+CCID: ${EID}`, 'OK') }, 'modem.refused'],
    ['an empty file', { [CRSM]: answer('+CRSM: 144,0,"FFFFFFFFFFFFFFFFFFFF"', 'OK') }, 'modem.refused'],
    ['no file', { [CRSM]: answer('+CRSM: 106,130', 'OK') }, 'modem.refused'],
    ['no command', {}, 'modem.refused'],
    ['no SIM', { 'AT+CCID': answer('+CME ERROR: 10') }, 'sim.missing'],
    ['a file that is not there', { [CRSM]: answer('+CME ERROR: 22') }, 'modem.refused'],
    ['silence', { 'AT+CCID': null }, 'modem.noAnswer'],
  ])('%s', async (_, script, expected) => {
    const at = bench({ AT: answer('OK'), ...script });
    const result = await at.run(readIccid(at.dialogue, { clock: at.clock }));
    expect(result.ok ? result.value : result.fault.code).toBe(expected);
  });
});
