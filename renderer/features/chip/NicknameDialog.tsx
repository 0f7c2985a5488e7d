import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type InstalledProfile, NicknameSchema } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import { closeDialog } from '../../app/place.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { profileTitle } from './chipWords.ts';
import { useChipChange } from './useChipChange.ts';

/** A name of the technician's own for a profile; it is written onto the eUICC. */
export function NicknameDialog({ device, profile }: { device: Device; profile: InstalledProfile }) {
  const change = useChipChange(device);
  const [name, setName] = useState(profile.nickname ?? '');
  const nickname = NicknameSchema.safeParse(name);
  const itsOwn = profileTitle({ ...profile, nickname: null });

  const submit = () => {
    if (!nickname.success) return;
    void change.submit({ kind: 'nickname', iccid: profile.iccid, nickname: nickname.data });
  };

  return (
    <FormDialog
      title={`Rename “${profileTitle(profile)}”`}
      size={500}
      onClose={closeDialog}
      onSubmit={submit}
      button="Rename"
      pending={change.pending}
      disabled={!nickname.success || nickname.data === (profile.nickname ?? '') || change.occupied}
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
    </FormDialog>
  );
}
