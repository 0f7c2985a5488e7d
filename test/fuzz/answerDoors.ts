import { SimLockSchema, SimSlotsSchema } from '../../contract/device.ts';
import { REGISTRATIONS } from '../../contract/verification.ts';
import { refusalOf, simStateFault } from '../../main/modem/errors.ts';
import { asSlots } from '../../main/modem/families/family.ts';
import { FAMILIES } from '../../main/modem/families/index.ts';
import { apduIn, fieldsOf, firstText, withoutPrefix } from '../../main/modem/fields.ts';
import { maskReportLine } from '../../main/modem/maskReport.ts';
import { registrationState, technologyName } from '../../main/modem/networkWords.ts';
import { inCpinr } from '../../main/modem/readSimLock.ts';
import { eidIn } from '../../main/modem/readVendorEid.ts';
import { signalInCesq, signalInCsq } from '../../main/modem/signalDbm.ts';
import { operatorIn, statIn } from '../../main/modem/verify.ts';
import type { Dice } from '../faults/dice.ts';
import { type Door, doorOf, must } from './door.ts';
import { mustBeFault } from './faultCheck.ts';
import { anyText, mutateText } from './mutate.ts';

/** Answers about SIM, slots and network, as modems give them. */
const LINES = [
  '+CPIN: READY',
  '+CPIN: SIM PIN',
  '+CPIN: SIM PUK',
  '+CPIN: NOT INSERTED',
  '+CPINR: "SIM PIN",3,3',
  '+CPINR: SIM PUK,10',
  '+QPINC: "SC",3,10',
  '+SPIC: 3,10,3,10',
  '^CPIN: READY,,10,3,10,3',
  '+ZPINPUK: 3,10',
  '+CPINC: 3,3,10,10',
  '+QUIMSLOT: 1',
  '+GTDUALSIM : 0, "SUB1", "NR"',
  'SIM1 ENABLE',
  '+CREG: 0,1',
  '+CREG: 2,5,"1A2D","01C3E2F5",7',
  '+CEREG: 1',
  '+C5GREG: 2,1,"001A2D","0001C3E2F5",11,1,"00"',
  '+COPS: 0,0,"Network",7',
  '+COPS: 0,2,"00101",13',
  '+COPS: 0',
  '+CSQ: 21,99',
  '+CESQ: 99,99,255,255,20,48',
  '+CESQ: 99,99,255,255,255,255,80,40,60',
  '+CGLA: 46,"BF3E125A10890440111122334411223344112233219000"',
  '+CSIM: 4,"9000"',
  '+CCID: 89882119900000000005,89044011112233441122334411223321',
  '+QESIM: "eid","89044011112233441122334411223321"',
  'Manufacturer: Quectel',
];

const COMMANDS = ['+CREG', '+CEREG', '+C5GREG', '+CPIN', '+COPS', '+CSQ', '+CESQ', '+CGLA', '+CSIM', '+CCID'];

