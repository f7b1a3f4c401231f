import { requireSources } from '../../../drivers/azure/sources.ts';
import { AzdockError } from '../../../errors/azdock-error.ts';
import type { Check } from '../check.ts';
import { advice, command, ok, problem, warning } from '../finding.ts';
import { areLetIn } from '../let-in.ts';
import type { ComputerSubject } from './computer-subject.ts';

const VARIABLE = 'AZDOCK_AZURE_ALLOW_FROM';

/** Whom new machines let in. */
export const allowFrom: Check<ComputerSubject> = {
  id: 'allow-from',
  title: 'Who may reach new machines',
  async run({ context: { environment }, azure: { options }, ownAddresses }) {
    const text = environment[VARIABLE] ?? '';
    const [own] = ownAddresses;
    if (text === '') {
      if (options.environment === 'sandbox') return ok('On the sandbox everybody: that is this computer.');
      const fix =
        own === undefined
          ? advice(`Set ${VARIABLE} to the address that the internet sees of this computer.`)
          : command(`export ${VARIABLE}=${own}`);
      return warning(`${VARIABLE} is not set: create asks on a terminal, and refuses in a script.`, fix);
    }
    const sources = readSources(text);
    if (typeof sources === 'string') return problem(sources, command(`unset ${VARIABLE}`));
    if (sources.includes('*'))
      return warning(
        `${VARIABLE} lets everybody reach new machines at SSH and Docker's port.`,
        own === undefined
          ? advice(`Set ${VARIABLE} to the addresses from which you work.`)
          : command(`export ${VARIABLE}=${own}`),
      );
    const verdict = areLetIn(ownAddresses, sources);
    if (verdict === 'no' && own !== undefined)
      return warning(
        `${VARIABLE} lets in ${text}, and this computer has ${own}.`,
        command(`export ${VARIABLE}=${text},${own}`),
      );
    return ok(`${sources.join(', ')}.`);
  },
};

function readSources(text: string): readonly string[] | string {
  try {
    return requireSources(
      text.split(',').filter((word) => word.trim() !== ''),
      VARIABLE,
    );
  } catch (error) {
    if (error instanceof AzdockError) return error.message;
    throw error;
  }
}
