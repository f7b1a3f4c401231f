import { clientFiles } from '../../client-files.ts';
import { readDockerContext, readDockerContextFiles } from '../../docker-context-files.ts';
import { contextDirectories } from '../../docker-context-sync.ts';
import { machineUrl } from '../../machine-url.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { command, type Finding, ok, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Whether the docker contexts of the machine lead to where it is, with its certificates. */
export const dockerContext: Check<MachineSubject> = {
  id: 'docker-context',
  title: 'docker context',
  async run(subject) {
    const { name, context, dockerConfig } = subject;
    const places = new Set([dockerConfig, ...contextDirectories(context.storePath, name)]);
    const found = (await Promise.all([...places].map((place) => judge(subject, place)))).flat();
    return found.find(({ verdict }) => verdict === 'warning') ?? found[0] ?? ok('It has none.');
  },
};

async function judge(subject: MachineSubject, configDirectory: string): Promise<readonly Finding[]> {
  const { name, stored, context } = subject;
  const found = await readDockerContext(configDirectory, name);
  if (found === undefined) return [];
  if (found.owner?.machine !== name || found.owner.store !== context.storePath)
    return [ok(`The docker context ${name} in ${configDirectory} is somebody else's.`)];
  const fix = command(`azdock context ${name}`);
  const url = machineUrl(stored, await subject.host(), context);
  if (found.host !== url)
    return [
      warning(`The docker context in ${configDirectory} leads to ${found.host}, and the machine is at ${url}.`, fix),
    ];
  if (!hasTunnel(stored)) {
    const own = clientFiles(context.storePath, stored.record).read();
    const its = await readDockerContextFiles(configDirectory, name);
    const isSame = its?.ca === own.ca && its.cert === own.cert && its.key.reveal() === own.key.reveal();
    if (!isSame)
      return [warning(`The docker context in ${configDirectory} has other certificates than the machine.`, fix)];
  }
  return [ok(`It leads to ${url}.`)];
}
