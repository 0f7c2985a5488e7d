import { ARGV_DOORS } from './argvDoors.ts';
import { AT_DOORS } from './atDoors.ts';
import { CODE_DOORS } from './codeDoors.ts';
import type { AnyDoor } from './door.ts';
import { EUICC_DOORS } from './euiccDoors.ts';
import { FILE_DOORS } from './fileDoors.ts';
import { IPC_DOORS } from './ipcDoors.ts';
import { PROVIDER_DOORS } from './providerDoors.ts';

/** Every way in for something from outside. */
export const DOORS: readonly AnyDoor[] = [
  ...AT_DOORS,
  ...EUICC_DOORS,
  ...PROVIDER_DOORS,
  ...IPC_DOORS,
  ...FILE_DOORS,
  ...CODE_DOORS,
  ...ARGV_DOORS,
];
