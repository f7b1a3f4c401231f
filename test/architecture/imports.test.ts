import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { test } from 'node:test';

/** One import statement: who, whom, and whether only types are taken. */
interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const LEAVES = ['errors', 'secret', 'wait', 'steps'];

/** The table of docs/architecture.md. `types` may be imported with `import type` only. */
const TABLE: Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }> = {
  commands: { values: ['cli', 'machine', 'shell', ...LEAVES] },
  'commands/sandbox': { values: ['cli', 'machine', 'shell', 'sandbox', ...LEAVES] },
  cli: { values: LEAVES, types: ['machine'] },
  machine: { values: ['drivers', 'provision', 'certs', 'ssh', 'engine', 'store', ...LEAVES] },
  drivers: { values: ['ssh', ...LEAVES], types: ['provision', 'certs', 'store'] },
  provision: { values: ['ssh', ...LEAVES], types: ['engine'] },
  certs: { values: LEAVES, types: ['ssh', 'engine', 'store', 'shell', 'drivers'] },
  ssh: { values: LEAVES, types: ['certs', 'engine', 'store', 'shell', 'drivers'] },
  engine: { values: LEAVES, types: ['certs', 'ssh', 'store', 'shell', 'drivers'] },
  store: { values: LEAVES, types: ['certs', 'ssh', 'engine', 'shell', 'drivers'] },
  shell: { values: LEAVES, types: ['certs', 'ssh', 'engine', 'store', 'drivers'] },
  sandbox: { values: [] },
  errors: { values: [], types: LEAVES },
  secret: { values: [], types: LEAVES },
  wait: { values: [], types: LEAVES },
  steps: { values: [], types: LEAVES },
};

const STATEMENT =
  /\b(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;()]*?\bfrom\s*)?['"](\.{1,2}\/[^'"]+)['"]|import\(\s*['"](\.{1,2}\/[^'"]+)['"]\s*\)(\.\w+)?/g;

/** Reads every relative import of a source text, static and dynamic. */
export function readImports(file: string, text: string): Import[] {
  return [...text.matchAll(STATEMENT)].map((match) => {
    const target = match[2] ?? match[3] ?? '';
    const names = /\{([^}]*)\}/.exec(match[0])?.[1];
    const onlyTypeNames = names?.split(',').every((name) => /^\s*(type\s|$)/.test(name));
    return {
      from: file,
      to: relative('.', join(dirname(file), target))
        .split(sep)
        .join('/'),
      typeOnly:
        match[1] !== undefined || match[4] !== undefined || (onlyTypeNames === true && !match[0].startsWith('import(')),
    };
  });
}

/** What the table says against an import, or undefined when it is allowed. */
export function judge({ from, to, typeOnly }: Import): string | undefined {
  const source = from.split('/').slice(1);
  const target = to.split('/').slice(1);
  const folder = source[0] ?? '';
  const goal = target[0] ?? '';
  if (!to.startsWith('src/')) return `${from} imports ${to}, outside src`;
  if (folder === goal) {
    const crossDriver = folder === 'drivers' && source.length > 2 && target.length > 2 && source[1] !== target[1];
    return crossDriver ? `${from} imports another driver, ${to}` : undefined;
  }
  const rule = TABLE[folder === 'commands' && source[1] === 'sandbox' ? 'commands/sandbox' : folder];
  if (rule === undefined) return `${from} lies in a folder that the table does not know`;
  if (rule.values.includes(goal)) return undefined;
  if (typeOnly && rule.types?.includes(goal)) return undefined;
  return `${from} imports ${to}, which the table does not allow`;
}

test('every import in src is one that the table of docs/architecture.md allows', () => {
  const files = globSync('src/**/*.ts').map((file) => file.split(sep).join('/'));
  assert.ok(files.length > 30, 'the sources were found');
  const imports = files.flatMap((file) => readImports(file, readFileSync(file, 'utf8')));
  assert.ok(imports.length > 50, 'imports were read');
  assert.deepEqual(
    imports.map(judge).filter((complaint) => complaint !== undefined),
    [],
  );
});

test('the reader of imports sees static, type-only, re-exported and dynamic ones', () => {
  const text = [
    "import { a } from '../store/a.ts';",
    "import type { B } from '../store/b.ts';",
    "import { type C, type D } from '../store/c.ts';",
    "export { e } from '../ssh/e.ts';",
    "import '../ssh/f.ts';",
    "const g = await import('../ssh/g.ts');",
    "type H = import('../ssh/h.ts').H;",
    'import {\n  many,\n  lines,\n} from "../engine/i.ts";',
  ].join('\n');
  const seen = readImports('src/machine/x.ts', text);
  assert.deepEqual(
    seen.map(({ to, typeOnly }) => `${to}${typeOnly ? ' type' : ''}`),
    [
      'src/store/a.ts',
      'src/store/b.ts type',
      'src/store/c.ts type',
      'src/ssh/e.ts',
      'src/ssh/f.ts',
      'src/ssh/g.ts',
      'src/ssh/h.ts type',
      'src/engine/i.ts',
    ],
  );
});

test('the judge refuses what the table forbids', () => {
  const value = (from: string, to: string) => judge({ from, to, typeOnly: false });
  assert.match(value('src/commands/x.ts', 'src/store/y.ts') ?? '', /does not allow/);
  assert.match(value('src/cli/x.ts', 'src/machine/y.ts') ?? '', /does not allow/);
  assert.match(value('src/drivers/azure/x.ts', 'src/drivers/generic/y.ts') ?? '', /another driver/);
  assert.match(value('src/sandbox/x.ts', 'src/errors/y.ts') ?? '', /does not allow/);
  assert.match(value('src/machine/x.ts', 'src/sandbox/y.ts') ?? '', /does not allow/);
  assert.match(value('src/machine/x.ts', 'test/y.ts') ?? '', /outside src/);
  assert.equal(judge({ from: 'src/cli/x.ts', to: 'src/machine/y.ts', typeOnly: true }), undefined);
  assert.equal(value('src/commands/sandbox/up.ts', 'src/sandbox/client.ts'), undefined);
});
