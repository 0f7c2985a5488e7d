import { Button } from '@mantine/core';
import { openDialog } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { counted } from '../../format/words.ts';
import { CablePicture } from '../../ui/BenchPicture.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** What to plug in, and why a port may not show. */
export function NoDevices() {
  const ports = useBenchState((state) => state.ports);
  const platform = useBenchState((state) => state.app.platform);
  const rescan = useRequest('ports.rescan');
  return (
    <EmptyState
      picture={<CablePicture />}
      title="Plug a device in"
      whole
      actions={
        <>
          <Button variant="default" loading={rescan.pending} onClick={() => void rescan.run(null)}>
            Look again
          </Button>
          <Button variant="default" onClick={() => openDialog({ kind: 'addPort' })}>
            Add a port by its path
          </Button>
        </>
      }
    >
      <p>
        A modem with an eUICC, or an eUICC in a modem, on a USB cable. It shows here within two seconds and
        its EID is read.
      </p>
      <p className="empty-note">
        {ports.list.length === 0
          ? 'This computer has no serial port at the moment.'
          : `This computer has ${counted(ports.list.length, 'serial port')}; one that is not on USB has to be added by its path.`}{' '}
        {WHY_NOT[platform] ?? WHY_NOT.other}
      </p>
    </EmptyState>
  );
}

const WHY_NOT: Readonly<Record<string, string>> & { readonly other: string } = {
  linux:
    'If a device is plugged in and does not show: it may be in MBIM or QMI mode without a serial port, or need the option driver.',
  win32: 'If a device is plugged in and does not show: see the Device Manager; its driver may be missing.',
  darwin: 'If a device is plugged in and does not show: macOS may have no driver for its serial port.',
  other: 'If a device is plugged in and does not show: its driver may be missing.',
};
