import { Button } from '@mantine/core';
import { closeDialog } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { orderTitle } from './orderWords.ts';
import { QrImage } from './QrImage.tsx';

/** The QR as large as the window, white in every theme, for a phone at arm's length. */
export function QrDialog({ orderId }: { orderId: string }) {
  const orders = useBenchState((state) => state.orders);
  const order = orders.find((candidate) => candidate.id === orderId);
  if (order === undefined || order.lpa === null) return null;
  return (
    <Dialog
      onClose={closeDialog}
      fullScreen
      withCloseButton={false}
      padding={0}
      radius={0}
      classNames={{ content: 'qr-dialog', body: 'qr-dialog-body' }}
      attributes={{ content: { 'aria-label': 'QR code, enlarged' } }}
    >
      <button
        type="button"
        className="qr-large"
        aria-label="Make the QR code small again"
        onClick={closeDialog}
      >
        <QrImage text={order.lpa} label={`QR code: ${order.lpa}`} testId="qr-large" />
      </button>
      <div className="qr-caption">
        <p className="qr-caption-title">{orderTitle(order)}</p>
        {order.eid === null ? null : (
          <p>
            EID <Digits value={order.eid} />
          </p>
        )}
        <p className="mono qr-caption-code">{order.lpa}</p>
        <Button
          className="qr-close"
          variant="default"
          data-autofocus
          aria-keyshortcuts="Escape"
          rightSection={<KeyHint>Esc</KeyHint>}
          onClick={closeDialog}
        >
          Close
        </Button>
      </div>
    </Dialog>
  );
}
