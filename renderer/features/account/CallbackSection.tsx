import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CallbackMethodSchema, CallbackUrlSchema } from '../../../contract/order.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Section } from './Section.tsx';

/** What every order tells the provider to call, unless it says otherwise. */
export function CallbackSection() {
  const settings = useBenchState((state) => state.settings);
  const save = useRequest('settings.set');
  const [url, setUrl] = useState(settings.callbackUrl ?? '');
  const [method, setMethod] = useState(settings.callbackMethod);
  const [error, setError] = useState<string | null>(null);
  const changed = url.trim() !== (settings.callbackUrl ?? '') || method !== settings.callbackMethod;

  const submit = async () => {
    const trimmed = url.trim();
    const parsed = trimmed === '' ? null : CallbackUrlSchema.safeParse(trimmed);
    if (parsed !== null && !parsed.success) {
      setError('This is no http or https address without a user name in it.');
      return;
    }
    const result = await save.run({
      callbackUrl: parsed === null ? null : parsed.data,
      callbackMethod: method,
    });
    if (result.ok) announce('Callback saved');
  };

  return (
    <Section
      title="Callback"
      about={
        <p>
          Your own server, called by the provider when an order changes. The bench does not need it: it asks
          by itself.
        </p>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="fields-row">
          <TextInput
            label="Callback URL"
            placeholder="None"
            value={url}
            error={error}
            onChange={(event) => {
              setUrl(event.currentTarget.value);
              setError(null);
            }}
          />
          <NativeSelect
            label="Method"
            data={CallbackMethodSchema.options}
            value={method}
            onChange={(event) => setMethod(CallbackMethodSchema.parse(event.currentTarget.value))}
          />
        </div>
        <div className="actions">
          <Button type="submit" variant="default" disabled={!changed} loading={save.pending}>
            Save callback
          </Button>
        </div>
      </form>
      {save.fault === null ? null : <FaultCard fault={save.fault} />}
    </Section>
  );
}
