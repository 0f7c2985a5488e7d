import fc from 'fast-check';
import { fault } from '../../../../contract/fault.ts';
import type { ExistingProfile } from '../../../../contract/order.ts';
import type { LifeEvent } from '../../../../main/orders/life.ts';
import { offerOf } from '../../../../main/orders/profileFields.ts';
import type { Profile } from '../../../../main/provider/provider.ts';
import { profile, sidOf } from './profiles.ts';

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
);
