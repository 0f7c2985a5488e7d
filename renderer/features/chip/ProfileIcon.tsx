import { IconDeviceSim } from '@tabler/icons-react';
import type { InstalledProfile } from '../../../contract/chip.ts';

/** The picture that a profile brings; a SIM where it brings none. */
export function ProfileIcon({ icon }: Pick<InstalledProfile, 'icon'>) {
  return (
    <span className="profile-icon" aria-hidden="true">
      {icon === null ? (
        <IconDeviceSim size={24} stroke={1.5} />
      ) : (
        <img src={`data:image/${icon.type};base64,${icon.base64}`} alt="" width={40} height={40} />
      )}
    </span>
  );
}
