import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Everything that a module needs before its first line runs, packages and node's own modules by name. */
async function needsOf(module: string): Promise<string[]> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { metafile } = await build({
    entryPoints: [`${root}${module}`],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    absWorkingDir: root,
  });
  const imports = Object.entries(metafile.inputs).flatMap(([file, { imports: found }]) => [
    file,
    ...found.filter(({ external, kind }) => external === true && kind === 'import-statement').map(({ path }) => path),
  ]);
  return [...new Set(imports)].sort();
}

test('reading a record takes little: no cryptography, no packages', async () => {
  assert.deepEqual(await needsOf('src/store/load.ts'), [
    'node:fs',
    'node:path',
    'src/errors/azdock-error.ts',
    'src/errors/machine-not-found-error.ts',
    'src/errors/record-error.ts',
    'src/errors/store-error.ts',
    'src/errors/usage-error.ts',
    'src/store/codec.ts',
    'src/store/file-failure.ts',
    'src/store/giving-up.ts',
    'src/store/go-json.ts',
    'src/store/layout.ts',
    'src/store/load.ts',
    'src/store/migrate.ts',
    'src/store/read-file.ts',
    'src/store/record-shape.ts',
    'src/store/record.ts',
    'src/store/sidecar-codec.ts',
    'src/store/system-commands.ts',
  ]);
});

test('looking at certificates and dialling an engine take no packages', async () => {
  for (const module of ['src/certs/inspect.ts', 'src/engine/dial.ts', 'src/engine/version.ts', 'src/store/names.ts']) {
    const packages = (await needsOf(module)).filter((name) => !name.startsWith('src/') && !name.startsWith('node:'));
    assert.deepEqual(packages, [], module);
  }
});
