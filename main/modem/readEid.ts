import type { EidReading, EidVia } from '../../contract/device.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Eid, getEid } from '../euicc/getEid.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf, type IsdRWork, tryIsdR, tryIsdRAgain, whyNot } from './isdRChannel.ts';
import type { Identified, ModemMemory, ReadEid } from './modem.ts';
import { readVendorEid } from './readVendorEid.ts';
import { type Talk, talkOn } from './talk.ts';

/**
 * Reads the EID: from the ISD-R through `+CCHO` and `+CGLA`, else through `+CSIM`, else by a vendor's own command; what
 * gave it last time first. What a modem can do is learnt by doing it: test forms lie both ways. Every channel that was
 * opened is closed again, also after a fault and after an abort, which therefore takes effect within one command's time.
 *
 * A modem that is known takes three or four commands by `+CGLA`, four or five by `+CSIM`, one by a vendor's command.
 * Faults: `sim.*`, `euicc.*`, `modem.timeout`, `modem.garbled`, `modem.refused`, `port.*`, `cancelled`.
 */
export const readEid: ReadEid = async (dialogue, identified, options = {}) => {
  const talk = talkOn(dialogue, options);
  const memory = options.memory ?? identified.memory;
  const startedAt = talk.clock.monotonic();

  const found = await find(talk, identified, memory);
  if (!found.ok) return found;
  const { eid, via, vendor } = found.value;
  const reading: EidReading = {
    value: eid.value,
    valid: eid.valid,
    via,
    elapsedMs: Math.round(talk.clock.monotonic() - startedAt),
  };
  return ok({ eid: reading, memory: { identity: identified.identity, eidVia: via, vendor } });
};

interface Found {
  readonly eid: Eid;
  readonly via: EidVia;
  readonly vendor: string | null;
}

async function find(talk: Talk, identified: Identified, memory: ModemMemory): Promise<Result<Found>> {
  const evidence: Evidence[] = [];
  const byVendorFirst = memory.eidVia === 'vendor';
  const ask: IsdRWork<Eid> = ({ channel }) => getEid(channel, talk.signal);
  let doubtful: Found | null = null;

  if (byVendorFirst) {
    const vendor = await byVendor(talk, identified, memory);
    if (!vendor.ok) return vendor;
    if (vendor.value.kind === 'no') evidence.push(vendor.value.evidence);
    else if (vendor.value.found.eid.valid) return ok(vendor.value.found);
    else doubtful = vendor.value.found;
  }

  const standard = await tryIsdR(talk, memory.eidVia, ask);
  if (!standard.ok) return standard;
  if (standard.value.kind === 'done') return ok(overIsdR(standard.value));
  evidence.push(...standard.value.evidence);

  if (!byVendorFirst) {
    const vendor = await byVendor(talk, identified, memory);
    if (!vendor.ok) return vendor;
    if (vendor.value.kind === 'found') return ok(vendor.value.found);
    evidence.push(vendor.value.evidence);
  }
  if (doubtful !== null) return ok(doubtful);

  if (standard.value.again === 'perhapsShort') {
    const again = await tryIsdRAgain(talk, memory.eidVia, ask);
    if (!again.ok) return again;
    if (again.value.kind === 'done') return ok(overIsdR(again.value));
  }
  return fail(whyNot(identified, evidence));
}

function overIsdR({ value, via }: { readonly value: Eid; readonly via: EidVia }): Found {
  return { eid: value, via, vendor: null };
}

type ByVendor =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'no'; readonly evidence: Evidence };

async function byVendor(
  talk: Talk,
  { identity }: Identified,
  memory: ModemMemory,
): Promise<Result<ByVendor>> {
  const answer = await readVendorEid(talk, identity, memory.vendor);
  if (answer.ok) {
    const { eid, vendor } = answer.value;
    return ok({ kind: 'found', found: { eid, vendor, via: 'vendor' } });
  }
  const evidence = await evidenceOf(talk, answer.fault, 'modem');
  return evidence.ok ? ok({ kind: 'no', evidence: evidence.value }) : evidence;
}
