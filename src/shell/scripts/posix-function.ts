import { posixCall } from './call.ts';
import type { Program } from './program.ts';

/** The function of bash and zsh that lets `use` change the shell it is typed in. */
export function posixFunction(program: Program): string {
  const call = posixCall(program);
  return `function ${program.names[0]} {
  if [ "\${1-}" != use ]; then
    ${call} "$@"
    return
  fi
  case " $* " in
    *' --help '* | *' -help '* | *' -h '*) ${call} "$@" ;;
    *)
      local azdock_lines
      shift
      azdock_lines=$(${call} env --shell sh "$@") && eval "$azdock_lines"
      ;;
  esac
}
`;
}
