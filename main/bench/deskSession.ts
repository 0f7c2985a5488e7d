import { ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Clock } from '../base/clock.ts';
import type { Identified } from '../modem/modem.ts';
import { awaitRestart } from './awaitRestart.ts';
import type { Entry } from './deviceEntry.ts';
import type { DeviceSession } from './deviceSession.ts';
import type { FoundAtPort } from './findAtPort.ts';
import type { ModemTools } from './modemTools.ts';

/** What a session needs of the desk, for one device. */
export interface SessionHost {
  readonly tools: ModemTools;
  readonly clock: Clock;
  /** Looks for the modem on the ports that the device has now. */
  find(signal: AbortSignal): Promise<Result<FoundAtPort>>;
  /** An open dialogue becomes the device's. */
  opened(found: FoundAtPort): void;
  /** The modem was asked anew. */
  identified(again: Identified): void;
}

interface Open {
  readonly dialogue: AtDialogue;
  readonly identified: Identified;
}

/** A session on a device of the desk; `open` is what it begins with. */
export function deskSession(
  host: SessionHost,
  entry: Pick<Entry, 'dialogue' | 'identified'>,
  open: Open,
  signal: AbortSignal,
  step: (text: string) => void,
): DeviceSession {
  const { tools, clock } = host;
  let last = open;
  /** The last that was open, where the port is gone for the moment. */
  const current = (): Open => {
    const { dialogue, identified } = entry;
    if (dialogue !== null && identified !== null) last = { dialogue, identified };
    return last;
  };
  const identifyAgain = async (): Promise<Result<null>> => {
    const { dialogue, identified } = current();
    const again = await tools.identify(dialogue, { signal, memory: identified.memory });
    if (!again.ok) return again;
    host.identified({ ...again.value, memory: identified.memory });
    return ok(null);
  };
  return {
    tools,
    clock,
    signal,
    step,
    get dialogue() {
      return current().dialogue;
    },
    get identified() {
      return current().identified;
    },
    identifyAgain,
    comeBack: () =>
      awaitRestart(current().dialogue, {
        clock,
        signal,
        find: () => host.find(signal),
        opened: host.opened,
        identifyAgain,
      }),
  };
}
