import { describe, expect, it } from 'vitest';
import { importsOf } from '../../../tools/lib/imports.mjs';

const one = (specifier: string | null, typeOnly = false) => [{ specifier, typeOnly, line: 1 }];

describe('the imports of a module', () => {
  it.each([
    ["import './a.ts';", one('./a.ts')],
    ["import a from './a.ts';", one('./a.ts')],
    ["import * as a from 'zod';", one('zod')],
    ["import type { A } from './a.ts';", one('./a.ts', true)],
    ["import { type A, b } from './a.ts';", one('./a.ts')],
    ["import { type A } from './a.ts';", one('./a.ts')],
    ["import a = require('./a');", one('./a')],
    ["export * from './a.ts';", one('./a.ts')],
    ["export * as a from './a.ts';", one('./a.ts')],
    ["export { a } from './a.ts';", one('./a.ts')],
    ["export type { A } from './a.ts';", one('./a.ts', true)],
    ["const a = await import('./a.ts');", one('./a.ts')],
    ['const a = await import(`./a.ts`);', one('./a.ts')],
    ['const a = await import(`./a` + name);', one(null)],
    ['const a = await import(path);', one(null)],
    ["const a = require('./a');", one('./a')],
    ["let a: import('./a.ts').A;", one('./a.ts', true)],
    ["let a: typeof import('./a.ts');", one('./a.ts', true)],
    ["// import './a.ts';", []],
    ['const text = "import \'./a.ts\'";', []],
    ['export const a = 1;', []],
    ["const require2 = (a: string) => a; require2('./a');", []],
  ])('%s', (source, imports) => {
    expect(importsOf('x.ts', source)).toEqual(imports);
  });

  it('are found in JSX, with their lines', () => {
    const source =
      "\nimport { B } from './B.tsx';\nexport const A = () => <B lazy={() => import('./C.tsx')} />;\n";
    expect(importsOf('A.tsx', source)).toEqual([
      { specifier: './B.tsx', typeOnly: false, line: 2 },
      { specifier: './C.tsx', typeOnly: false, line: 3 },
    ]);
  });

  it('of what cannot be parsed are an error that names the file', () => {
    expect(() => importsOf('broken.ts', 'import {')).toThrow('broken.ts');
  });
});
