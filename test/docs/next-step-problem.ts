import { problemOf } from './shown-commands.ts';

/** Commands of others that errors name, by the words that make them what they are. */
const ofOthers: readonly RegExp[] = [
  /^az account (list|show)\b/,
  /^az cloud list\b/,
  /^az feature register --namespace \S+ --name \S+( --subscription \S+)?$/,
  /^az group (create|show) -n /,
  /^az identity list\b/,
  /^az login( --tenant \S+)?$/,
  /^az network (list-usages|nsg list|nsg rule create|vnet list|vnet subnet list) -/,
  /^az provider register --namespace \S+/,
  /^az provider show -n \S+ /,
  /^az resource (delete|show) --ids /,
  /^az role assignment create -/,
  /^az vm (start|extension delete) --ids /,
  /^az vm list\b/,
  /^chmod [0-7u=rwx,go]+ /,
  /^df -h /,
  /^docker context rm /,
  /^export \w+=/,
  /^eval "\$\(ssh-agent\)" && /,
  /^ls -ld? /,
  /^npm install --global azdock$/,
  /^unset \w+$/,
];

/** Where a command line goes on as it was typed: it may be long, or hold a secret. */
const GOES_ON = /^azdock .* …( --debug)?$/;

/**
 * Why a next step is no command that can be pasted; undefined when it is one. Capitals stand for what the user has to choose.
 */
export async function nextStepProblem(line: string): Promise<string | undefined> {
  if (/…|\.\.\.|<[a-z]/.test(line) && !GOES_ON.test(line)) return `not whole: ${line}`;
  const evaluated = /^eval "\$\((azdock [^)]*)\)"$/.exec(line)?.[1];
  if (evaluated !== undefined) return nextStepProblem(evaluated);
  if (/^azdock /.test(line)) return problemOf({ page: 'next step', line });
  return ofOthers.some((one) => one.test(line)) ? undefined : `not known: ${line}`;
}

/** The next steps of an error in words. */
export function stepsInWords(stderr: string): string[] {
  return [...stderr.matchAll(/^ {2}\S[^:\n]*: {3,}(\S.*)$/gm)].map(([, command = '']) => command);
}
