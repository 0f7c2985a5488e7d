import { type Fault, fault } from '../../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../../contract/result.ts';
import { type Clock, pause } from '../../../../main/base/clock.ts';
import type {
  CallOptions,
  Fleet,
  Sim,
  SimUpdate,
  SimUpdateOutcome,
} from '../../../../main/provider/provider.ts';

/** What becomes of the next request to change a Sim, instead of it being done and said so. */
export type SimMishap =
  /** Done; the answer never comes. */
  | 'commitThenHangUp'
  /** Not done; no answer comes. */
  | 'hangUp'
  /** Done, and answered that the provider failed. */
  | 'commitThen500'
  | 'limited'
  | 'neverConnected'
  | 'forbidden'
  | 'outOfOrder'
  /** Taken; done after {@link ScriptedSims.settleMs}, and `scheduled` until then. */
  | 'scheduled'
  /** The same, but it is never done. */
  | 'scheduledInVain'
  /** A change is under way already, by somebody else. */
  | 'busy'
  /** Said to be done, and not. */
  | 'saysSo';

const TIMEOUT_MS = 30_000;

/** `HS` and 32 hex digits that end in `number`. */
export function simSidOf(number: number): string {
  return `HS${number.toString(16).padStart(32, '0')}`;
}
/** `HF` and 32 hex digits that end in `number`. */
export function fleetSidOf(number: number): string {
  return `HF${number.toString(16).padStart(32, '0')}`;
}

