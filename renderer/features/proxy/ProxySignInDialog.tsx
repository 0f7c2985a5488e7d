import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { closeDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

type Keep = 'keychain' | 'session';

const KEEP: readonly { readonly value: Keep; readonly label: string }[] = [
  { value: 'keychain', label: 'In the keychain' },
  { value: 'session', label: 'Until the app ends' },
];

/**
 * Asks for the proxy's user name and password. The password lives in its field alone: in no state of the window, and gone from the
 * field as soon as the proxy has had it.
 */
export function ProxySignInDialog() {
  const asked = useBenchState((state) => state.proxyLogin);
  const signIn = useRequest('proxy.signIn');
  const password = useRef<HTMLInputElement>(null);
  const [user, setUser] = useState('');
  const [typed, setTyped] = useState(false);
  const [keep, setKeep] = useState<Keep>('keychain');
  const keepLabel = useId();

  const over = asked === null && !signIn.pending;
  useEffect(() => {
    if (over) closeDialog();
  }, [over]);
  // While it is tried nobody asks any more; the dialog stays until that is done.
  const [last, setLast] = useState(asked);
  if (asked !== null && asked !== last) setLast(asked);
  if (last === null) return null;

  const submit = async (where: Keep) => {
    if (signIn.pending) return;
    const result = await signIn.run({ user, password: password.current?.value ?? '', keep: where });
    if (result.ok) {
      announce('Signed in to the proxy');
      closeDialog();
      return;
    }
    // Where the keychain failed the proxy has not had it yet.
    if (isOfKeychain(result.fault.code) || password.current === null) return;
    password.current.value = '';
    setTyped(false);
    password.current.focus();
  };

  const other = signIn.fault?.code === 'proxy.refused' ? null : signIn.fault;
  const complete = user.trim() !== '' && !user.includes(':') && typed;
  const refused = other === null && last.refused && !signIn.pending;
  return (
    <FormDialog
      title="Sign in to the proxy"
      size={520}
      onClose={closeDialog}
      onSubmit={() => {
        if (complete) void submit(keep);
      }}
      button="Sign in"
      pending={signIn.pending}
      disabled={!complete}
    >
      <div className="dialog-sentences">
        <p>
          The proxy <span className="proxy-host mono">{last.host}</span> asks for a user name and password
          before it lets requests through to the provider.
        </p>
        {last.realm === '' ? null : <p className="dialog-text">It says: “{last.realm}”</p>}
      </div>
      {other === null ? null : (
        <FaultCard
          fault={other}
          kept={null}
          {...(isOfKeychain(other.code)
            ? {
                actions: (
                  <Button
                    variant="default"
                    loading={signIn.pending}
                    onClick={() => {
                      setKeep('session');
                      void submit('session');
                    }}
                  >
                    Keep until the app ends
                  </Button>
                ),
              }
            : {})}
        />
      )}
      <TextInput
        data-autofocus
        label="User name"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={user}
        onChange={(event) => setUser(event.currentTarget.value)}
        {...(user.includes(':') ? { error: 'A user name for a proxy has no colon.' } : {})}
      />
      <PasswordInput
        ref={password}
        label="Password"
        autoComplete="off"
        maxLength={500}
        defaultValue=""
        {...(refused
          ? { error: <span role="alert">The proxy does not accept this user name and password.</span> }
          : {})}
        onInput={() => setTyped((password.current?.value ?? '') !== '')}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password that is typed' }}
      />
      <div className="field">
        <span className="field-label" id={keepLabel}>
          The password is kept
        </span>
        <SegmentedControl
          aria-labelledby={keepLabel}
          value={keep}
          onChange={(value) => setKeep(value === 'session' ? 'session' : 'keychain')}
          data={[...KEEP]}
        />
      </div>
    </FormDialog>
  );
}

function isOfKeychain(code: string): boolean {
  return code.startsWith('keychain.');
}
