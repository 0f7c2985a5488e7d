import { parseSync } from 'vite';

/**
 * One import of a module, of whichever form. `specifier`: `null` where it is computed. `typeOnly`: all of it goes when
 * compiled, which `import { type A }` does not: it stays as an import for its side effects.
 * @typedef {{specifier: string | null, typeOnly: boolean, line: number}} Import
 */

/** @typedef {{type: string, start: number} & Record<string, unknown>} Node */

/** @param {unknown} value @returns {value is Node} */
const isNode = (value) =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

/** The text of a string or of a template without holes, else `null`. @param {unknown} node */
function textOf(node) {
  if (!isNode(node)) return null;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral') return null;
  const [only, ...more] = /** @type {{value: {cooked: string}}[]} */ (node.quasis);
  return more.length === 0 ? (only?.value.cooked ?? null) : null;
}

/**
 * What a node imports; `undefined`: nothing.
 * @type {Record<string, (node: Node) => {specifier: string | null, typeOnly: boolean} | undefined>}
 */
const IMPORTING = {
  ImportDeclaration: (node) => ({
    specifier: textOf(node.source),
    typeOnly: node.importKind === 'type',
  }),
  ExportAllDeclaration: (node) => ({
    specifier: textOf(node.source),
    typeOnly: node.exportKind === 'type',
  }),
  ExportNamedDeclaration: (node) =>
    node.source ? { specifier: textOf(node.source), typeOnly: node.exportKind === 'type' } : undefined,
  ImportExpression: (node) => ({ specifier: textOf(node.source), typeOnly: false }),
  TSImportType: (node) => ({ specifier: textOf(node.source), typeOnly: true }),
  TSExternalModuleReference: (node) => ({ specifier: textOf(node.expression), typeOnly: false }),
  CallExpression: (node) => {
    const callee = node.callee;
    if (!isNode(callee) || callee.type !== 'Identifier' || callee.name !== 'require') return undefined;
    return { specifier: textOf(/** @type {unknown[]} */ (node.arguments)[0]), typeOnly: false };
  },
};

/**
 * Every import of a module: declarations, re-exports, `import()`, `require()`, import types.
 * @param {string} file for the language (.ts, .tsx …) and messages
 * @param {string} source
 * @returns {Import[]}
 * @throws where it cannot be parsed
 */
export function importsOf(file, source) {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  /** @type {Import[]} */
  const found = [];
  /** @param {unknown} value */
  const visit = (value) => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      const imported = IMPORTING[value.type]?.(value);
      if (imported) found.push({ ...imported, line: source.slice(0, value.start).split('\n').length });
      Object.values(value).forEach(visit);
    }
  };
  visit(program);
  return found;
}
