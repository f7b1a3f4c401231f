import { problemOf } from '../../docs/shown-commands.ts';

/** Commands of others that errors name: the words that make them what they are. */
const ofOthers =
  /^(az (login|feature register|provider register|network nsg rule create|role assignment create|cloud list)|df -h|ls -ld?) ?/;

/** The one step that is not whole: a command line may hold a secret, and a bug is no reason to repeat it. */
const ofBugs = /^azdock [a-z -]+ … --debug$/;

/** Why a next step is no command that can be pasted; undefined when it is one. Capitals stand for what the user has to choose. */
export async function nextStepProblem(line: string): Promise<string | undefined> {
  if (ofBugs.test(line)) return undefined;
  if (/…|\.\.\.|<[a-z]/.test(line)) return `not whole: ${line}`;
  if (/^azdock /.test(line)) return problemOf({ page: 'next step', line });
  return ofOthers.test(line) ? undefined : `not known: ${line}`;
}

/** The next steps of an error in words. */
export function stepsInWords(stderr: string): string[] {
  return [...stderr.matchAll(/^ {2}\S[^:\n]*: {3,}(\S.*)$/gm)].map(([, command = '']) => command);
}
