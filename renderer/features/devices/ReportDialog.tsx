import { Button } from '@mantine/core';
import { useState } from 'react';
import { closeDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { SavedNote } from '../../ui/SavedNote.tsx';
import { ActivityRow } from './ActivityRow.tsx';
import { deviceName } from './deviceWords.ts';

/** Says what a compatibility report is and what is not in it, makes it, and says where it was saved. */
export function ReportDialog({ deviceId }: { deviceId: string }) {
  const device = useBenchState((state) => state.devices).find((candidate) => candidate.id === deviceId);
  const save = useRequest('devices.saveReport');
  const [saved, setSaved] = useState<string | null>(null);
  if (device === undefined) return null;

  const make = async () => {
    const result = await save.run({ deviceId });
    const path = result.ok ? result.value.path : null;
    setSaved(path);
    if (path !== null) announce(`Report saved as ${path}`);
  };

  return (
    <Dialog onClose={closeDialog} title="Save compatibility report" size={560}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (saved === null) void make();
          else closeDialog();
        }}
      >
        <div className="dialog-sentences">
          <p>
            Tries what {deviceName(device)} can do: which commands answer, which ways to the eUICC work, and
            how long each takes. Nothing is changed on the modem or the eUICC.
          </p>
          <p>
            Identifiers are masked in the file: EID, ICCID, IMEI and telephone numbers. Attach it to a report
            about this modem.
          </p>
        </div>
        {device.activity?.kind === 'report' ? (
          <ActivityRow device={device} activity={device.activity} />
        ) : null}
        <SavedNote path={saved} />
        {save.fault === null ? null : (
          <FaultCard
            fault={save.fault}
            kept={null}
            tone={save.fault.code === 'cancelled' ? 'wait' : 'failed'}
          />
        )}
        <div className="dialog-actions">
          {saved === null ? (
            <>
              <Button variant="subtle" onClick={closeDialog}>
                Close
              </Button>
              <PrimaryButton
                focused
                pending={save.pending}
                disabled={device.phase !== 'ready' && device.phase !== 'failed'}
              >
                Make report
              </PrimaryButton>
            </>
          ) : (
            <PrimaryButton>Done</PrimaryButton>
          )}
        </div>
      </form>
    </Dialog>
  );
}
