import { ConnectionError } from '../../errors/connection-error.ts';
import { LoginError } from '../../errors/login-error.ts';
import { WAY_THERE } from './next-steps.ts';
import type { Tried } from './login.ts';

/** Names of the ways as people say them. */
const words: Readonly<Record<string, string>> = {
  'client-secret': 'environment',
  'workload-identity': 'workload identity',
  'github-oidc': 'GitHub OIDC',
  'managed-identity': 'managed identity',
  'device-code': 'device code',
  default: 'AZURE_TOKEN_CREDENTIALS',
};

/**
 * No way in, or the chosen one failed: what was looked at, why each was no use, and what to do.
 * @param facts `newMachine` is the name of the one that is being made, which can be made in other ways
 */
export function loginError(facts: {
  newMachine: string | undefined;
  tried: readonly Tried[];
  cause?: unknown;
}): LoginError {
  const { newMachine } = facts;
  const list = facts.tried.map(({ way, why }) => `${words[way] ?? way} (${why.replace(/\.$/, '')})`).join(', ');
  const what = facts.cause === undefined ? 'No Azure login was found' : 'The Azure login does not work';
  return new LoginError(`${what}. Tried: ${list}.`, {
    cause: facts.cause,
    nextSteps: [
      { label: 'Sign in', command: 'az login' },
      ...(newMachine === undefined
        ? [{ label: 'Look at the login', command: 'azdock doctor' }]
        : [
            { label: 'With a browser elsewhere', command: `azdock create ${newMachine} --azure-login device-code` },
            { label: 'No account?', command: `azdock create ${newMachine} --azure-environment sandbox` },
          ]),
    ],
  });
}

/** Nobody has refused the login: its service did not answer. */
export function unreachableLogin({ host, why }: { host: string; why: string }, cause: unknown): ConnectionError {
  return new ConnectionError(`Azure cannot be reached to log in: ${host}: ${why}`, {
    cause,
    resource: host,
    nextSteps: [WAY_THERE],
  });
}
