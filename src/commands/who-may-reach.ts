import { networkInterfaces } from 'node:os';
import type { CliContext } from '../cli/context.ts';
import type { CreateValues } from '../cli/create-flags.ts';
import { isDockerMachine } from '../cli/docker-machine/mode.ts';
import { printable } from '../cli/printable.ts';
import { UsageError } from '../errors/usage-error.ts';

const VARIABLE = 'AZDOCK_AZURE_ALLOW_FROM';

/**
 * Settles who may reach a new machine on Azure: as said, or as it goes without saying, or as the user answers. What is called as
 * docker-machine is open to everybody, as its machines are, and says so; a script has to have said it.
 *
 * @throws UsageError when the answer does not come; what the question can be interrupted by
 */
export async function withReach(values: CreateValues, name: string, context: CliContext): Promise<CreateValues> {
  if (values.driver !== 'azure') return values;
  const settled = (allowFrom: readonly string[]) => ({ ...values, azure: { ...values.azure, allowFrom } });
  const { securityGroup } = values.azure;
  // What holds for all machines gives way to a security group that was named for this one.
  if (securityGroup !== undefined && !isTyped(context.commandLine)) return settled([]);
  const { impliedSources } = await import('../machine/allow-from.ts');
  if (impliedSources(values.azure) !== undefined) return values;
  if (isDockerMachine(context.program)) {
    process.stderr.write(`${printable(context.asTyped(openness(name)))}\n`);
    return settled(['*']);
  }
  return context.interactive ? settled(await ask(name, context)) : values;
}

function isTyped(commandLine: readonly string[]): boolean {
  return commandLine.some((word) => /^--?azure-allow-from(=|$)/.test(word));
}

function openness(name: string): string {
  return (
    `${name} can be reached by everybody at its SSH and Docker ports, as with docker-machine. ` +
    `To close it: --azure-allow-from ADDRESS or ${VARIABLE}, and later azdock allow ${name} ADDRESS`
  );
}

async function ask(name: string, context: CliContext): Promise<readonly string[]> {
  const [{ askLine }, { knownAddresses }, { readSources }] = await Promise.all([
    import('../cli/prompt.ts'),
    import('../cli/known-addresses.ts'),
    import('../machine/allow-from.ts'),
  ]);
  const { talk, environment, signal, progress } = context;
  const interfaces = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const { own, caller } = knownAddresses(environment['SSH_CONNECTION'], interfaces);
  const lines = [
    `Who may reach ${name} at its SSH and Docker ports? Addresses, CIDR blocks or service tags, with commas; * for everybody.`,
    ...own.map((address) => `  This computer has the address ${address}.`),
    ...(caller === undefined ? [] : [`  The SSH connection of this terminal comes from ${caller}.`]),
    ...(own.length > 0 ? [] : ['  Needed is the address that the internet sees of this computer.']),
  ];
  talk.write(`${printable(lines.join('\n'))}\n`);
  const text = own.length > 0 ? `Allow from [${own.join(',')}]:` : 'Allow from:';
  const answer = await askLine({ text, input: process.stdin, output: talk, signal }, async (typed) => {
    const sources = typed === '' ? own : await readSources(typed);
    if (sources.length === 0) throw new UsageError('An address such as 203.0.113.7, or *.');
    return sources;
  });
  if (answer === undefined)
    throw new UsageError(`Nobody has said who may reach ${name}.`, { resource: '--azure-allow-from' });
  progress.info(`To be asked no more:  export ${VARIABLE}='${answer.join(',')}'`);
  return answer;
}
