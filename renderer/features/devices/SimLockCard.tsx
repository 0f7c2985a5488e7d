import { PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Device, SimLock } from '../../../contract/device.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { isIdle } from './deviceReady.ts';
import { isPin, isPuk, LOCK_TITLES, triesLine } from './simLockWords.ts';

/**
 * Asks for the PIN, or the PUK and a new PIN. What is typed lives in the field alone, which is emptied before it is sent: it is in
 * no state of the window, and is sent once.
 */
export function SimLockCard({ device, lock }: { device: Device; lock: SimLock }) {
  const tries = triesLine(lock);
  return (
    <section className="lock" aria-label={LOCK_TITLES[lock.asksFor]}>
      <IconLock className="lock-icon" size={20} stroke={1.9} aria-hidden="true" />
      <div className="lock-body">
        <h2>{LOCK_TITLES[lock.asksFor]}</h2>
        <p className={tries.last ? 'lock-tries lock-tries-last' : 'lock-tries'}>{tries.text}</p>
        {lock.asksFor === 'pin' ? <PinForm device={device} /> : <PukForm device={device} />}
      </div>
    </section>
  );
}

function PinForm({ device }: { device: Device }) {
  const enter = useRequest('devices.enterPin');
  const pin = useRef<HTMLInputElement>(null);
  const [complete, setComplete] = useState(false);

  const sending = useSendWhenFree(device, () => {
    const typed = { pin: take(pin) };
    setComplete(false);
    if (isPin(typed.pin)) void enter.run({ deviceId: device.id, ...typed });
  });

  return (
    <>
      <form
        className="lock-form"
        onSubmit={(event) => {
          event.preventDefault();
          sending.ask();
          // The button is no place for the focus meanwhile, and a PIN that is not accepted is typed again here.
          pin.current?.focus();
        }}
      >
        <SecretField
          label="PIN"
          description="4 to 8 digits"
          field={pin}
          onTyped={() => {
            sending.takeBack();
            setComplete(isPin(typedIn(pin)));
          }}
        />
        <PrimaryButton pending={enter.pending || sending.waiting} disabled={!complete || sending.gone}>
          Enter PIN
        </PrimaryButton>
      </form>
      <LockFault device={device} fault={enter.fault} />
      <LockNote waiting={sending.waiting} />
    </>
  );
}

function PukForm({ device }: { device: Device }) {
  const enter = useRequest('devices.enterPuk');
  const puk = useRef<HTMLInputElement>(null);
  const newPin = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [complete, setComplete] = useState(false);
  const [differ, setDiffer] = useState(false);

  const check = () => {
    sending.takeBack();
    const same = typedIn(newPin) === typedIn(again);
    setDiffer(typedIn(again).length >= typedIn(newPin).length && typedIn(again) !== '' && !same);
    setComplete(isPuk(typedIn(puk)) && isPin(typedIn(newPin)) && same);
  };
  const sending = useSendWhenFree(device, () => {
    const typed = { puk: take(puk), newPin: take(newPin) };
    take(again);
    setComplete(false);
    if (isPuk(typed.puk) && isPin(typed.newPin)) void enter.run({ deviceId: device.id, ...typed });
  });

  return (
    <>
      <form
        className="lock-form"
        onSubmit={(event) => {
          event.preventDefault();
          sending.ask();
          puk.current?.focus();
        }}
      >
        <SecretField label="PUK" description="8 digits, from the provider" field={puk} onTyped={check} />
        <SecretField label="New PIN" description="4 to 8 digits" field={newPin} onTyped={check} />
        <SecretField
          label="New PIN again"
          description=""
          field={again}
          onTyped={check}
          {...(differ ? { error: 'The two are not the same.' } : {})}
        />
        <PrimaryButton pending={enter.pending || sending.waiting} disabled={!complete || sending.gone}>
          Enter PUK
        </PrimaryButton>
      </form>
      <LockFault device={device} fault={enter.fault} />
      <LockNote waiting={sending.waiting} />
    </>
  );
}

interface SecretFieldProps {
  readonly label: string;
  readonly description: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onTyped: () => void;
  readonly error?: string;
}

function SecretField({ label, description, field, onTyped, error }: SecretFieldProps) {
  return (
    <PasswordInput
      ref={field}
      label={label}
      {...(description === '' ? {} : { description })}
      {...(error === undefined ? {} : { error })}
      defaultValue=""
      onInput={onTyped}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      classNames={{ input: 'mono' }}
      visibilityToggleButtonProps={{ 'aria-label': `Show the ${label} that is typed` }}
    />
  );
}

function LockFault({ device, fault }: { device: Device; fault: Device['fault'] }) {
  const shown = fault ?? (device.activity === null ? lockFaultOf(device) : null);
  return shown === null ? null : <FaultCard fault={shown} kept={null} />;
}

/** What becomes of what is typed; while it waits, what for, in the same place. */
function LockNote({ waiting }: { waiting: boolean }) {
  return (
    <p className="lock-note" aria-live="polite">
      {waiting
        ? 'It is sent as soon as the device is read. To take it back, change what is typed.'
        : 'It is sent once, and neither kept nor written into the AT log.'}
    </p>
  );
}

/** The last activity's fault where it was about PIN or PUK. */
function lockFaultOf(device: Device): Device['fault'] {
  return device.activityFault !== null && /^sim\./.test(device.activityFault.code)
    ? device.activityFault
    : null;
}

function busy(device: Device): boolean {
  return device.activity !== null || (!isIdle(device) && device.phase !== 'failed');
}

/**
 * Sends what is typed, once the device is free: the card shows as soon as the SIM asks, while the rest of the device is still being
 * read, and an Enter in that time counts. What is typed stays in its field until then. Typing on takes the Enter back, and so does
 * unplugging: what comes back may hold another SIM, and a wrong PIN costs a try.
 */
function useSendWhenFree(device: Device, send: () => void) {
  const [waiting, setWaiting] = useState(false);
  const free = !busy(device);
  const gone = device.phase === 'gone';
  const sendNow = useEffectEvent(send);
  useEffect(() => {
    if (!waiting || !(free || gone)) return;
    setWaiting(false);
    if (free) sendNow();
  }, [waiting, free, gone]);
  return { waiting, gone, ask: () => setWaiting(true), takeBack: () => setWaiting(false) };
}

function typedIn(field: RefObject<HTMLInputElement | null>): string {
  return field.current?.value ?? '';
}

/** Takes what was typed out of its field. */
function take(field: RefObject<HTMLInputElement | null>): string {
  const typed = typedIn(field);
  if (field.current !== null) field.current.value = '';
  return typed;
}
