import { Suspense, useCallback, useEffect } from 'react';
import type { Order } from '../../contract/order.ts';
import type { BenchState } from '../../contract/state.ts';
import { useBenchState } from '../bench/BenchContext.tsx';
import { AtLogPanel } from '../features/atLog/AtLogPanel.tsx';
import { DevicesView } from '../features/devices/DevicesView.tsx';
import { orderOf } from '../features/devices/deviceWords.ts';
import { orderOfProfile } from '../features/history/ours.ts';
import { showsQr } from '../features/orders/showsQr.ts';
import { useProxyAsks } from '../features/proxy/useProxyAsks.ts';
import { mayWish } from '../features/sims/simStanding.ts';
import { Announcer } from './Announcer.tsx';
import { DemoBand } from './DemoBand.tsx';
import { Header } from './Header.tsx';
import {
  AccountView,
  ActivateDialog,
  AddPortDialog,
  AfterOrderingDialog,
  ChipDialog,
  KeysDialog,
  loadTheRest,
  NewOrderDialog,
  OrdersView,
  PrintSheet,
  ProxySignInDialog,
  QrDialog,
  ReportDialog,
  SlotDialog,
} from './later.ts';
import { Notices } from './Notices.tsx';
import { Palette } from './Palette.tsx';
import { type Place, usePlace } from './place.ts';
import { useKeys } from './useKeys.ts';

/** The whole window, once the state is there. */
export function Window() {
  const place = usePlace();
  const state = useBenchState((whole) => whole);
  const order = orderInSight(state, place);
  const withQr = order !== null && showsQr(order) ? order.id : null;
  const withSim = order !== null && mayWish(order) ? order.id : null;
  useKeys(
    useCallback(() => withQr, [withQr]),
    useCallback(() => withSim, [withSim]),
  );
  useProxyAsks();
  useEffect(loadTheRest, []);

  return (
    <>
      <div className="window">
        <DemoBand />
        <Header />
        <Notices />
        <div className="view-space">
          {place.view === 'devices' ? <DevicesView /> : null}
          <Suspense>
            {place.view === 'orders' ? <OrdersView /> : null}
            {place.view === 'account' ? <AccountView /> : null}
          </Suspense>
        </div>
        <AtLogPanel />
      </div>
      <Suspense>
        <Dialogs place={place} />
      </Suspense>
      <Palette orderInSight={order?.id ?? null} />
      <Announcer />
      <Suspense>{order === null ? null : <PrintSheet order={order} />}</Suspense>
    </>
  );
}

/** The order that the window shows: the chosen one, or the chosen device's. */
function orderInSight(state: BenchState, place: Place): Order | null {
  if (place.view === 'orders') {
    return place.orderSide === 'ledger'
      ? (state.orders.find((order) => order.id === place.orderId) ?? null)
      : orderOfProfile(state, place.profileSid);
  }
  if (place.view !== 'devices' || place.deviceTab !== 'order') return null;
  const device = state.devices.find((candidate) => candidate.id === place.deviceId);
  return device === undefined ? null : orderOf(device, state.orders);
}

function Dialogs({ place }: { place: Place }) {
  const { dialog } = place;
  switch (dialog?.kind) {
    case 'newOrder':
      return <NewOrderDialog key={dialog.scanned} startWith={dialog.way} scanned={dialog.scanned} />;
    case 'addPort':
      return <AddPortDialog />;
    case 'keys':
      return <KeysDialog />;
    case 'qr':
      return <QrDialog orderId={dialog.orderId} />;
    case 'chip':
      return <ChipDialog key={JSON.stringify(dialog)} deviceId={dialog.deviceId} ask={dialog.ask} />;
    case 'report':
      return <ReportDialog deviceId={dialog.deviceId} />;
    case 'proxySignIn':
      return <ProxySignInDialog />;
    case 'activateSim':
      return <ActivateDialog key={dialog.orderId} orderId={dialog.orderId} />;
    case 'afterOrdering':
      return <AfterOrderingDialog />;
    case 'slot':
      return <SlotDialog deviceId={dialog.deviceId} slot={dialog.slot} />;
    case undefined:
      return null;
  }
}
