import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type InstalledProfile, NicknameSchema } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import { closeDialog } from '../../app/place.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { useCloseWhenBegun } from '../devices/useCloseWhenBegun.ts';
import { profileTitle } from './chipWords.ts';

/** A name of the technician's own for a profile; it is written onto the eUICC. */
export function NicknameDialog({ device, profile }: { device: Device; profile: InstalledProfile }) {
  const change = useRequest('chip.change');
  useCloseWhenBegun(device, 'changeChip', change.pending);
  const [name, setName] = useState(profile.nickname ?? '');
  const nickname = NicknameSchema.safeParse(name);
  const itsOwn = profileTitle({ ...profile, nickname: null });

  const submit = async () => {
    if (!nickname.success) return;
    const result = await change.run({
      deviceId: device.id,
      change: { kind: 'nickname', iccid: profile.iccid, nickname: nickname.data },
    });
    if (result.ok) closeDialog();
  };

  return (
    <Modal opened onClose={closeDialog} title={`Rename “${profileTitle(profile)}”`} size={500}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          data-autofocus
          label="Nickname on this eUICC"
          description={`Empty takes it off; the profile is then called “${itsOwn}”.`}
          placeholder={itsOwn}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          {...(nickname.success ? {} : { error: 'A nickname has at most 64 bytes: about 64 letters.' })}
        />
        {change.fault === null ? null : <FaultCard fault={change.fault} kept={null} />}
        <div className="dialog-actions">
          <Button variant="subtle" onClick={closeDialog}>
            Cancel
          </Button>
          <PrimaryButton
            pending={change.pending}
            disabled={
              !nickname.success || nickname.data === (profile.nickname ?? '') || device.activity !== null
            }
          >
            Rename
          </PrimaryButton>
        </div>
      </form>
    </Modal>
  );
}
