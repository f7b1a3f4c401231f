#!/usr/bin/env node
// Whatever Node is installed reads this file, so that an old one answers with a sentence and not with a syntax error:
// no import statement, no require, nothing newer than dynamic import. The bundle does the rest.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`azdock needs Node 22.13 or newer. This is ${process.versions.node}, at ${process.execPath}.\n`);
  process.exitCode = 1;
} else {
  // V8's compiled code is kept in the user's own cache directory: Node's default lies in the shared temporary directory,
  // where somebody else could put code of theirs.
  const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const base = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME || HOME;
  if (base && process.getBuiltinModule('fs').existsSync(base)) {
    const caches = base === HOME ? `${HOME}/.cache` : base;
    process.getBuiltinModule('module').enableCompileCache(`${caches}/azdock/compiled`);
  }

  // Docker asks its plugins for this before each command: main.js would take ten times as long.
  const isPluginQuestion = process.argv[2] === 'docker-cli-plugin-metadata' && process.argv.length === 3;
  import(isPluginQuestion ? '../dist/plugin-metadata.js' : '../dist/main.js').catch((error) => {
    process.stderr.write(`azdock cannot start: ${error.message}\n`);
    process.exitCode = 1;
  });
}
