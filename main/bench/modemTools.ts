import type { Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { PortFinding } from '../at/probePort.ts';
import type {
  ChangeChip,
  Identify,
  ReadChip,
  ReadEid,
  ReadSimLock,
  ReadSlots,
  RefreshSim,
  RetrieveNotification,
  SwitchSlot,
  UnlockSim,
  Verify,
} from '../modem/modem.ts';
import type { ReportOptions } from '../modem/report.ts';
import type { ModemReport, ReportAbout } from '../modem/reportSchema.ts';
import type { ByteLink } from '../serial/byteLink.ts';

/** What the bench asks of a modem; one seam, so that a test can put its own behind it. */
export interface ModemTools {
  openDialogue(link: ByteLink): AtDialogue;
  /** What is behind an open port, within two seconds; `patient`: eight, for a modem that is slow. */
  probePort(
    link: ByteLink,
    options: { readonly speeds: readonly number[]; readonly patient: boolean; readonly signal: AbortSignal },
  ): Promise<Result<PortFinding>>;
  /** Whether something answers AT here. `patient`: it is known to, so that it may take its time. */
  probe(
    dialogue: AtDialogue,
    options: { readonly signal: AbortSignal; readonly patient?: boolean },
  ): Promise<Result<null>>;
  readonly identify: Identify;
  readonly readEid: ReadEid;
  readIccid(dialogue: AtDialogue, options: { readonly signal: AbortSignal }): Promise<Result<string>>;
  readonly readChip: ReadChip;
  readonly changeChip: ChangeChip;
  readonly retrieveNotification: RetrieveNotification;
  readonly refreshSim: RefreshSim;
  readonly readSlots: ReadSlots;
  readonly switchSlot: SwitchSlot;
  readonly readSimLock: ReadSimLock;
  readonly unlockSim: UnlockSim;
  readonly verify: Verify;
  makeReport(dialogue: AtDialogue, about: ReportAbout, options?: ReportOptions): Promise<Result<ModemReport>>;
}
