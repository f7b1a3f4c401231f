import type { Ancestor } from './ancestor.ts';
import { parseShellName, type ShellName } from './shell-name.ts';

/** The nearest shell among the processes above ours, as far as it is one that reads our output. */
export function nearestShell(ancestors: Iterable<Ancestor>): ShellName | undefined {
  let shim: ShellName | undefined;
  for (const ancestor of ancestors) {
    // `npx azdock env` puts a shell between itself and us, which only starts us.
    if (shim !== undefined && !isPackageRunner(ancestor)) return shim;
    shim = undefined;
    const shell = shellOf(ancestor);
    if (shell === undefined) continue;
    if (!startsOnlyUs(ancestor)) return shell;
    shim = shell;
  }
  return shim;
}

/** The shell that a process is. Scripts are told by their interpreter, which stands first among the arguments. */
function shellOf({ name, argv }: Ancestor): ShellName | undefined {
  const [program = name, ...rest] = argv;
  const direct = parseShellName(program);
  if (direct !== undefined) return direct;
  // xonsh is a Python program.
  const script = rest.find((word) => !word.startsWith('-')) ?? '';
  return /(^|[\\/])python[\d.]*(\.exe)?$/.test(program) && parseShellName(script) === 'xonsh' ? 'xonsh' : undefined;
}

function startsOnlyUs({ argv }: Ancestor): boolean {
  const flag = argv.findIndex((word, index) => index > 0 && /^(-c|\/c)$/i.test(word));
  if (flag === -1) return false;
  // npm quotes the program: 'azdock' env dev.
  const line = argv
    .slice(flag + 1)
    .join(' ')
    .replace(/^(-- )?["']*/, '');
  return /^([^\s"']*[\\/])?(azdock|docker-machine)(\.\w+)?(["'\s]|$)/.test(line) && !/[;&|`$()<>]/.test(line);
}

function isPackageRunner({ name, argv }: Ancestor): boolean {
  // npm replaces its arguments by a title such as `npm exec azdock env`.
  const words = [name, ...argv.slice(0, 2)].map((word) => word.split(' ')[0] ?? '');
  return words.some((word) =>
    /(^|[\\/])(npm|npx|pnpm|pnpx|yarn|yarnpkg|bunx?)(-cli)?(\.(js|cjs|mjs|cmd|exe))?$/i.test(word),
  );
}
