import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BaudRateSchema, DEFAULT_BAUD_RATE, PortPathSchema } from '../../contract/port.ts';
import { defaultDataDir } from '../base/dataDir.ts';

export interface AppOptions {
  readonly mode: 'real' | 'demo';
  /** In the demo: walk through the main job without anybody clicking, then end. */
  readonly auto: boolean;
  readonly dataDir: string;
  /** Where the walk leaves its screenshots and the QR. */
  readonly out: string | null;
  /** Ports to add at the start, by path. */
  readonly ports: readonly string[];
  readonly baudRate: number;
}

/**
 * The app's own arguments. Chromium's and Electron's stand among them, so what is not ours is passed over, and a value that
 * makes no sense is as if it were not given.
 */
export function parseAppArguments(argv: readonly string[], cwd: string): AppOptions {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean' },
      auto: { type: 'boolean' },
      'data-dir': { type: 'string' },
      out: { type: 'string' },
      port: { type: 'string', multiple: true },
      baud: { type: 'string' },
    },
  });
  const mode = values.demo === true ? 'demo' : 'real';
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const dataDir = text(values['data-dir']);
  const out = text(values.out);
  const baudRate = BaudRateSchema.safeParse(Number(text(values.baud) ?? Number.NaN));
  const ports = Array.isArray(values.port) ? values.port : [];
  return {
    mode,
    auto: mode === 'demo' && values.auto === true,
    dataDir: dataDir === null ? defaultDataDir(mode) : resolve(cwd, dataDir),
    out: out === null ? null : resolve(cwd, out),
    ports: ports.flatMap((port) => {
      const parsed = PortPathSchema.safeParse(port);
      return parsed.success ? [parsed.data] : [];
    }),
    baudRate: baudRate.success ? baudRate.data : DEFAULT_BAUD_RATE,
  };
}
