import type { Chip } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { ChipSection } from './ChipSection.tsx';
import { missingSentence } from './chipWords.ts';
import { ProfileCard } from './ProfileCard.tsx';

interface ChipProfilesProps {
  readonly device: Device;
  readonly chip: Chip;
  readonly busy: boolean;
}

/** The profiles on the eUICC, as cards, in the order in which it lists them. */
export function ChipProfiles({ device, chip, busy }: ChipProfilesProps) {
  const orders = useBenchState((state) => state.orders);
  const profiles = chip.profiles ?? [];
  return (
    <ChipSection
      title="Profiles on this eUICC"
      aside={chip.profiles === null ? null : <span className="count">{profiles.length}</span>}
      missing={missingSentence(chip, 'profiles')}
    >
      {profiles.length === 0 ? (
        <p className="chip-empty">
          There is no profile on this eUICC. One that is ordered at the provider gets here when the device
          downloads it: by scanning its QR code, or from the default SM-DP+ address.
        </p>
      ) : (
        <ul className="profiles">
          {profiles.map((profile) => (
            <ProfileCard
              key={profile.iccid}
              profile={profile}
              deviceId={device.id}
              order={orders.find((order) => order.iccid === profile.iccid) ?? null}
              busy={busy}
            />
          ))}
        </ul>
      )}
    </ChipSection>
  );
}
