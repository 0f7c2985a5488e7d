import { type FleetList, FleetListSchema, type FleetView, MOST_FLEETS } from '../../contract/activation.ts';
import { safeParse } from '../../contract/safeParse.ts';
import type { Clock } from '../base/clock.ts';
import type { Book } from './book.ts';
import type { OrderProvider } from './orderProvider.ts';
import { otherAccount } from './otherAccount.ts';
import { type AccountRef, accountKey } from './record.ts';

export interface FleetBookParts {
  readonly book: Book;
  readonly clock: Clock;
  readonly provider: (account: AccountRef) => OrderProvider | null;
  readonly signal: AbortSignal;
}

/** How a Fleet's SID looks (`HF` and 32 hex digits); whatever else names a Fleet is its unique name. */
const FLEET_SID = /^HF[0-9a-f]{32}$/i;
/** Whether a Fleet is named by its SID: that needs no list. */
export function isFleetSid(fleet: string): boolean {
  return FLEET_SID.test(fleet);
}

/** How long a list may be trusted where a name is looked up in it, ms. */
const FRESH_MS = 300_000;

/** The Fleets of each account, as the provider tells them, remembered in the ledger for when it cannot be asked. */
export class FleetBook {
  readonly #parts: FleetBookParts;
  readonly #listedAt = new Map<string, number>();

  constructor(parts: FleetBookParts) {
    this.#parts = parts;
  }

  /** All Fleets of an account; where they cannot be had now those of last time, with the fault that says why. */
  async list(account: AccountRef): Promise<FleetList> {
    const provider = this.#parts.provider(account);
    if (provider === null) return { ...this.remembered(account), fault: otherAccount() };
    const { clock, signal } = this.#parts;
    const fleets: FleetView[] = [];
    for await (const page of provider.listFleets({ pageSize: 1_000 }, { signal })) {
      if (!page.ok) {
        return fleets.length === 0
          ? { ...this.remembered(account), fault: page.fault }
          : { fleets, listedAt: clock.now(), fault: page.fault };
      }
      for (const { sid, uniqueName } of page.value) {
        if (sid !== null && fleets.length < MOST_FLEETS) fleets.push({ sid, uniqueName });
      }
    }
    const list: FleetList = { fleets, listedAt: clock.now(), fault: null };
    // Only for next time: a ledger that cannot be written takes nothing from this one.
    this.#parts.book.ledger.keep(keyOf(account), list);
    this.#listedAt.set(accountKey(account), clock.monotonic());
    return list;
  }

  /** The Fleets as they were when the provider last told all of them. */
  remembered(account: AccountRef): FleetList {
    const kept = this.#parts.book.ledger.kept(keyOf(account));
    const parsed = kept.ok ? safeParse(FleetListSchema, kept.value) : null;
    return parsed?.success ? parsed.data : { fleets: [], listedAt: null, fault: null };
  }

  /** The Fleets to look a wished one's SID up in; none are needed where the wish names the SID. */
  async toLookUp(account: AccountRef, fleet: string): Promise<readonly FleetView[]> {
    if (isFleetSid(fleet)) return [];
    const at = this.#listedAt.get(accountKey(account));
    if (at !== undefined && this.#parts.clock.monotonic() - at <= FRESH_MS) {
      const { fleets } = this.remembered(account);
      if (fleets.some(({ uniqueName }) => uniqueName === fleet)) return fleets;
    }
    return (await this.list(account)).fleets;
  }
}

function keyOf(account: AccountRef): string {
  return `fleets of ${accountKey(account)}`;
}