function answersOf(lines: readonly string[]): void {
  for (const command of COMMANDS) {
    const stat = statIn(lines, command);
    must(stat === null || (Number.isInteger(stat) && stat >= 0 && stat <= 99), `a state like ${stat}`);
    if (stat !== null) must(REGISTRATIONS.includes(registrationState(stat)), 'a registration without a name');
    const text = firstText(lines, command);
    must(text === null || (text !== '' && text.length <= 100), 'a text that is empty or too long');
    const state = simStateFault(text?.toUpperCase() ?? null);
    if (state !== null) mustBeFault(state);
    const apdu = apduIn(lines, command);
    must(apdu === null || apdu.length <= lines.join('').length, 'an APDU out of nothing');
    for (const line of lines) {
      const fields = fieldsOf(withoutPrefix(line, command));
      must(fields.join('').length <= line.length, 'more text than there was');
    }
  }
  const { operator, technology } = operatorIn(lines);
  must(operator === null || (operator !== '' && operator.length <= 60), 'an operator like none');
  must(technology === null || technology !== '', 'a technology without a name');
  for (const signal of [signalInCesq(lines), signalInCsq(lines)])
    must(signal === null || (signal >= -156 && signal <= 0), `a signal of ${signal} dBm`);
  must(technologyName(lines.length) !== '', 'a technology without a name');

  for (const { slots, pinTries, eid } of FAMILIES) {
    const active = slots?.parse(lines) ?? null;
    if (active !== null) {
      const shown = SimSlotsSchema.safeParse(asSlots(active, slots?.labels ?? []));
      must(shown.success && active >= 1 && active <= shown.data.count, `slot ${active}`);
    }
    for (const asksFor of ['pin', 'puk'] as const)
      for (const tries of [pinTries?.parse(lines, asksFor) ?? null, inCpinr(lines)]) {
        if (tries === null) continue;
        const lock = SimLockSchema.safeParse({ asksFor, pinTries: tries.pin, pukTries: tries.puk });
        const isCount = (left: number | null) => left === null || (Number.isInteger(left) && left >= 0);
        must(lock.success && isCount(tries.pin) && isCount(tries.puk), `tries like ${JSON.stringify(tries)}`);
      }
    for (const command of eid ?? []) {
      const found = eidIn(lines, command);
      must(found === null || /^\d{32}$/.test(found.value), `an EID like ${found?.value}`);
    }
  }
  for (const text of lines)
    must(refusalOf({ kind: 'cme', code: null, text }) !== null, 'an error that is taken for OK');
}

const answers: Door<readonly string[]> = {
  name: 'answers about SIM, slots and network',
  share: 100,
  input: (dice) =>
    Array.from({ length: dice.pick([0, 1, 1, 1, 2, 5]) }, () =>
      dice.chance(0.9) ? mutateText(dice, dice.pick(LINES)) : anyText(dice, 200),
    ),
  feed: answersOf,
  show: (lines) => JSON.stringify(lines),
};

/** Numbers that name one card or modem, as text. */
const NUMBERS = [
  '89044011112233441122334411223321',
  '89882119912345678905',
  '867698041234567',
  '262019876543210',
];
/** EID and ICCID as they stand in an APDU. */
const TAGGED = ['5A1089044011112233441122334411223321', '5A0A98881291214365870950'];

interface Told {
  readonly line: string;
  readonly command: string;
  readonly number: string;
}

/** With a number put in somewhere. */
function withNumber(dice: Dice, text: string, number: string): string {
  const at = dice.int(0, text.length);
  return text.slice(0, at) + number + text.slice(at);
}

const masking: Door<Told> = {
  name: 'identifiers in a report',
  share: 60,
  input(dice) {
    if (dice.chance(0.3)) {
      const command = dice.pick(['+CGLA', '+CSIM']);
      const tagged = dice.pick(TAGGED);
      const apdu = withNumber(dice, 'BF2D1CA01AE3189F700101', tagged);
      return {
        line: `${command}: ${apdu.length + 4},"${apdu}9000"`,
        command: `AT${command}=1`,
        number: tagged.slice(4),
      };
    }
    const number = dice.pick(NUMBERS);
    const names = COMMANDS.filter((name) => name !== '+CGLA' && name !== '+CSIM');
    return {
      line: withNumber(dice, mutateText(dice, dice.pick(LINES)), number),
      command: `AT${dice.pick([...names, '+CGSN', '+QESIM="eid"'])}`,
      number,
    };
  },
  feed({ line, command, number }) {
    const masked = maskReportLine(line, command);
    must(!masked.includes(number), `it is in it: ${masked}`);
    must(masked.length === line.length, 'another length');
    must(maskReportLine(masked, command) === masked, 'masked once more it is another');
  },
  show: (told) => JSON.stringify(told),
};

export const ANSWER_DOORS = [doorOf(answers), doorOf(masking)];
