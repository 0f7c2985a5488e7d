import { Button, Checkbox, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconChevronRight, IconPhotoScan } from '@tabler/icons-react';
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { type Callback, CallbackMethodSchema, CallbackUrlSchema } from '../../../contract/order.ts';
import { closeDialog, go, showOrder } from '../../app/place.ts';
import { createScanCatcher } from '../../app/scanCatcher.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { readScanned } from '../../format/scanned.ts';
import { providerLabel } from '../../format/words.ts';
import { Digits } from '../../ui/Digits.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { useFocusBack } from '../../ui/useFocusBack.ts';
import { AfterOrderingLine } from '../sims/AfterOrderingLine.tsx';
import { ExistingProfilesDialog } from './ExistingProfilesDialog.tsx';
import { type EidFeedback, eidFeedback } from './eidFeedback.ts';
import { readQrFromImage } from './readQrFromImage.ts';
import { usePlaceOrder } from './usePlaceOrder.ts';

interface NewOrderDialogProps {
  readonly startWith: 'eid' | 'matchingId';
  /** What a scanner or the clipboard gave before the dialog was open. */
  readonly scanned: string | null;
}

/** An order without a device: for an EID from a label, or by matching ID for whoever claims it. */
export function NewOrderDialog({ startWith, scanned }: NewOrderDialogProps) {
  useFocusBack();
  const settings = useBenchState((state) => state.settings);
  const account = useBenchState((state) => state.account);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const [way, setWay] = useState(startWith);
  const [text, setText] = useState(scanned ?? '');
  const [accepted, setAccepted] = useState(false);
  const [picture, setPicture] = useState<string | null>(null);
  const [callbackUrl, setCallbackUrl] = useState(settings.callbackUrl ?? '');
  const [callbackMethod, setCallbackMethod] = useState(settings.callbackMethod);
  const placing = usePlaceOrder();
  const [scanner] = useState(createScanCatcher);

  const feedback = eidFeedback(text);
  const callback = parseCallback(callbackUrl, callbackMethod);
  const eid = feedback.kind === 'valid' || (feedback.kind === 'checkFails' && accepted) ? feedback.eid : null;
  const ready = callback.ok && (way === 'matchingId' || eid !== null);
  const ordering = account.account !== null && account.secret !== 'none';

  const take = (found: string) => {
    const read = readScanned(found);
    setAccepted(false);
    if (read.kind === 'eid') {
      setText(read.eid);
      setPicture(null);
    } else {
      setPicture(
        read.kind === 'activationCode'
          ? 'This QR code holds an activation code: a profile, not the EID of a chip.'
          : 'There is no EID in this QR code.',
      );
    }
  };

  const takePicture = async (file: Blob) => {
    setPicture('Looking for a QR code …');
    const found = await readQrFromImage(file);
    if (found === null)
      setPicture('No QR code was found in this picture. Try a sharper one, or one cut to the label.');
    else take(found);
  };

  const submit = async () => {
    if (!ready || !callback.ok || placing.pending) return;
    const orderId = await placing.place({
      target: way === 'matchingId' ? { kind: 'matchingId' } : { kind: 'eid', eid: eid ?? '' },
      callback: callback.value,
      acceptInvalidEid: feedback.kind === 'checkFails' && accepted,
    });
    if (orderId !== null) showOrder(orderId);
  };

  return (
    <>
      <Modal
        opened={placing.existing === null}
        onClose={closeDialog}
        title="New order"
        size={620}
        onPaste={(event: ClipboardEvent) => {
          const image = [...event.clipboardData.files].find((file) => file.type.startsWith('image/'));
          if (image === undefined) return;
          event.preventDefault();
          void takePicture(image);
        }}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          const file = event.dataTransfer.files[0];
          const dropped = event.dataTransfer.getData('text');
          if (file !== undefined) void takePicture(file);
          else if (dropped !== '') take(dropped);
        }}
      >
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <SegmentedControl
            fullWidth
            aria-label="What to order"
            value={way}
            onChange={(value) => setWay(value === 'matchingId' ? 'matchingId' : 'eid')}
            data={[
              { value: 'eid', label: 'For an EID' },
              { value: 'matchingId', label: 'By matching ID' },
            ]}
          />
          {way === 'eid' ? (
            <>
              <div>
                <TextInput
                  data-autofocus
                  label="EID"
                  placeholder="Type, paste or scan 32 digits"
                  classNames={{ input: 'mono eid-input' }}
                  inputMode="numeric"
                  autoComplete="off"
                  onKeyDown={(event) => {
                    // A scanner's Enter ends the scan; it is not the technician's, who orders with the next one.
                    if (scanner.take(event.key, event.timeStamp).scanned !== null) event.preventDefault();
                  }}
                  spellCheck={false}
                  value={text}
                  onChange={(event) => {
                    setText(event.currentTarget.value);
                    setAccepted(false);
                    setPicture(null);
                  }}
                />
                <Feedback feedback={feedback} />
              </div>
              {feedback.kind === 'checkFails' ? (
                <Checkbox
                  checked={accepted}
                  onChange={(event) => setAccepted(event.currentTarget.checked)}
                  label="I have compared this EID with the label. It is right although its check digits do not hold; order for it."
                />
              ) : null}
              <PictureDrop message={picture} onFile={(file) => void takePicture(file)} />
            </>
          ) : (
            <p className="dialog-text">
              The provider makes a matching ID and an activation code. Any device that scans the code can
              claim the profile, once.
            </p>
          )}
          <details className="fold">
            <summary>
              <IconChevronRight size={15} aria-hidden="true" />
              Callback
              <span className="fold-now">{callbackUrl === '' ? 'none' : callbackUrl}</span>
            </summary>
            <div className="fold-body fields-row">
              <TextInput
                label="Callback URL"
                description="Your own server; the provider calls it when the order changes."
                placeholder="https://example.com/esim"
                value={callbackUrl}
                onChange={(event) => setCallbackUrl(event.currentTarget.value)}
                error={callback.ok ? null : callback.message}
              />
              <NativeSelect
                label="Method"
                data={CallbackMethodSchema.options}
                value={callbackMethod}
                onChange={(event) => setCallbackMethod(CallbackMethodSchema.parse(event.currentTarget.value))}
              />
            </div>
          </details>
          {placing.fault === null || placing.existing !== null ? null : <FaultCard fault={placing.fault} />}
          <AfterOrderingLine />
          {ordering ? null : (
            <p className="notice-inline">
              <Mark tone="waiting" />
              <span>
                {account.account === null
                  ? 'No account is set, so nothing can be ordered yet. '
                  : 'The secret is missing. '}
                <button type="button" className="link" onClick={() => go({ view: 'account' })}>
                  Set the account
                </button>
              </span>
            </p>
          )}
          <div className="dialog-actions">
            {account.account === null ? null : (
              <span className="dialog-foot">
                From {providerLabel(account.account.provider)}
                {several ? `, account ${account.name}` : ''}
              </span>
            )}
            <Button variant="subtle" onClick={closeDialog}>
              Cancel
            </Button>
            <PrimaryButton pending={placing.pending} disabled={!ready || !ordering}>
              Order profile
            </PrimaryButton>
          </div>
        </form>
      </Modal>
      <ExistingProfilesDialog placing={placing} deviceId={null} onDone={showOrder} />
    </>
  );
}

