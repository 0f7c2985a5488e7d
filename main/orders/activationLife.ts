import type { Activation, SimView, SimWish } from '../../contract/activation.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';

/** What a waiting activation waits for that passes by itself. */
export type ActivationWait = Exclude<NonNullable<Activation['heldFor']>, 'profile'>;

/** How a Sim stands to what is wished of it. */
export type SimStands = 'asWished' | 'scheduled' | 'otherwise';

/**
 * Everything that can happen to the activation of an order's Sim. `of`: the wish that was worked on. Where another one has come
 * meanwhile, what became of the first says nothing about it.
 */
export type ActivationEvent =
  /** The technician, or the account's setting, wants the Sim to become this. */
  | { readonly kind: 'wished'; readonly wish: SimWish }
  /** The technician takes that back. */
  | { readonly kind: 'dropped' }
  /** It cannot be sent now. */
  | { readonly kind: 'held'; readonly heldFor: ActivationWait; readonly fault: Fault | null }
  /** A request to change the Sim is about to leave. */
  | {
      readonly kind: 'sent';
      readonly of: SimWish;
      readonly uniqueName: string | null;
      readonly number: number;
      readonly changes: string;
    }
  /** It was certainly not processed. */
  | {
      readonly kind: 'notProcessed';
      readonly of: SimWish;
      readonly heldFor: ActivationWait;
      readonly fault: Fault;
    }
  /** The provider, or the bench before it, says no. */
  | { readonly kind: 'refused'; readonly of: SimWish; readonly fault: Fault }
  /** The provider says that another Sim has the name, and the template counts: the next number is tried. */
  | { readonly kind: 'nameTaken'; readonly of: SimWish; readonly fault: Fault }
  /** The provider says that a change of the Sim is under way already. */
  | { readonly kind: 'busy'; readonly of: SimWish; readonly fault: Fault }
  /** A request left, and its answer did not come or cannot be read. */
  | { readonly kind: 'unknown'; readonly of: SimWish; readonly fault: Fault }
  /** The bench ended while a request may have been under way. */
  | { readonly kind: 'leftOver' }
  /** The provider has told how the Sim stands, as the answer to a change or to a question. */
  | {
      readonly kind: 'seen';
      /** Null where nothing was wished. */
      readonly of: SimWish | null;
      readonly by: 'answer' | 'look';
      readonly sim: SimView;
      readonly stands: SimStands;
    };

/** What comes of an event, beside the line of history that it makes. */
export type ActivationStep =
  | {
      readonly kind: 'changed';
      readonly change: Partial<Pick<Order, 'activation' | 'sim'>>;
      readonly note: string;
    }
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly why: string };

/** After this many requests that came to nothing the technician is asked. */
export const MOST_ATTEMPTS = 5;

const HELD_NOTES: Readonly<Record<ActivationWait, string>> = {
  sim: 'The SIM waits until the provider knows it.',
  turn: 'The SIM waits for its turn.',
  network: 'The SIM waits until the provider can be reached.',
  limit: 'The SIM waits until the provider takes requests again.',
  account: 'The SIM waits for credentials that the provider accepts.',
};

/** Orders that never get a Sim. */
const WITHOUT_SIM: ReadonlySet<string> = new Set(['refused', 'cancelled', 'failed']);
/** Nothing is under way that cannot be taken back. */
const AT_REST: ReadonlySet<string> = new Set(['waiting', 'done', 'stopped']);

const SAME: ActivationStep = { kind: 'same' };
const refuse = (why: string): ActivationStep => ({ kind: 'refused', why });

/** The provider's code for a name that another Sim has. */
export const NAME_TAKEN = '83011';

/**
 * An activation of which nothing was done yet.
 * @param before what was wished before: the name that the same template has made is kept, so that a wish that is repeated changes no name
 */
