import { describe, expect, it } from 'vitest';
import { layerViolations } from '../../../tools/lib/checkLayers.mjs';
import { ROOMS, refusal, roomOf } from '../../../tools/lib/layers.mjs';
import { folderWith } from './tempFolder.ts';

const why = (file: string, specifier: string | null, typeOnly = false) =>
  refusal(file, { specifier, typeOnly, line: 1 });

describe('what a room may import', () => {
  it.each([
    ['contract/order.ts', 'zod'],
    ['contract/order.ts', './result.ts'],
    ['renderer/main.tsx', '../contract/state.ts'],
    ['renderer/features/a/A.tsx', '../../ui/B.tsx'],
    ['renderer/main.tsx', '@mantine/core'],
    ['main/app/entry.ts', 'electron'],
    ['main/app/entry.ts', 'node:path'],
    ['main/app/entry.ts', '../compose.ts'],
    ['main/app/ipc.ts', '../bench/bench.ts'],
    ['main/cli.ts', './compose.ts'],
    ['main/cli/output.ts', '../orders/ledger.ts'],
    ['main/cli.ts', 'commander'],
    ['main/version.ts', '../package.json'],
    ['main/compose.ts', './demo/demo.ts'],
    ['main/bench/bench.ts', '../orders/ledger.ts'],
    ['main/orders/poller.ts', '../provider/provider.ts'],
    ['main/orders/ledger.ts', 'libsql'],
    ['main/modem/generic.ts', '../at/dialogue.ts'],
    ['main/modem/generic.ts', '../euicc/apduChannel.ts'],
    ['main/at/dialogue.ts', '../serial/byteLink.ts'],
    ['main/vault/keychain.ts', 'keytar'],
    ['main/serial/system.ts', 'serialport'],
    ['main/demo/port.ts', '@serialport/stream'],
    ['main/euicc/tlv.ts', '../base/bytes.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(why(file, specifier)).toBeNull();
  });

  it.each([
    ['contract/order.ts', 'node:path', 'contract may not import node:path'],
    ['contract/order.ts', 'react', 'contract may not import the package react'],
    ['contract/order.ts', '../main/base/clock.ts', 'contract may not import from base'],
    ['renderer/main.tsx', 'node:fs', 'renderer may not import node:fs'],
    ['renderer/main.tsx', 'electron', 'renderer may not import the package electron'],
    ['renderer/main.tsx', '../main/bench/bench.ts', 'renderer may not import from bench'],
    ['renderer/main.tsx', '../../outside.ts', 'which is in no room'],
    ['main/bench/bench.ts', 'electron', 'bench may not import the package electron'],
    ['main/bench/bench.ts', 'electron/main', 'bench may not import the package electron'],
    ['main/bench/bench.ts', '../app/window.ts', 'bench may not import from app'],
    ['main/bench/bench.ts', '../demo/demo.ts', 'bench may not import from demo'],
    ['main/bench/bench.ts', '../../renderer/main.tsx', 'bench may not import from renderer'],
    ['main/app/entry.ts', '../demo/demo.ts', 'app may not import from demo'],
    ['main/cli.ts', './serial/system.ts', 'cli may not import from serial'],
    ['main/orders/ledger.ts', '../bench/bench.ts', 'orders may not import from bench'],
    ['main/provider/twilio.ts', '../orders/ledger.ts', 'provider may not import from orders'],
    ['main/provider/twilio.ts', 'keytar', 'provider may not import the package keytar'],
    ['main/at/dialogue.ts', '../modem/modem.ts', 'at may not import from modem'],
    ['main/euicc/tlv.ts', '../at/dialogue.ts', 'euicc may not import from at'],
    ['main/serial/system.ts', '../at/dialogue.ts', 'serial may not import from at'],
    ['main/demo/demo.ts', '../serial/serial.ts', 'demo may not import from serial'],
    ['main/base/clock.ts', '../at/dialogue.ts', 'base may not import from at'],
    ['main/modem/generic.ts', '@serialport/stream', 'modem may not import the package @serialport/stream'],
    ['main/bench/bench.ts', '../../package.json', 'which is in no room'],
    ['main/stray.ts', './base/clock.ts', 'is in no room'],
  ])('%s may not import %s', (file, specifier, reason) => {
    expect(why(file, specifier)).toContain(reason);
  });

  it('is not decided for a path that is computed: that is refused', () => {
    expect(why('main/bench/bench.ts', null)).toContain('cannot be checked');
  });

  it('may be types alone', () => {
    expect(why('main/bench/bench.ts', '../at/dialogue.ts', true)).toBeNull();
    expect(why('main/bench/bench.ts', '../at/dialogue.ts', false)).toContain('types alone from at');
    expect(why('main/bench/bench.ts', 'electron', true)).not.toBeNull();
  });
});

describe('the table of rooms', () => {
  it('names rooms that exist', () => {
    const names = ROOMS.map(({ name }) => name);
    const mentioned = ROOMS.flatMap(({ rooms, types = [] }) => [...rooms, ...types]);
    expect(mentioned.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has no circle: what a room imports never imports it', () => {
    const reach = (name: string): string[] =>
      (ROOMS.find((room) => room.name === name)?.rooms ?? []).flatMap((next) => [next, ...reach(next)]);
    expect(ROOMS.filter(({ name }) => reach(name).includes(name))).toEqual([]);
  });

  it('puts a file that is a room of its own before the folder around it', () => {
    expect(roomOf('main/compose.ts')?.name).toBe('compose');
    expect(roomOf('main/cli.ts')?.name).toBe('cli');
    expect(roomOf('main/cli/output.ts')?.name).toBe('cli');
    expect(roomOf('test/unit/a.test.ts')).toBeUndefined();
  });
});

describe('the check over a tree', () => {
  it('tells each refused import with file and line, and no other', () => {
    const root = folderWith({
      'contract/a.ts': "import { z } from 'zod';\nimport { readFileSync } from 'node:fs';\n",
      'main/app/entry.ts': "import { app } from 'electron';\n",
      'main/bench/b.ts': "import type { A } from '../../contract/a.ts';\nexport { app } from 'electron';\n",
      'renderer/C.tsx': "import '../main/bench/b.ts';\nimport './C.css';\n",
      'renderer/C.css': 'a { color: red }',
      'renderer/css.d.ts': "declare module '*.css';\n",
    });
    expect(layerViolations(root)).toEqual([
      'contract/a.ts:2: contract may not import node:fs',
      'main/bench/b.ts:2: bench may not import the package electron',
      'renderer/C.tsx:1: renderer may not import from bench (../main/bench/b.ts)',
    ]);
  });
});
