import { ANSWER_DOORS } from './answerDoors.ts';
import { ARGV_DOORS } from './argvDoors.ts';
import { AT_DOORS } from './atDoors.ts';
import { CHIP_DOORS } from './chipDoors.ts';
import { CODE_DOORS } from './codeDoors.ts';
import { DEVICE_FILE_DOORS } from './deviceFileDoors.ts';
import type { AnyDoor } from './door.ts';
import { ES10_DOORS } from './es10Doors.ts';
import { EUICC_DOORS } from './euiccDoors.ts';
import { FILE_DOORS } from './fileDoors.ts';
import { IPC_DOORS } from './ipcDoors.ts';
import { PROVIDER_DOORS } from './providerDoors.ts';
import { SIM_DOORS } from './simDoors.ts';

/** Every way in for something from outside. */
export const DOORS: readonly AnyDoor[] = [
  ...AT_DOORS,
  ...EUICC_DOORS,
  ...PROVIDER_DOORS,
  ...IPC_DOORS,
  ...FILE_DOORS,
  ...CODE_DOORS,
  ...ARGV_DOORS,
  ...ES10_DOORS,
  ...ANSWER_DOORS,
  ...DEVICE_FILE_DOORS,
  ...CHIP_DOORS,
  ...SIM_DOORS,
];