function Feedback({ feedback }: { feedback: EidFeedback }) {
  return (
    <p className="eid-feedback" aria-live="polite">
      {feedback.kind === 'empty' ? (
        <span className="dim">The check digits are verified as you type.</span>
      ) : null}
      {feedback.kind === 'typing' ? (
        <>
          <Mark tone="idle" />
          <span>
            {feedback.digits} of 32 digits, {feedback.missing} to go
          </span>
        </>
      ) : null}
      {feedback.kind === 'valid' ? (
        <>
          <Mark tone="done" />
          <span className="tone-done">32 digits, check digits hold</span>
          <Digits value={feedback.eid} size="sm" />
        </>
      ) : null}
      {feedback.kind === 'checkFails' || feedback.kind === 'noEid' ? (
        <>
          <Mark tone="failed" />
          <span className="tone-failed">{feedback.message}</span>
        </>
      ) : null}
    </p>
  );
}

function PictureDrop({ message, onFile }: { message: string | null; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <div className="drop">
      <IconPhotoScan size={22} stroke={1.5} aria-hidden="true" />
      <p aria-live="polite">{message ?? 'A picture of the label’s QR code can be dropped or pasted here.'}</p>
      <Button variant="default" size="sm" onClick={() => input.current?.click()}>
        Choose a picture
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        aria-label="Picture with a QR code"
        className="visually-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

function parseCallback(
  url: string,
  method: 'GET' | 'POST',
): { readonly ok: true; readonly value: Callback | null } | { readonly ok: false; readonly message: string } {
  const trimmed = url.trim();
  if (trimmed === '') return { ok: true, value: null };
  const parsed = CallbackUrlSchema.safeParse(trimmed);
  if (parsed.success) return { ok: true, value: { url: parsed.data, method } };
  return { ok: false, message: 'This is no http or https address without a user name in it.' };
}
