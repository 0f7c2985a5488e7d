import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { SecretPlace } from '../../../contract/account.ts';
import type { Account } from '../../../contract/providerTable.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { duration } from '../../format/time.ts';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { StateWord } from '../orders/orderWords.ts';
import { AccountFields } from './AccountFields.tsx';
import {
  type AccountForm,
  checkForm,
  type FormErrors,
  type FormTarget,
  formOf,
  isChanged,
} from './accountForm.ts';
import { isAboutSettings } from './accountWords.ts';
import { ClearAccount } from './ClearAccount.tsx';
import { RenameAccount } from './RenameAccount.tsx';

const SECRET_PLACE: Readonly<Record<SecretPlace, StateWord>> = {
  keychain: { word: 'The secret is in the keychain', tone: 'done' },
  session: { word: 'The secret is kept until the app ends', tone: 'waiting' },
  none: { word: 'No secret is stored', tone: 'failed' },
};

interface AccountFormCardProps {
  readonly target: FormTarget;
  /** The account's name; null before there is one. */
  readonly name?: string | null;
  /** Whether it is renamed and cleared here. */
  readonly tools?: boolean;
  /** Another account was added. */
  readonly onDone?: () => void;
  /** Another account is not to be added. */
  readonly onCancel?: () => void;
}

/** The form of the account in use, or of another one. The secret goes one way, into the keychain. */
export function AccountFormCard({
  target,
  name = null,
  tools = false,
  onDone,
  onCancel,
}: AccountFormCardProps) {
  const state = useBenchState((whole) => whole.account);
  const demo = useBenchState((whole) => whole.app.mode) === 'demo';
  const save = useRequest('account.set');
  const test = useRequest('account.test');
  const stored = target.kind === 'inUse' ? target.stored : null;
  const [form, setForm] = useState(() => formOf(stored));
  const [errors, setErrors] = useState<FormErrors>({});
  const [tested, setTested] = useState<number | null>(null);

  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstWrong(fields.current);
  }, [errors]);

  const another = target.kind === 'another';
  // Said above every view already.
  const why = state.fault === null || isAboutSettings(state.fault) ? null : state.fault;
  const unsaved = stored === null || isChanged(form, stored);
  const change = (next: AccountForm) => {
    setForm(next);
    setErrors({});
    setTested(null);
    save.clear();
    test.clear();
  };

  const submit = async (keepSecret: 'keychain' | 'session') => {
    const checked = checkForm(form, target, keepSecret);
    if (!checked.ok) {
      setErrors(checked.errors);
      return;
    }
    setTested(null);
    const result = await save.run(checked.input);
    if (!result.ok) return;
    setForm((current) => ({ ...current, secret: '' }));
    announce(another ? `Account ${form.name.trim()} added and in use` : 'Account saved');
    onDone?.();
  };

  const runTest = async () => {
    setTested(null);
    const result = await test.run(null);
    if (result.ok) {
      setTested(result.value.elapsedMs);
      announce('The provider accepts these credentials');
    }
  };

  const keychainFailed = save.fault?.code.startsWith('keychain.') === true;

  return (
    <>
      <form
        ref={fields}
        className="form"
        aria-label={another ? 'Another account' : (name ?? 'Account')}
        onSubmit={(event) => {
          event.preventDefault();
          void (unsaved ? submit('keychain') : runTest());
        }}
      >
        {another ? (
          <div>
            <h3 className="form-title">Another account</h3>
            <p className="form-about">It becomes the account in use. Open orders stay with their account.</p>
          </div>
        ) : name === null ? null : (
          <FormHead name={name} stored={tools ? stored : null} />
        )}
        {stored === null ? null : (
          <p className="secret-place" data-testid="secret-place">
            <StateMark state={SECRET_PLACE[state.secret]} />
          </p>
        )}
        <AccountFields
          form={form}
          errors={errors}
          named={another}
          secretPlaceholder={
            target.kind === 'inUse' && target.hasSecret && stored !== null
              ? 'Stored. Leave empty to keep it.'
              : ''
          }
          onChange={change}
        />
        <div className="actions">
          {unsaved ? (
            <PrimaryButton pending={save.pending}>{another ? 'Add account' : 'Save'}</PrimaryButton>
          ) : (
            <PrimaryButton pending={test.pending}>Test</PrimaryButton>
          )}
          {another ? (
            <Button variant="subtle" onClick={onCancel}>
              Cancel
            </Button>
          ) : null}
          {tools && !demo ? <ClearAccount /> : null}
          <TestResult pending={test.pending} elapsedMs={tested} />
        </div>
      </form>
      {save.fault === null ? null : (
        <FaultCard
          fault={save.fault}
          {...(keychainFailed
            ? {
                actions: (
                  <>
                    <Button variant="default" loading={save.pending} onClick={() => void submit('session')}>
                      Keep until the app ends
                    </Button>
                    <Button variant="subtle" onClick={() => void submit('keychain')}>
                      Try again
                    </Button>
                  </>
                ),
              }
            : {})}
        />
      )}
      {test.fault === null ? null : <FaultCard fault={test.fault} />}
      {another || why === null || save.fault !== null || test.fault !== null ? null : (
        <FaultCard fault={why} />
      )}
    </>
  );
}

/** What is to be mended first may be scrolled out of sight, or folded away. */
function focusFirstWrong(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}

/** The account's name: a title below the list, a fact that can be changed where there is no list. */
function FormHead({ name, stored }: { name: string; stored: Account | null }) {
  if (stored === null) return <h3 className="form-title">{name}</h3>;
  return (
    <p className="form-name">
      <span className="label">Name</span>
      <strong>{name}</strong>
      <RenameAccount wanted={{ name, account: stored }} />
    </p>
  );
}

function TestResult({ pending, elapsedMs }: { pending: boolean; elapsedMs: number | null }) {
  if (pending) return <StateMark state={{ word: 'Asking the provider', tone: 'busy' }} />;
  if (elapsedMs === null) return null;
  return (
    <StateMark state={{ word: `Accepted in ${duration(elapsedMs)}. Nothing was ordered.`, tone: 'done' }} />
  );
}
