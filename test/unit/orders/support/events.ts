import type { SimView, SimWish } from '../../../../contract/activation.ts';
import { fault } from '../../../../contract/fault.ts';
import type { ExistingProfile } from '../../../../contract/order.ts';
import type { ActivationEvent } from '../../../../main/orders/activationLife.ts';
import type { LifeEvent } from '../../../../main/orders/life.ts';
import { offerOf } from '../../../../main/orders/profileFields.ts';
import type { Profile } from '../../../../main/provider/provider.ts';
import { fc } from '../../support/dice.ts';
import { profile, sidOf } from './profiles.ts';
import { fleetSidOf, simSidOf } from './scriptedSims.ts';

const STATUSES = [
  'new',
  'reserving',
  'available',
  'downloaded',
  'installed',
  'failed',
  'paused',
  'draft',
  'sending',
  'refused',
  'cancelled',
  '',
];

const text = fc.option(fc.constantFrom('1$a.example$B', 'x', 'smdp.example'), { nil: null });

export const anyProfile: fc.Arbitrary<Profile> = fc
  .record({
    sid: fc.option(fc.constantFrom(sidOf(1), sidOf(2)), { nil: null }),
    status: fc.constantFrom(...STATUSES),
    iccid: text,
    simSid: fc.constantFrom(null, simSidOf(1)),
    activationCode: text,
    smdpPlusAddress: text,
    errorMessage: text,
    errorCode: text,
    extra: fc.constantFrom({}, { a: 'b' }),
  })
  .map((given) => profile(given));

const candidates = fc.array(anyProfile, { maxLength: 3 }).map((profiles) =>
  profiles.flatMap((one): ExistingProfile[] => {
    const offer = offerOf(one, null);
    return offer === null ? [] : [offer];
  }),
);

const anyFault = fc.constantFrom(
  fault('provider.timeout'),
  fault('provider.refused'),
  fault('provider.offline'),
  fault('provider.notFound'),
  fault('account.rejected'),
);
const heldFor = fc.constantFrom('turn', 'network', 'limit', 'account');

/** Few, so that an event is often about the wish that the order has. */
export const anyWish: fc.Arbitrary<SimWish> = fc.constantFrom(
  { fleet: 'bench', fleetName: null, simStatus: 'ready', nameTemplate: null },
  { fleet: 'bench', fleetName: null, simStatus: 'ready', nameTemplate: 'b-{n}' },
  { fleet: fleetSidOf(2), fleetName: 'field', simStatus: 'active', nameTemplate: 'b-{n}' },
);
const anySim: fc.Arbitrary<SimView> = fc.record({
  status: fc.constantFrom('new', 'ready', 'active', 'inactive', 'scheduled', ''),
  uniqueName: fc.constantFrom(null, 'b-1'),
  fleetSid: fc.constantFrom(null, fleetSidOf(1), fleetSidOf(2)),
  at: fc.nat(),
});
const nameTaken = fault('provider.refused', { providerCode: '83011' });

/** Any event that may come to the activation of an order's Sim, in whatever state it is. */
export const anyActivationEvent: fc.Arbitrary<ActivationEvent> = fc.oneof(
  fc.record({ kind: fc.constant('wished'), wish: anyWish }),
  fc.record({ kind: fc.constant('dropped') }),
  fc.record({ kind: fc.constant('held'), heldFor, fault: fc.option(anyFault, { nil: null }) }),
  fc.record({
    kind: fc.constant('sent'),
    of: anyWish,
    uniqueName: fc.constantFrom(null, 'b-1', 'b-2'),
    number: fc.nat({ max: 3 }),
    changes: fc.constantFrom('Fleet bench', 'status ready'),
  }),
  fc.record({ kind: fc.constant('notProcessed'), of: anyWish, heldFor, fault: anyFault }),
  fc.record({ kind: fc.constant('refused'), of: anyWish, fault: fc.oneof(anyFault, fc.constant(nameTaken)) }),
  fc.record({ kind: fc.constant('nameTaken'), of: anyWish, fault: fc.constant(nameTaken) }),
  fc.record({ kind: fc.constant('busy'), of: anyWish, fault: anyFault }),
  fc.record({ kind: fc.constant('unknown'), of: anyWish, fault: anyFault }),
  fc.record({ kind: fc.constant('leftOver') }),
  fc.record({
    kind: fc.constant('seen'),
    of: fc.option(anyWish, { nil: null }),
    by: fc.constantFrom('answer', 'look'),
    sim: anySim,
    stands: fc.constantFrom('asWished', 'scheduled', 'otherwise'),
  }),
);

/** Any event that may come to an order, in whatever state it is. */
export const anyEvent: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('sent'),
    sentAt: fc.record({ ms: fc.nat(), by: fc.constantFrom('provider', 'local') }),
    knownSids: fc.constant([sidOf(9)]),
  }),
  fc.record({ kind: fc.constant('created'), profile: anyProfile }),
  fc.record({ kind: fc.constant('notProcessed'), heldFor, fault: anyFault }),
  fc.record({ kind: fc.constant('held'), heldFor, fault: fc.option(anyFault, { nil: null }) }),
  fc.record({ kind: fc.constant('offered'), candidates }),
  fc.record({ kind: fc.constant('released') }),
  fc.record({ kind: fc.constant('refused'), fault: anyFault }),
  fc.record({ kind: fc.constant('unknown'), fault: anyFault }),
  fc.record({ kind: fc.constant('leftOver') }),
  fc.record({ kind: fc.constant('found'), profile: anyProfile, by: fc.constantFrom('list', 'technician') }),
  fc.record({ kind: fc.constant('several'), candidates }),
  fc.record({ kind: fc.constant('lookedInVain'), look: fc.constantFrom('due', 'last', 'extra') }),
  fc.record({ kind: fc.constant('adopted'), profile: anyProfile }),
  fc.record({ kind: fc.constant('observed'), profile: anyProfile }),
  fc.record({ kind: fc.constant('notKnown'), fault: anyFault }),
  fc.record({ kind: fc.constant('cancelled'), because: fc.constantFrom('technician', 'otherOrder') }),
  fc.record({ kind: fc.constant('archived'), archived: fc.boolean() }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('activation'), event: anyActivationEvent }) },
);
