import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { summariesOf } from '../src/cli/completion/verbs.ts';
import { commands } from '../src/commands/table.ts';
import { unusedDockerode } from './dockerode-parts.ts';
import { unusedOclif } from './oclif-parts.ts';
import { withoutUnused } from './unused-parts.ts';

/** Bundles azdock into `dist/` of the checkout, or of the folder given as argument. */
const root = fileURLToPath(new URL('..', import.meta.url));
const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/commands/main.ts', 'plugin-metadata': 'src/cli/plugin/metadata.ts' },
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  // Names are kept: they cost no measurable time, and a stack in a bug report can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  // Native parts of ssh2, which does without them where they are missing.
  external: ['cpu-features', '*.node'],
  legalComments: 'linked',
  logLevel: 'warning',
  define: {
    AZDOCK_VERSION: JSON.stringify(version),
    // A text, since esbuild would have every chunk load an object.
    AZDOCK_SUMMARIES: JSON.stringify(JSON.stringify(await summariesOf(commands))),
  },
  // What a bundled CommonJS package requires of Node at run time.
  banner: {
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__dirname=import.meta.dirname,__filename=import.meta.filename;",
  },
  plugins: [withoutUnused(unusedOclif), withoutUnused(unusedDockerode)],
}).catch(() => process.exit(1));

// Written aside and moved into place, so that whoever runs azdock meanwhile meets the old bundle or the new one.
const dist = join(resolve(process.argv[2] ?? root), 'dist');
const fresh = `${dist}.${process.pid}`;
const old = `${fresh}.old`;
mkdirSync(fresh);
for (const { path, contents } of outputFiles) writeFileSync(join(fresh, basename(path)), contents);
try {
  renameSync(dist, old);
} catch {
  // There was none.
}
renameSync(fresh, dist);
rmSync(old, { recursive: true, force: true });
