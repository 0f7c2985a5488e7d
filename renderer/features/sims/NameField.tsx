import { TextInput } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import type { Order } from '../../../contract/order.ts';
import { Mark } from '../../ui/StateMark.tsx';
import { orderTitle, type Tone } from '../orders/orderWords.ts';
import { isKnownPart, type NamePreview, OFFERED_PARTS } from './namePreview.ts';
import { putIn } from './putIn.ts';

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (template: string) => void;
  /** Null where it is for orders to come. */
  readonly order: Order | null;
  readonly preview: NamePreview;
  readonly error: string | undefined;
  readonly focused: boolean;
}

/** The unique name, typed or made of parts, with how it will be. */
export function NameField({ value, onChange, order, preview, error, focused }: NameFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const isWrong = error !== undefined || preview.kind === 'wrong' || preview.kind === 'missing';

  const add = (part: string) => {
    const field = input.current;
    const put = putIn(value, part, field?.selectionStart ?? null, field?.selectionEnd ?? null);
    onChange(put.text);
    // After the field has the new text.
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(put.cursor, put.cursor);
    });
  };

  return (
    <div>
      <TextInput
        ref={input}
        {...(focused ? { 'data-autofocus': true } : {})}
        label="Unique name"
        placeholder="None"
        classNames={{ input: 'mono' }}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        // What is wrong is said below, where the name is.
        error={isWrong}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together, not fields */}
      <div className="parts" role="group" aria-label="Put into the name">
        {OFFERED_PARTS.map(({ text, part, what }) => (
          <button
            key={text}
            type="button"
            className="part mono"
            title={isKnownPart(part, order) ? what : `${what}: not known of this order`}
            aria-label={`Put in ${text}: ${what}`}
            disabled={!isKnownPart(part, order)}
            onClick={() => add(text)}
          >
            {text}
          </button>
        ))}
      </div>
      <p className="preview" aria-live="polite">
        {error === undefined ? (
          <Preview preview={preview} forOrder={order !== null} />
        ) : (
          <Line tone="failed">{error}</Line>
        )}
      </p>
    </div>
  );
}

function Preview({ preview, forOrder }: { preview: NamePreview; forOrder: boolean }) {
  switch (preview.kind) {
    case 'kept':
      return (
        <span className="dim">
          {forOrder ? 'The SIM keeps the name it has.' : 'SIMs keep the name they have.'} Parts in braces are
          filled in.
        </span>
      );
    case 'wrong':
    case 'missing':
      return <Line tone="failed">{preview.message}</Line>;
    case 'made':
      if (preview.takenBy !== null) {
        return (
          <Line tone="waiting">
            The SIM of {orderTitle(preview.takenBy)} has this name. Put in {'{n}'} to count up.
          </Line>
        );
      }
      return (
        <>
          <Mark tone="done" />
          <span>
            {forOrder ? 'It is named' : 'For example'}{' '}
            <span className="preview-name mono">{preview.name}</span>
            {preview.counts ? <span className="dim"> or with the next number that is free</span> : null}
          </span>
        </>
      );
  }
}

function Line({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <>
      <Mark tone={tone} />
      <span className={`tone-${tone}`}>{children}</span>
    </>
  );
}
