import type { Device } from '../../contract/device.ts';
import type { BenchState } from '../../contract/state.ts';
import { activityEndWord } from '../features/devices/activityWords.ts';
import { deviceName, deviceWord } from '../features/devices/deviceWords.ts';
import { orderTitle, orderWord, type Tone } from '../features/orders/orderWords.ts';
import { proxyAsks } from '../features/proxy/proxyWords.ts';
import { simEndSentence, simState } from '../features/sims/simWords.ts';
import { providerLabel } from '../format/words.ts';

/** Something that changed and is worth a sentence to somebody who does not see it. */
export interface Announcement {
  readonly text: string;
  readonly tone: Tone;
  readonly deviceId: string | null;
  readonly orderId: string | null;
  /** Whether it is about the order's Sim, and not its profile. */
  readonly ofSim?: boolean;
}

/** More at once than this is a restart or a whole rack: nobody wants them read out. */
const MAX_AT_ONCE = 4;

/** What is new between two states, in the order: devices, what was done on them, orders, their Sims, provider. */
export function announcements(before: BenchState, after: BenchState): Announcement[] {
  const news = [
    ...deviceNews(before, after),
    ...activityNews(before, after),
    ...orderNews(before, after),
    ...simNews(before, after),
    ...proxyNews(before, after),
    ...providerNews(before, after),
  ];
  return news.length > MAX_AT_ONCE ? [] : news;
}

function deviceNews(before: BenchState, after: BenchState): Announcement[] {
  if (before.devices === after.devices) return [];
  const old = new Map(before.devices.map((device) => [device.id, device]));
  return after.devices.flatMap((device) => {
    if (old.get(device.id)?.phase === device.phase) return [];
    if (device.phase === 'identifying' || device.phase === 'readingEid') return [];
    const state = deviceWord({ ...device, activity: null }, null);
    return [
      { text: `${deviceName(device)}: ${state.word}`, tone: state.tone, deviceId: device.id, orderId: null },
    ];
  });
}

/** How what a technician began has ended, and what a long wait has come to. */
function activityNews(before: BenchState, after: BenchState): Announcement[] {
  if (before.devices === after.devices) return [];
  const old = new Map(before.devices.map((device) => [device.id, device]));
  return after.devices.flatMap((device) => {
    const text = activitySentence(old.get(device.id), device);
    if (text === null) return [];
    const failed = device.activity === null && device.activityFault !== null;
    return [
      {
        text: `${deviceName(device)}: ${text}`,
        tone: failed ? ('failed' as const) : ('ready' as const),
        deviceId: device.id,
        orderId: null,
      },
    ];
  });
}

function activitySentence(was: Device | undefined, is: Device): string | null {
  if (!was || was.activity === null) return null;
  if (is.activity === null) return activityEndWord(is, was.activity.kind);
  const waits = is.activity.until !== null && is.activity.kind === was.activity.kind;
  return waits && is.activity.step !== was.activity.step ? is.activity.step : null;
}

function orderNews(before: BenchState, after: BenchState): Announcement[] {
  if (before.orders === after.orders) return [];
  const old = new Map(before.orders.map((order) => [order.id, order]));
  return after.orders.flatMap((order) => {
    const was = old.get(order.id);
    if (was === order || was?.status === order.status) return [];
    const state = orderWord(order.status);
    return [
      {
        text: `${orderTitle(order)}: profile ${state.word}`,
        tone: state.tone,
        deviceId: order.device?.id ?? null,
        orderId: order.id,
      },
    ];
  });
}

/** How the activation of a Sim has ended. */
function simNews(before: BenchState, after: BenchState): Announcement[] {
  if (before.orders === after.orders) return [];
  const old = new Map(before.orders.map((order) => [order.id, order]));
  return after.orders.flatMap((order) => {
    const was = old.get(order.id);
    const { activation } = order;
    if (was === undefined || was === order || activation === null) return [];
    if (was.activation?.status === activation.status) return [];
    const text = simEndSentence(order);
    if (text === null) return [];
    return [
      {
        text: `${orderTitle(order)}: ${text}`,
        tone: simState(order).tone,
        deviceId: order.device?.id ?? null,
        orderId: order.id,
        ofSim: true,
      },
    ];
  });
}

function proxyNews({ proxyLogin: was }: BenchState, { proxyLogin: is }: BenchState): Announcement[] {
  if (is === null || was?.host === is.host) return [];
  return [{ text: proxyAsks(is), tone: 'waiting', deviceId: null, orderId: null }];
}

function providerNews(before: BenchState, after: BenchState): Announcement[] {
  const { state } = after.provider;
  if (before.provider.state === state) return [];
  const name = providerLabel(after.account.account?.provider ?? 'provider');
  const none = { deviceId: null, orderId: null };
  if (state === 'offline') return [{ text: `${name} cannot be reached`, tone: 'waiting', ...none }];
  if (state === 'rejected')
    return [{ text: `${name} does not accept the credentials`, tone: 'failed', ...none }];
  if (state === 'reachable' && (before.provider.state === 'offline' || before.provider.state === 'rejected'))
    return [{ text: `${name} can be reached again`, tone: 'ready', ...none }];
  return [];
}

/** Statuses worth a toast to somebody who is looking elsewhere. */
const WORTH_A_TOAST = new Set(['available', 'failed', 'refused', 'unconfirmed']);

/** Whether an order's news should also be shown in a corner: it happened elsewhere and wants a look. */
export function wantsToast(
  news: Announcement,
  state: BenchState,
  place: {
    readonly view: string;
    readonly deviceId: string | null;
    readonly orderId: string | null;
    /** With `provider` the order in sight is that of this profile. */
    readonly orderSide?: string;
    readonly profileSid?: string | null;
  },
): boolean {
  if (news.orderId === null) return false;
  const order = state.orders.find((candidate) => candidate.id === news.orderId);
  if (order === undefined || (news.ofSim !== true && !WORTH_A_TOAST.has(order.status))) return false;
  if (place.view === 'orders') {
    return place.orderSide === 'provider'
      ? order.sid === null || place.profileSid !== order.sid
      : place.orderId !== order.id;
  }
  if (place.view !== 'devices') return true;
  const shown = state.devices.find((device) => device.id === place.deviceId);
  const isShown =
    shown !== undefined &&
    (shown.id === order.device?.id || (order.eid !== null && shown.eid?.value === order.eid));
  return !isShown;
}
