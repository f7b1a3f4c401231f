import type { Plugin } from 'esbuild';

/**
 * Parts of @oclif/core that azdock's commands never reach, each with the smallest thing that keeps the rest working.
 * azdock renders errors, help and progress itself and gives oclif a ready-made configuration, so its plugin discovery,
 * templates, spinners and terminal probing would only cost start-up time. What is called all the same throws by name.
 */
const PARTS: readonly { readonly path: RegExp; readonly contents: string }[] = [
  // Importing these asks the terminal for its size and makes stream objects.
  { path: /\/screen\.js$/, contents: 'exports.stdtermwidth = 80; exports.errtermwidth = 80;' },
  {
    path: /\/ux\/index\.js$/,
    contents:
      "const { unused } = require('azdock:unused'); exports.ux = { action: {}, colorize: (_, text) => text, colorizeJson: unused('ux.colorizeJson'), stdout: unused('ux.stdout'), stderr: unused('ux.stderr') };",
  },
  {
    path: /\/ux\/theme\.js$/,
    contents: 'exports.colorize = (_, text) => text; exports.parseTheme = (theme) => theme;',
  },
  {
    path: /\/ux\/list\.js$/,
    contents: "exports.default = (rows) => rows.map((row) => row.filter(Boolean).join('  ')).join('\\n');",
  },
  {
    path: /\/logger\.js$/,
    contents:
      'exports.makeDebug = () => () => {}; exports.getLogger = () => ({ error() {} }); exports.setLogger = () => {};',
  },
  {
    path: /\/performance\.js$/,
    contents: "exports.OCLIF_MARKER_OWNER = '@oclif/core'; exports.Performance = { mark() {} };",
  },
  {
    path: /\/help\/index\.js$/,
    contents:
      "const { unused } = require('azdock:unused'); exports.loadHelpClass = unused('loadHelpClass'); exports.Help = unused('Help');",
  },
  {
    path: /\/config\/(plugin-loader|plugin|ts-path)\.js$/,
    contents:
      "const { unused } = require('azdock:unused'); exports.default = exports.Plugin = exports.tsPath = unused('plugins');",
  },
  {
    path: /\/module-loader\.js$/,
    contents: "exports.loadWithData = require('azdock:unused').unused('module-loader');",
  },
  {
    path: /\/util\/os\.js$/,
    contents:
      "const { unused } = require('azdock:unused'); exports.getShell = exports.getPlatform = exports.getHomeDir = unused('util/os');",
  },
  {
    path: /\/errors\/(handle|errors\/pretty-print)\.js$/,
    contents:
      "const { unused } = require('azdock:unused'); exports.default = exports.handle = unused('handle'); exports.applyPrettyPrintOptions = (error) => error;",
  },
  { path: /\/errors\/errors\/module-load\.js$/, contents: 'exports.ModuleLoadError = class extends Error {};' },
];

/** Packages that only the parts above use. */
const PACKAGES = /^(ansis|clean-stack|debug|ejs|indent-string|minimatch|supports-color|tinyglobby|wordwrap|wrap-ansi)$/;

const CORE = /[/\\]@oclif[/\\]core[/\\]lib[/\\]/;

/** Leaves out of the bundle what azdock does not use of @oclif/core. Fails the build when oclif no longer has such a part. */
export function withoutUnusedOclif(): Plugin {
  return {
    name: 'without-unused-oclif',
    setup(build) {
      const met = new Set<RegExp>();
      build.onResolve({ filter: /^azdock:unused$/ }, () => ({ path: 'unused', namespace: 'azdock' }));
      build.onLoad({ filter: /^unused$/, namespace: 'azdock' }, () => ({
        contents:
          "exports.unused = (name) => function () { throw new Error('azdock is built without ' + name + ' of @oclif/core'); };",
      }));
      build.onResolve({ filter: PACKAGES }, ({ path, importer }) =>
        CORE.test(importer) ? { path, namespace: 'oclif-package' } : undefined,
      );
      build.onResolve({ filter: /^node:readline$/ }, ({ path, importer }) =>
        CORE.test(importer) ? { path, namespace: 'oclif-package' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'oclif-package' }, ({ path }) => ({
        contents:
          path === 'clean-stack'
            ? 'module.exports = (stack) => stack;'
            : `const { unused } = require('azdock:unused'); module.exports = unused(${JSON.stringify(path)});`,
      }));
      build.onLoad({ filter: CORE }, ({ path }) => {
        const part = PARTS.find((one) => one.path.test(path.slice(path.search(CORE)).replaceAll('\\', '/')));
        if (part === undefined) return undefined;
        met.add(part.path);
        return { contents: part.contents };
      });
      build.onLoad({ filter: /[/\\]@oclif[/\\]core[/\\]package\.json$/ }, () => ({
        contents: '{"version":"5"}',
        loader: 'json',
      }));
      build.onEnd(() => {
        const missing = PARTS.filter(({ path }) => !met.has(path));
        if (missing.length === 0) return undefined;
        return {
          errors: missing.map(({ path }) => ({
            text: `@oclif/core has no ${path.source}: look at scripts/oclif-parts.ts`,
          })),
        };
      });
    },
  };
}
