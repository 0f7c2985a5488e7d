import { Button, NativeSelect, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { AccountSchema, DEFAULT_ENDPOINTS, PROVIDERS, type SecretPlace } from '../../../contract/account.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { duration } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { StateWord } from '../orders/orderWords.ts';
import { type AccountForm, checkForm, type FormErrors, formOf, isChanged } from './accountForm.ts';
import { ClearAccount } from './ClearAccount.tsx';
import { Section } from './Section.tsx';

const SECRET_PLACE: Readonly<Record<SecretPlace, StateWord>> = {
  keychain: { word: 'The secret is in the keychain', tone: 'done' },
  session: { word: 'The secret is kept until the app closes', tone: 'waiting' },
  none: { word: 'No secret is stored', tone: 'failed' },
};

/** Who orders: provider, account, credentials. The secret goes one way, into the keychain. */
export function AccountSection() {
  const stored = useBenchState((state) => state.account);
  const demo = useBenchState((state) => state.app.mode) === 'demo';
  const save = useRequest('account.set');
  const test = useRequest('account.test');
  const [form, setForm] = useState(() => formOf(stored.account));
  const [errors, setErrors] = useState<FormErrors>({});
  const [tested, setTested] = useState<number | null>(null);

  const unsaved = stored.account === null || isChanged(form, stored.account);
  const change = (part: Partial<AccountForm>) => {
    setForm({ ...form, ...part });
    setErrors({});
    setTested(null);
    save.clear();
    test.clear();
  };

  const submit = async (keepSecret: 'keychain' | 'session') => {
    const checked = checkForm(form, stored.account, stored.secret !== 'none', keepSecret);
    if (!checked.ok) {
      setErrors(checked.errors);
      return;
    }
    setTested(null);
    const result = await save.run(checked.input);
    if (!result.ok) return;
    setForm((current) => ({ ...current, secret: '' }));
    announce('Account saved');
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
  const token = form.credential === 'token';

  return (
    <Section
      title="Account"
      about={
        <>
          <p>
            Orders are made with your Twilio account. An API key is better than the auth token: it can be
            revoked by itself. Make one in the Twilio console under Account, API keys.
          </p>
          <p>The secret goes into this computer’s keychain. The window never sees it again.</p>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void (unsaved ? submit('keychain') : runTest());
        }}
      >
        {stored.account === null ? null : (
          <p className="secret-place" data-testid="secret-place">
            <StateMark state={SECRET_PLACE[stored.secret]} />
          </p>
        )}
        <NativeSelect
          label="Provider"
          data={PROVIDERS.map((name) => ({ value: name, label: providerLabel(name) }))}
          value={form.provider}
          onChange={(event) => {
            const provider = AccountSchema.shape.provider.parse(event.currentTarget.value);
            change({ provider, endpoint: DEFAULT_ENDPOINTS[provider] });
          }}
        />
        <TextInput
          label="Account SID"
          placeholder="AC…"
          classNames={{ input: 'mono' }}
          autoComplete="off"
          spellCheck={false}
          value={form.accountSid}
          onChange={(event) => change({ accountSid: event.currentTarget.value })}
          error={errors.accountSid}
        />
        <div className="field">
          <span className="field-label" id="credential-label">
            Signs in with
          </span>
          <SegmentedControl
            aria-labelledby="credential-label"
            value={form.credential}
            onChange={(value) => change({ credential: value === 'token' ? 'token' : 'key' })}
            data={[
              { value: 'key', label: 'API key' },
              { value: 'token', label: 'Auth token' },
            ]}
          />
        </div>
        {token ? null : (
          <TextInput
            label="API key SID"
            placeholder="SK…"
            classNames={{ input: 'mono' }}
            autoComplete="off"
            spellCheck={false}
            value={form.keySid}
            onChange={(event) => change({ keySid: event.currentTarget.value })}
            error={errors.keySid}
          />
        )}
        <PasswordInput
          label={token ? 'Auth token' : 'API key secret'}
          placeholder={
            stored.secret === 'none' || stored.account === null ? '' : 'Stored. Leave empty to keep it.'
          }
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          value={form.secret}
          onChange={(event) => change({ secret: event.currentTarget.value })}
          error={errors.secret}
        />
        <details className="fold">
          <summary>
            <IconChevronRight size={15} aria-hidden="true" />
            Endpoint
            <span className="fold-now mono">{form.endpoint}</span>
          </summary>
          <div className="fold-body">
            <TextInput
              label="Endpoint"
              description="Another address of the same API. https, or http on this computer alone."
              classNames={{ input: 'mono' }}
              spellCheck={false}
              value={form.endpoint}
              onChange={(event) => change({ endpoint: event.currentTarget.value })}
              error={errors.endpoint}
            />
          </div>
        </details>
        {errors.endpoint === undefined ? null : <p className="field-error">The endpoint is not valid.</p>}
        <div className="actions">
          {unsaved ? (
            <PrimaryButton pending={save.pending}>Save</PrimaryButton>
          ) : (
            <PrimaryButton pending={test.pending}>Test</PrimaryButton>
          )}
          {stored.account === null || demo ? null : <ClearAccount />}
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
                      Keep for this session only
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
      {stored.fault === null || save.fault !== null || test.fault !== null ? null : (
        <FaultCard fault={stored.fault} />
      )}
    </Section>
  );
}

function TestResult({ pending, elapsedMs }: { pending: boolean; elapsedMs: number | null }) {
  if (pending) return <StateMark state={{ word: 'Asking the provider', tone: 'busy' }} />;
  if (elapsedMs === null) return null;
  return (
    <StateMark state={{ word: `Accepted in ${duration(elapsedMs)}. Nothing was ordered.`, tone: 'done' }} />
  );
}
