import { Checkbox, SegmentedControl } from '@mantine/core';
import { SettingsSchema } from '../../../contract/settings.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Section } from './Section.tsx';

const ThemeSchema = SettingsSchema.shape.theme;

export function AppearanceSection() {
  const settings = useBenchState((state) => state.settings);
  const save = useRequest('settings.set');
  return (
    <Section title="Window" about={<p>How it looks, and whether it hides what names a device.</p>}>
      <div className="form">
        <div className="field">
          <span className="field-label" id="theme-label">
            Theme
          </span>
          <SegmentedControl
            aria-labelledby="theme-label"
            value={settings.theme}
            onChange={(value) => void save.run({ theme: ThemeSchema.parse(value) })}
            data={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </div>
        <Checkbox
          checked={settings.showIdentifiers}
          onChange={(event) => void save.run({ showIdentifiers: event.currentTarget.checked })}
          label="Always show IMEIs in full"
        />
      </div>
      {save.fault === null ? null : <FaultCard fault={save.fault} />}
    </Section>
  );
}