export function wishedActivation(
  wish: SimWish,
  hasSim: boolean,
  before: Activation | null = null,
): Activation {
  const isSame = wish.nameTemplate !== null && before?.wish.nameTemplate === wish.nameTemplate;
  return {
    wish,
    status: 'waiting',
    heldFor: hasSim ? 'turn' : 'profile',
    uniqueName: isSame ? before.uniqueName : null,
    number: isSame ? before.number : 0,
    attempts: 0,
    fault: null,
  };
}

/** Whether a Sim that is as one wish says is as the other says. */
function isSameWish(one: SimWish, other: SimWish): boolean {
  return (
    one.fleet === other.fleet && one.simStatus === other.simStatus && one.nameTemplate === other.nameTemplate
  );
}

/** `ready in Fleet "bench"`, for a line of history. */
export function wishInWords({ fleet, fleetName, simStatus, nameTemplate }: SimWish): string {
  const named = nameTemplate === null ? '' : `, named ${nameTemplate}`;
  return `${simStatus} in Fleet "${fleetName ?? fleet}"${named}`;
}

/**
 * What an event makes of an order's activation. Pure. A request to change a Sim is one that may be made again: it names what the Sim
 * is to be, and it is looked before what of that is missing. So an answer that is lost is followed by a look, and what is still
 * missing then is sent again, {@link MOST_ATTEMPTS} times at most.
 */
export function liveActivation(order: Order, event: ActivationEvent): ActivationStep {
  const { activation } = order;
  if (event.kind === 'wished') return wished(order, event.wish);
  if (event.kind === 'seen') return seen(order, event);
  if (activation === null) return refuse('Nothing is wished of its SIM.');
  if ('of' in event && !isSameWish(event.of, activation.wish)) {
    return refuse('Something else is wished of its SIM by now.');
  }
  const changed = (change: Partial<Activation>, note: string): ActivationStep => ({
    kind: 'changed',
    change: { activation: { ...activation, ...change } },
    note,
  });
  const is = (...statuses: Activation['status'][]) => statuses.includes(activation.status);

  switch (event.kind) {
    case 'dropped':
      if (!is('waiting', 'stopped')) return refuse('The change of the SIM is under way, or done.');
      return { kind: 'changed', change: { activation: null }, note: 'The wish for the SIM was taken back.' };

    case 'held':
      if (!is('waiting') || activation.heldFor === 'profile') return refuse('Its SIM waits for nothing.');
      if (activation.heldFor === event.heldFor && activation.fault?.code === event.fault?.code) return SAME;
      return changed({ heldFor: event.heldFor, fault: event.fault }, HELD_NOTES[event.heldFor]);

    case 'sent':
      if (!is('waiting') || order.simSid === null) return refuse('Its SIM is not to be changed now.');
      return changed(
        {
          status: 'sending',
          heldFor: null,
          fault: null,
          uniqueName: event.uniqueName,
          number: event.number,
          attempts: activation.attempts + 1,
        },
        `Asked the provider to change the SIM: ${event.changes}.`,
      );

    case 'notProcessed':
      if (!is('sending')) return refuse('Nothing was sent for its SIM.');
      return changed(
        {
          status: 'waiting',
          heldFor: event.heldFor,
          fault: event.fault,
          attempts: Math.max(0, activation.attempts - 1),
        },
        `The SIM was not changed: ${event.fault.message} ${HELD_NOTES[event.heldFor]}`,
      );

    case 'refused':
      if (is('done', 'stopped') || order.simSid === null) return refuse('Nothing is under way for its SIM.');
      return changed(
        {
          status: 'stopped',
          heldFor: null,
          fault: event.fault,
          // Counting goes on behind it where the same is wished again.
          ...(event.fault.providerCode === NAME_TAKEN ? { uniqueName: null } : {}),
        },
        `SIM: ${event.fault.message}`,
      );

    case 'nameTaken':
      if (!is('sending')) return refuse('Nothing was sent for its SIM.');
      return changed(
        {
          status: 'waiting',
          heldFor: 'turn',
          fault: null,
          uniqueName: null,
          attempts: Math.max(0, activation.attempts - 1),
        },
        `${event.fault.message} The next number is tried.`,
      );

    case 'busy':
      if (!is('sending')) return refuse('Nothing was sent for its SIM.');
      return changed({ status: 'scheduled', fault: null }, event.fault.message);

    case 'unknown':
      if (!is('sending')) return refuse('Nothing was sent for its SIM.');
      return changed(
        { status: 'unconfirmed', fault: event.fault },
        `Whether the SIM was changed is not known: ${event.fault.message}`,
      );

    case 'leftOver':
      if (!is('sending')) return refuse('Nothing was sent for its SIM.');
      return changed(
        { status: 'unconfirmed', fault: null },
        'The bench ended while the SIM was being changed. How it stands is looked up.',
      );
  }
}

