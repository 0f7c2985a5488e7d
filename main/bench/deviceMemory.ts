import { join } from 'node:path';
import { z } from 'zod';
import { EID_VIA, ModemIdentitySchema } from '../../contract/device.ts';
import { readJsonFile, writeJsonFile } from '../base/jsonFile.ts';
import type { ModemMemory } from '../modem/modem.ts';
import type { ModemMemoryStore } from './readDevice.ts';

const MemorySchema = z.object({
  identity: ModemIdentitySchema,
  eidVia: z.enum(EID_VIA).nullable(),
  vendor: z.string().max(40).nullable(),
});
const FileSchema = z.array(z.tuple([z.string().max(300), MemorySchema])).max(2_000);

/** Devices remembered; the one seen longest ago makes room. */
const LIMIT = 500;

/** What was learnt of modems, in `devices.json` of the data folder. It only saves commands: losing it loses nothing. */
export function createDeviceMemory(dataDir: string, now: number): ModemMemoryStore {
  const path = join(dataDir, 'devices.json');
  const known = new Map<string, ModemMemory>(readJsonFile(path, FileSchema, [], now).value);
  return {
    get: (hardware) => known.get(hardware),
    put(hardware, memory) {
      if (JSON.stringify(known.get(hardware)) === JSON.stringify(memory)) return;
      known.delete(hardware);
      known.set(hardware, memory);
      const oldest = known.keys().next();
      if (known.size > LIMIT && oldest.done !== true) known.delete(oldest.value);
      writeJsonFile(path, [...known]);
    },
  };
}
