import { closeDialog } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import type { ChipAsk } from './chipQuestions.ts';
import { NicknameDialog } from './NicknameDialog.tsx';
import { NotificationDialog } from './NotificationDialog.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { ResetDialog } from './ResetDialog.tsx';
import { SmdpDialog } from './SmdpDialog.tsx';

/** What is asked before something is changed on an eUICC, by what is to be changed. */
export function ChipDialog({ deviceId, ask }: { deviceId: string; ask: ChipAsk }) {
  const device = useBenchState((state) => state.devices).find((candidate) => candidate.id === deviceId);
  if (device === undefined) return null;
  const { chip } = device;
  if (ask.kind === 'defaultSmdp') return <SmdpDialog device={device} />;
  if (chip === null) return null;
  switch (ask.kind) {
    case 'nickname': {
      const profile = chip.profiles?.find((candidate) => candidate.iccid === ask.iccid);
      return profile === undefined ? null : <NicknameDialog device={device} profile={profile} />;
    }
    case 'showNotification':
      return <NotificationDialog device={device} sequenceNumber={ask.sequenceNumber} onClose={closeDialog} />;
    case 'reset':
      return device.eid === null ? null : <ResetDialog device={device} chip={chip} eid={device.eid.value} />;
    default:
      return <QuestionDialog device={device} chip={chip} ask={ask} />;
  }
}
