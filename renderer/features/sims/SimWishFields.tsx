import type { Order } from '../../../contract/order.ts';
import { FleetField } from './FleetField.tsx';
import { NameField } from './NameField.tsx';
import type { NamePreview } from './namePreview.ts';
import { StatusField } from './StatusField.tsx';
import type { Fleets } from './useFleets.ts';
import type { WishErrors, WishForm } from './wishForm.ts';

interface SimWishFieldsProps {
  readonly form: WishForm;
  readonly onChange: (form: WishForm) => void;
  readonly errors: WishErrors;
  readonly fleets: Fleets;
  /** `Twilio` */
  readonly provider: string;
  /** The order whose Sim it is; null for orders to come. */
  readonly order: Order | null;
  readonly preview: NamePreview;
  /** The field to begin in. */
  readonly begin: 'fleet' | 'name' | null;
}

/** What a Sim is to become: Fleet, status, unique name. */
export function SimWishFields(props: SimWishFieldsProps) {
  const { form, onChange, errors, fleets, provider, order, preview, begin } = props;
  return (
    <>
      <FleetField
        value={form.fleet}
        onChange={(fleet) => onChange({ ...form, fleet })}
        fleets={fleets}
        provider={provider}
        error={errors.fleet}
        focused={begin === 'fleet'}
      />
      <StatusField
        value={form.simStatus}
        onChange={(simStatus) => onChange({ ...form, simStatus })}
        present={order?.sim?.status ?? null}
        error={errors.simStatus}
      />
      <NameField
        value={form.name}
        onChange={(name) => onChange({ ...form, name })}
        order={order}
        preview={preview}
        error={errors.name}
        focused={begin === 'name'}
      />
    </>
  );
}
