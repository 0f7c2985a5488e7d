import type { RequestInput } from '../../../contract/channels.ts';
import { type Fault, fault } from '../../../contract/fault.ts';
import type { ProfileFilter, ProfilePage, RemoteProfile } from '../../../contract/remoteProfile.ts';
import type { Result } from '../../../contract/result.ts';
import { createExternalStore, type ExternalStore } from '../../ui/externalStore.ts';

/** Whose profiles are listed, and which of them. */
export interface Asked {
  /** The account's name. */
  readonly account: string;
  /** What the account is: one that is edited is another one, with another list. */
  readonly identity: string;
  readonly filter: ProfileFilter;
}

/** The provider's list as far as it was asked for. */
export interface ProfileList {
  readonly asked: Asked;
  /** Which page is being asked for: the first (anew), the next, or none. */
  readonly asking: 'first' | 'next' | null;
  readonly profiles: readonly RemoteProfile[];
  /** What the next page is asked for with; null after the last one. */
  readonly next: string | null;
  /** Whether the next page may be asked for by itself: not after one that failed or brought nothing. */
  readonly goesOn: boolean;
  /** Why the page asked for last could not be had. */
  readonly fault: Fault | null;
  /** Why what is here could not be asked for anew: it is as it was. */
  readonly staleFault: Fault | null;
  /** Why what is here does not tell all. */
  readonly incomplete: Fault | null;
  /** When the first page came; null before. */
  readonly answeredAt: number | null;
}

type Ask = (input: RequestInput<'profiles.page'>) => Promise<Result<ProfilePage>>;

export function sameAsked(one: Asked, other: Asked): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Keeps one list at a time, page by page. An answer that comes after another list was begun is dropped. */
export class ProfileLists {
  readonly store: ExternalStore<ProfileList | null> = createExternalStore<ProfileList | null>(null);
  readonly #ask: Ask;
  readonly #now: () => number;
  /** Counts what was asked, so that a late answer is known. */
  #turn = 0;
  /** The pages that were asked for, so that a list which goes in a circle has an end. */
  #cursors = new Set<string>();

  constructor(ask: Ask, now: () => number = Date.now) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Lists this, from the first page on, where it is not listed already. What could not be had at once is asked for again. */
  show(asked: Asked): void {
    const list = this.store.get();
    if (list === null || !sameAsked(list.asked, asked)) this.#begin(asked, null);
    else if (list.staleFault !== null || (list.fault !== null && list.profiles.length === 0)) this.again();
  }

  /** Asks for the first page anew; what is here stays until that comes. */
  again(): void {
    const list = this.store.get();
    if (list !== null) this.#begin(list.asked, list.profiles.length === 0 ? null : list);
  }

  /** Asks for the next page. */
  more(): void {
    const list = this.store.get();
    if (list === null || list.asking !== null || list.next === null) return;
    this.store.set({ ...list, asking: 'next', fault: null });
    this.#cursors.add(list.next);
    void this.#page(list.asked, list.next, list);
  }

  /** Asks once more for what failed. */
  retry(): void {
    const list = this.store.get();
    if (list === null) return;
    if (list.staleFault !== null || (list.fault !== null && list.answeredAt === null)) this.again();
    else if (list.fault !== null) this.more();
  }

  /** @param shown what stays in sight meanwhile */
  #begin(asked: Asked, shown: ProfileList | null): void {
    this.#cursors = new Set();
    this.store.set({ ...(shown ?? nothingOf(asked)), asking: 'first', fault: null, staleFault: null });
    void this.#page(asked, null, null);
  }

  /** @param before the pages that are here already; null for the first */
  async #page(asked: Asked, cursor: string | null, before: ProfileList | null): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const answer = await this.#ask({ filter: asked.filter, cursor });
    const list = this.store.get();
    if (turn !== this.#turn || list === null) return;
    if (!answer.ok) {
      const isStale = before === null && list.profiles.length > 0;
      this.store.set({
        ...list,
        asking: null,
        goesOn: false,
        ...(isStale ? { staleFault: answer.fault } : { fault: answer.fault }),
      });
      return;
    }
    const page = answer.value;
    // Main has another account in use meanwhile; that the window has it too comes next, and with it another list.
    if (page.account !== asked.account) return;
    const known = new Set(before?.profiles.map(({ sid }) => sid));
    const added = page.profiles.filter(({ sid }) => sid === null || !known.has(sid));
    const circle = page.next !== null && this.#cursors.has(page.next);
    this.store.set({
      asked,
      asking: null,
      profiles: [...(before?.profiles ?? []), ...added],
      next: circle ? null : page.next,
      goesOn: added.length > 0,
      fault: null,
      staleFault: before?.staleFault ?? null,
      incomplete: before?.incomplete ?? page.incomplete ?? (circle ? inACircle() : null),
      answeredAt: before === null ? this.#now() : before.answeredAt,
    });
  }
}

function nothingOf(asked: Asked): Omit<ProfileList, 'asking'> {
  const nothing = { next: null, goesOn: false, fault: null, staleFault: null, incomplete: null };
  return { asked, profiles: [], answeredAt: null, ...nothing };
}

function inACircle(): Fault {
  return fault('provider.unreadable', { details: 'the list goes in a circle' });
}

/** That a list does not tell all, as a person is told. */
export function incompleteFault(why: Fault): Fault {
  return {
    ...why,
    message: 'This list does not tell all: something in it could not be read.',
    hint: 'What could be read is shown. A profile that is missing here may still be there.',
  };
}