function wished(order: Order, wish: SimWish): ActivationStep {
  const { activation } = order;
  if (WITHOUT_SIM.has(order.status)) return refuse(`The order is ${order.status}: it gets no SIM.`);
  if (activation !== null && !AT_REST.has(activation.status)) {
    return refuse('A change of the SIM is under way. Wait until it is done.');
  }
  return {
    kind: 'changed',
    change: { activation: wishedActivation(wish, order.simSid !== null, activation) },
    note: `The SIM is to become ${wishInWords(wish)}.`,
  };
}

function seen(
  order: Order,
  { of, by, sim, stands }: Extract<ActivationEvent, { kind: 'seen' }>,
): ActivationStep {
  const { activation } = order;
  if (order.simSid === null) return refuse('The order has no SIM yet.');
  const told = (change: Partial<Activation> | null, note: string): ActivationStep => ({
    kind: 'changed',
    change: {
      sim,
      ...(activation === null || change === null ? {} : { activation: { ...activation, ...change } }),
    },
    note,
  });
  const news = (): ActivationStep =>
    sameSim(order.sim, sim) ? SAME : told(null, `The provider says that the SIM is ${sim.status}.`);
  const status = activation?.status;
  // A look that comes while a request is under way says nothing about it.
  const isOpen =
    status === 'waiting' ||
    status === 'unconfirmed' ||
    status === 'scheduled' ||
    (status === 'sending' && by === 'answer');
  const isAbout = activation !== null && of !== null && isSameWish(of, activation.wish);
  if (!isAbout || !isOpen) return news();
  switch (stands) {
    case 'asWished':
      return told(
        {
          status: 'done',
          heldFor: null,
          fault: null,
          // It has the name that would have been made for it.
          ...(activation.wish.nameTemplate === null || activation.uniqueName !== null
            ? {}
            : { uniqueName: sim.uniqueName }),
        },
        activation.attempts === 0
          ? `The SIM is ${sim.status} already, as wished.`
          : `The SIM is ${sim.status}, as wished.`,
      );
    case 'scheduled':
      if (status === 'scheduled') return news();
      return told({ status: 'scheduled', heldFor: null, fault: null }, 'The provider changes the SIM.');
    case 'otherwise':
      if (status === 'waiting') return news();
      if (status === 'sending') {
        return told(
          { status: 'unconfirmed', fault: null },
          `The provider took the change, and says that the SIM is ${sim.status}.`,
        );
      }
      if (activation.attempts >= MOST_ATTEMPTS) {
        const why = fault('activation.incomplete');
        return told({ status: 'stopped', heldFor: null, fault: why }, why.message);
      }
      return told(
        { status: 'waiting', heldFor: 'turn', fault: null },
        `The SIM is ${sim.status}, not yet as wished.`,
      );
  }
}

function sameSim(one: SimView | null, other: SimView): boolean {
  return (
    one !== null &&
    one.status === other.status &&
    one.uniqueName === other.uniqueName &&
    one.fleetSid === other.fleetSid
  );
}
