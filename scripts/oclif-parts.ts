import type { UnusedParts } from './unused-parts.ts';

/**
 * azdock's commands render errors, help and progress themselves and give oclif a ready-made configuration. Its plugin discovery,
 * templates, spinners and terminal probing would only cost start-up time.
 */
export const unusedOclif: UnusedParts = {
  of: /[/\\]@oclif[/\\]core[/\\]/,
  modules: [
    { path: /core\/package\.json$/, contents: "exports.version = '5';" },
    // Importing it asks the terminal for its size.
    { path: /\/lib\/screen\.js$/, contents: 'exports.stdtermwidth = exports.errtermwidth = 80;' },
    {
      path: /\/ux\/index\.js$/,
      contents:
        "exports.ux = { action: {}, colorize: (_, text) => text, colorizeJson: unused('colorizeJson'), stdout: unused('ux.stdout'), stderr: unused('ux.stderr') };",
    },
    {
      path: /\/ux\/theme\.js$/,
      contents: 'exports.colorize = (_, text) => text; exports.parseTheme = (theme) => theme;',
    },
    {
      path: /\/ux\/list\.js$/,
      contents: "exports.__esModule = true; exports.default = (rows) => rows.map((row) => row.join('  ')).join('\\n');",
    },
    {
      path: /\/lib\/logger\.js$/,
      contents:
        'exports.makeDebug = () => () => {}; exports.getLogger = () => ({ error() {} }); exports.setLogger = () => {};',
    },
    {
      path: /\/lib\/performance\.js$/,
      contents: "exports.OCLIF_MARKER_OWNER = '@oclif/core'; exports.Performance = { mark() {} };",
    },
    { path: /\/help\/index\.js$/, contents: "exports.loadHelpClass = exports.Help = unused('help of @oclif/core');" },
    {
      path: /\/config\/(plugin-loader|plugin|ts-path)\.js$/,
      contents: "exports.default = exports.Plugin = exports.tsPath = unused('plugins of @oclif/core');",
    },
    { path: /\/lib\/module-loader\.js$/, contents: "exports.loadWithData = unused('plugins of @oclif/core');" },
    {
      path: /\/util\/os\.js$/,
      contents: "exports.getShell = exports.getPlatform = exports.getHomeDir = unused('util/os');",
    },
    {
      path: /\/util\/fs\.js$/,
      contents: "exports.dirExists = exports.fileExists = exports.safeReadJson = unused('util/fs');",
    },
    {
      path: /\/errors\/(handle|errors\/pretty-print)\.js$/,
      contents:
        "exports.default = exports.handle = unused('handle of @oclif/core'); exports.applyPrettyPrintOptions = (error) => error;",
    },
    { path: /\/errors\/module-load\.js$/, contents: 'exports.ModuleLoadError = class extends Error {};' },
  ],
  packages: {
    ansis: '',
    'clean-stack': 'module.exports = (stack) => stack;',
    debug: '',
    ejs: '',
    'indent-string': '',
    minimatch: '',
    'node:readline': "exports.createInterface = unused('reading arguments from stdin');",
    'supports-color': '',
    tinyglobby: '',
    wordwrap: '',
    'wrap-ansi': '',
  },
};
