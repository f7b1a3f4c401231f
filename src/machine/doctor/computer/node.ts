import type { Check } from '../check.ts';
import { advice, ok, problem } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** As in package.json, "engines". */
const LEAST = [22, 13] as const;

export const node: Check<ComputerSubject> = {
  id: 'node',
  title: 'Node.js',
  async run({ nodeVersion, context }) {
    const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
    const isNew = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
    if (isNew) return ok(`Node.js ${nodeVersion}, azdock ${context.version}.`);
    return problem(
      `Node.js ${nodeVersion} is too old: azdock needs ${LEAST.join('.')} or newer.`,
      advice('Get a newer one from https://nodejs.org.'),
    );
  },
};
