import { option } from '@oclif/core/args';
import { SCRIPT_SHELLS } from '../shell/scripts/script-shell.ts';

/** The one shell that a script is printed for. */
export function shellArgument() {
  return option({ options: SCRIPT_SHELLS })({
    required: true,
    ignoreStdin: true,
    description: SCRIPT_SHELLS.join(', '),
  });
}
