import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Fault } from '../../contract/fault.ts';
import type { ProxyLogin } from '../../contract/state.ts';
import { useBenchState, useRequest } from '../bench/BenchContext.tsx';
import { isAboutSettings, openOrdersOf } from '../features/account/accountWords.ts';
import type { Tone } from '../features/orders/orderWords.ts';
import { proxyAsks } from '../features/proxy/proxyWords.ts';
import { clockTime } from '../format/time.ts';
import { counted, providerLabel } from '../format/words.ts';
import { Mark } from '../ui/StateMark.tsx';
import { go, openDialog, usePlace } from './place.ts';

/** What concerns the whole bench, in a line each, above every view. */
export function Notices() {
  const ledgerFault = useBenchState((state) => state.ledgerFault);
  const ports = useBenchState((state) => state.ports);
  const proxyLogin = useBenchState((state) => state.proxyLogin);
  const rescan = useRequest('ports.rescan');
  return (
    <div className="notices">
      {ledgerFault === null ? null : <FaultNotice fault={ledgerFault} tone="failed" />}
      <AccountsNotice />
      {proxyLogin === null ? <ProviderNotice /> : <ProxyNotice asked={proxyLogin} />}
      {ports.fault === null ? null : (
        <FaultNotice fault={ports.fault} tone="waiting">
          <Button
            variant="default"
            size="compact-sm"
            loading={rescan.pending}
            onClick={() => void rescan.run(null)}
          >
            Look again
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => openDialog({ kind: 'addPort' })}>
            Add a port
          </Button>
        </FaultNotice>
      )}
    </div>
  );
}

/** The accounts of last time could not be read: whoever sees none has lost nothing. */
function AccountsNotice() {
  const { fault } = useBenchState((state) => state.account);
  return fault !== null && isAboutSettings(fault) ? <FaultNotice fault={fault} tone="failed" /> : null;
}

function ProviderNotice() {
  const provider = useBenchState((state) => state.provider);
  const account = useBenchState((state) => state.account.account);
  const own = useBenchState((state) => state.account.name);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const orders = useBenchState((state) => state.orders);
  const there = usePlace().view === 'account';
  if (account === null || (provider.state !== 'offline' && provider.state !== 'rejected')) return null;
  const name = providerLabel(account.provider);
  const open = openOrdersOf(account, orders);
  const kept =
    open === 0
      ? 'Orders can be written; they wait.'
      : `${counted(open, 'open order')} kept, asked about again by itself.`;
  if (provider.state === 'offline' && provider.fault?.code === 'provider.certificate') {
    const { message, hint, details } = provider.fault;
    return (
      <Notice
        tone="failed"
        message={`${message} Nothing was sent.`}
        hint={`${hint} ${kept}`}
        {...(details === undefined ? {} : { details })}
      />
    );
  }
  if (provider.state === 'offline') {
    return (
      <Notice
        tone="waiting"
        message={`${name} has been out of reach since ${clockTime(provider.since)}.`}
        hint={kept}
      >
        {there ? null : (
          <Button variant="default" size="compact-sm" onClick={() => go({ view: 'account' })}>
            See the account
          </Button>
        )}
      </Notice>
    );
  }
  return (
    <Notice
      tone="failed"
      message={
        several && own !== null
          ? `${name} does not accept the credentials of account ${own}.`
          : `${name} does not accept these credentials.`
      }
      hint="Nothing is sent until it does. Orders are kept."
    >
      {there ? null : (
        <Button variant="default" size="compact-sm" onClick={() => go({ view: 'account' })}>
          Set the account
        </Button>
      )}
    </Notice>
  );
}

/** Stands in the place of "cannot be reached": it is the reason. */
function ProxyNotice({ asked }: { asked: ProxyLogin }) {
  return (
    <Notice tone="waiting" message={proxyAsks(asked)} hint="Orders can be written; they wait.">
      <Button variant="default" size="compact-sm" onClick={() => openDialog({ kind: 'proxySignIn' })}>
        Sign in
      </Button>
    </Notice>
  );
}

function FaultNotice({ fault, tone, children }: { fault: Fault; tone: Tone; children?: ReactNode }) {
  return (
    <Notice tone={tone} message={fault.message} hint={fault.hint} details={fault.details ?? fault.code}>
      {children}
    </Notice>
  );
}

interface NoticeProps {
  readonly tone: Tone;
  readonly message: string;
  readonly hint: string;
  /** For support, folded. */
  readonly details?: string;
  readonly children?: ReactNode;
}

function Notice({ tone, message, hint, details, children }: NoticeProps) {
  return (
    <section className={`notice notice-${tone}`} aria-label={message}>
      <Mark tone={tone} />
      <p>
        <strong>{message}</strong> {hint}
      </p>
      {details === undefined ? null : (
        <details className="notice-details">
          <summary>For support</summary>
          <p className="mono">{details}</p>
        </details>
      )}
      <div className="notice-actions">{children}</div>
    </section>
  );
}
