import { useCallback } from 'react';
import type { Order } from '../../contract/order.ts';
import type { BenchState } from '../../contract/state.ts';
import { useBenchState } from '../bench/BenchContext.tsx';
import { AccountView } from '../features/account/AccountView.tsx';
import { AtLogPanel } from '../features/atLog/AtLogPanel.tsx';
import { ChipDialog } from '../features/chip/ChipDialog.tsx';
import { AddPortDialog } from '../features/devices/AddPortDialog.tsx';
import { DevicesView } from '../features/devices/DevicesView.tsx';
import { orderOf } from '../features/devices/deviceWords.ts';
import { ReportDialog } from '../features/devices/ReportDialog.tsx';
import { SlotDialog } from '../features/devices/SlotDialog.tsx';
import { orderOfProfile } from '../features/history/ours.ts';
import { NewOrderDialog } from '../features/orders/NewOrderDialog.tsx';
import { OrdersView } from '../features/orders/OrdersView.tsx';
import { QrDialog } from '../features/orders/QrDialog.tsx';
import { showsQr } from '../features/orders/showsQr.ts';
import { ProxySignInDialog } from '../features/proxy/ProxySignInDialog.tsx';
import { useProxyAsks } from '../features/proxy/useProxyAsks.ts';
import { ActivateDialog } from '../features/sims/ActivateDialog.tsx';
import { AfterOrderingDialog } from '../features/sims/AfterOrderingDialog.tsx';
import { mayWish } from '../features/sims/simStanding.ts';
import { PrintSheet } from '../print/PrintSheet.tsx';
import { Announcer } from './Announcer.tsx';
import { DemoBand } from './DemoBand.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
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

  return (
    <>
      <div className="window">
        <DemoBand />
        <Header />
        <Notices />
        <div className="view-space">
          {place.view === 'devices' ? <DevicesView /> : null}
          {place.view === 'orders' ? <OrdersView /> : null}
          {place.view === 'account' ? <AccountView /> : null}
        </div>
        <AtLogPanel />
      </div>
      <Dialogs place={place} />
      <Palette orderInSight={order?.id ?? null} />
      <Announcer />
      {order === null ? null : <PrintSheet order={order} />}
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