/** Sims and Fleets with a true record of their own, which every change is held against. */
export class ScriptedSims {
  readonly sims = new Map<string, Sim>();
  readonly fleets: Fleet[] = [fleet(1, 'bench'), fleet(2, 'field')];
  readonly mishaps: SimMishap[] = [];
  /** Every change that was really made, in order. */
  readonly done: { readonly sid: string; readonly update: SimUpdate }[] = [];
  /** Every request to change something that arrived. */
  readonly asked: { readonly sid: string; readonly update: SimUpdate }[] = [];
  settleMs = 4_000;
  /** What each question about a Sim is answered with instead, by its SID; `thrown` breaks the client itself. */
  readonly deaf = new Map<string, Fault | 'thrown'>();
  /** What becomes of every request to change a Sim, by its SID. */
  readonly stubborn = new Map<string, SimMishap>();
  /** Called when a request to change a Sim has arrived, before anything comes of it. */
  onUpdate: (sid: string, update: SimUpdate) => void = () => undefined;
  /** Whether the the Fleets may be listed. */
  listsFleets = true;
  #number = 0;
  readonly #clock: Clock;
  readonly #settling = new Map<string, { readonly at: number; readonly update: SimUpdate | null }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new Sim, as it comes with a profile. */
  make(given: Partial<Sim> = {}): string {
    this.#number += 1;
    const sid = given.sid ?? simSidOf(this.#number);
    this.sims.set(sid, { ...blank(sid), ...given });
    return sid;
  }

  /** Somebody else changes a Sim, as in the web console. */
  change(sid: string, given: Partial<Sim>): void {
    this.sims.set(sid, { ...this.#must(sid), ...given });
  }

  fetch(sid: string): Result<Sim> {
    this.#settle();
    const trouble = this.deaf.get(sid);
    if (trouble === 'thrown') throw new Error(`Sim ${sid} breaks the client`);
    if (trouble !== undefined) return fail(trouble);
    const found = this.sims.get(sid);
    if (found === undefined) return fail(fault('provider.notFound', { providerCode: '83005' }));
    return ok(this.#settling.has(sid) ? { ...found, status: 'scheduled' } : found);
  }

  async update(
    sid: string,
    update: SimUpdate,
    latencyMs: number,
    options: CallOptions,
  ): Promise<SimUpdateOutcome> {
    this.#settle();
    this.asked.push({ sid, update });
    this.onUpdate(sid, update);
    const mishap = this.stubborn.get(sid) ?? this.mishaps.shift();
    if (mishap === 'neverConnected') {
      return { kind: 'notProcessed', fault: fault('provider.offline'), retryAfterMs: null };
    }
    await pause(this.#clock, latencyMs, options.signal);
    switch (mishap) {
      case 'limited':
        return { kind: 'notProcessed', fault: fault('provider.limited'), retryAfterMs: 7_000 };
      case 'forbidden':
        return { kind: 'refused', fault: fault('account.forbidden') };
      case 'busy':
        return { kind: 'refused', fault: fault('provider.refused', { providerCode: '83009' }) };
      case 'outOfOrder':
        return { kind: 'refused', fault: fault('provider.refused', { providerCode: '83010' }) };
      case 'hangUp':
      case 'commitThenHangUp':
        if (mishap === 'commitThenHangUp') this.#try(sid, update);
        await pause(this.#clock, TIMEOUT_MS - latencyMs, options.signal);
        return { kind: 'unknown', fault: fault('provider.timeout') };
      case 'commitThen500':
        this.#try(sid, update);
        return { kind: 'unknown', fault: fault('provider.broken') };
    }
    const why = this.#refusal(sid, update);
    if (why !== null) return { kind: 'refused', fault: why };
    if (mishap === 'saysSo') return { kind: 'updated', sim: this.#must(sid) };
    if (mishap === 'scheduled' || mishap === 'scheduledInVain') {
      const at = this.#clock.monotonic() + this.settleMs;
      this.#settling.set(sid, { at, update: mishap === 'scheduled' ? update : null });
      return { kind: 'scheduled', sim: { ...this.#must(sid), status: 'scheduled' } };
    }
    this.#apply(sid, update);
    return { kind: 'updated', sim: this.#must(sid) };
  }

  #try(sid: string, update: SimUpdate): void {
    if (this.#refusal(sid, update) === null) this.#apply(sid, update);
  }

  /** The provider's own rules. */
  #refusal(sid: string, { uniqueName, fleet: wanted, status }: SimUpdate): Fault | null {
    const sim = this.sims.get(sid);
    if (sim === undefined) return refusal('83005');
    if (this.#settling.has(sid)) return refusal('83009');
    const found = wanted === undefined ? null : this.#fleet(wanted);
    if (found === undefined) return refusal('83006');
    if (status !== undefined && found === null && sim.fleetSid === null) return refusal('83007');
    if (status === 'ready' && sim.status !== 'new') return refusal('83010');
    if (status === 'active' && sim.status === 'active') return refusal('83010');
    const isTaken = [...this.sims.values()].some((one) => one.sid !== sid && one.uniqueName === uniqueName);
    return uniqueName !== undefined && isTaken ? refusal('83011') : null;
  }

  #apply(sid: string, update: SimUpdate): void {
    this.done.push({ sid, update });
    const sim = this.#must(sid);
    this.sims.set(sid, {
      ...sim,
      uniqueName: update.uniqueName ?? sim.uniqueName,
      fleetSid: update.fleet === undefined ? sim.fleetSid : (this.#fleet(update.fleet)?.sid ?? sim.fleetSid),
      status: update.status ?? sim.status,
    });
  }

  #settle(): void {
    for (const [sid, { at, update }] of this.#settling) {
      if (at > this.#clock.monotonic()) continue;
      this.#settling.delete(sid);
      if (update !== null) this.#apply(sid, update);
    }
  }

  #fleet(named: string): Fleet | undefined {
    return this.fleets.find(({ sid, uniqueName }) => sid === named || uniqueName === named);
  }

  #must(sid: string): Sim {
    const sim = this.sims.get(sid);
    if (sim === undefined) throw new Error(`no Sim ${sid}`);
    return sim;
  }
}

function refusal(providerCode: string): Fault {
  return fault(
    providerCode === '83005' || providerCode === '83006' ? 'provider.notFound' : 'provider.refused',
    {
      providerCode,
    },
  );
}

function blank(sid: string): Sim {
  return {
    sid,
    accountSid: null,
    uniqueName: null,
    iccid: null,
    status: 'new',
    fleetSid: null,
    dateCreated: null,
    dateUpdated: null,
    url: null,
    extra: {},
  };
}

function fleet(number: number, uniqueName: string): Fleet {
  return {
    sid: fleetSidOf(number),
    accountSid: null,
    uniqueName,
    dataEnabled: true,
    dataLimit: null,
    smsCommandsEnabled: null,
    networkAccessProfileSid: null,
    dateCreated: null,
    dateUpdated: null,
    url: null,
    extra: {},
  };
}
