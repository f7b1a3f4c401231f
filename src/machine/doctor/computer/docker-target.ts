import { existsSync } from 'node:fs';
import { machinePaths } from '../../../store/layout.ts';
import { commandLine } from '../../../ssh/command.ts';
import { listDockerContexts } from '../../docker-context-files.ts';
import { currentContext } from '../../docker-current-context.ts';
import type { Check } from '../check.ts';
import { command, ok, warning } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** What the docker command is pointed at, and contexts of machines that are gone. */
export const dockerTarget: Check<ComputerSubject> = {
  id: 'docker-target',
  title: 'docker contexts',
  async run({ context: { environment, storePath }, dockerConfig }) {
    const contexts = await listDockerContexts(dockerConfig);
    const own = contexts.filter(({ owner }) => owner?.store === storePath);
    const lost = own.filter(({ owner }) => !existsSync(machinePaths(storePath, owner?.machine ?? '-').dir));
    const [first] = lost;
    if (first !== undefined)
      return warning(
        `docker has a context ${first.name} for a machine that is gone${lost.length === 1 ? '' : `, and ${lost.length - 1} more`}.`,
        command(commandLine(['docker', 'context', 'rm', '-f', ...lost.map(({ name }) => name)])),
      );
    const current = environment['DOCKER_CONTEXT'] || (await currentContext(dockerConfig));
    const host = environment['DOCKER_HOST'];
    if (host && current !== undefined && current !== 'default')
      return warning(
        `DOCKER_HOST (${host}) stands above the docker context ${current}.`,
        command('eval "$(azdock env --unset)"'),
      );
    const target = host ? `DOCKER_HOST, ${host}` : `context ${current ?? 'default'}`;
    return ok(`docker uses ${target}; ${own.length} of its contexts are machines of this store.`);
  },
};
