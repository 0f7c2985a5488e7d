import { NativeSelect, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import {
  type AccountField,
  PROVIDER_TABLE,
  PROVIDERS,
  ProviderNameSchema,
} from '../../../contract/providerTable.ts';
import { providerLabel } from '../../format/words.ts';
import { type AccountForm, credentialOf, type FormErrors, withProvider } from './accountForm.ts';

interface AccountFieldsProps {
  readonly form: AccountForm;
  readonly errors: FormErrors;
  /** Whether the account is given a name here. */
  readonly named: boolean;
  readonly secretPlaceholder: string;
  readonly onChange: (form: AccountForm) => void;
}

/** The fields of one account, as the table of its provider has them. */
export function AccountFields({ form, errors, named, secretPlaceholder, onChange }: AccountFieldsProps) {
  const { about, fields, credentials, folded } = PROVIDER_TABLE[form.provider];
  const credential = credentialOf(form);
  const field = (spec: AccountField) => (
    <TextInput
      key={spec.name}
      label={spec.label}
      {...(spec.placeholder === undefined ? {} : { placeholder: spec.placeholder })}
      {...(spec.description === undefined ? {} : { description: spec.description })}
      classNames={{ input: 'mono' }}
      autoComplete="off"
      spellCheck={false}
      value={form.values[spec.name] ?? ''}
      onChange={(event) =>
        onChange({ ...form, values: { ...form.values, [spec.name]: event.currentTarget.value } })
      }
      error={errors[spec.name]}
    />
  );

  return (
    <>
      {named ? (
        <TextInput
          label="Name"
          description="What it is called on this bench, such as a customer or a site."
          autoComplete="off"
          autoFocus
          maxLength={40}
          value={form.name}
          onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
          error={errors.name}
        />
      ) : null}
      <NativeSelect
        label="Provider"
        description={about}
        data={PROVIDERS.map((name) => ({ value: name, label: providerLabel(name) }))}
        value={form.provider}
        onChange={(event) =>
          onChange(withProvider(form, ProviderNameSchema.parse(event.currentTarget.value)))
        }
      />
      {fields.map(field)}
      {credentials.length < 2 ? null : (
        <div className="field">
          <span className="field-label" id="credential-label">
            Signs in with
          </span>
          <SegmentedControl
            aria-labelledby="credential-label"
            value={credential.name}
            onChange={(name) => onChange({ ...form, credential: name })}
            data={credentials.map(({ name, label }) => ({ value: name, label }))}
          />
        </div>
      )}
      {credential.fields.map(field)}
      <PasswordInput
        label={credential.secretLabel}
        placeholder={secretPlaceholder}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        value={form.secret}
        onChange={(event) => onChange({ ...form, secret: event.currentTarget.value })}
        error={errors.secret}
      />
      {folded.map((spec) => (
        <div key={spec.name}>
          <details className="fold">
            <summary>
              <IconChevronRight size={15} aria-hidden="true" />
              {spec.label}
              <span className="fold-now mono">{form.values[spec.name]}</span>
            </summary>
            <div className="fold-body">{field(spec)}</div>
          </details>
          {errors[spec.name] === undefined ? null : (
            <p className="field-error">{`The ${spec.label.toLowerCase()} is not valid.`}</p>
          )}
        </div>
      ))}
    </>
  );
}
