import { UsageError } from '../errors/usage-error.ts';
import { checkEngine } from './check-engine.ts';
import type { Provisioning } from './provisioning.ts';
import { checkRegistryLogin } from './registry-login.ts';

/** What a POSIX shell and docker compose take as the name of a variable. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Checks everything that the user brought, before anything is made.
 *
 * @throws UsageError naming the flag
 */
export function checkProvisioning(provisioning: Provisioning): void {
  const { engine, compose, login, adminUser } = provisioning;
  checkEngine(engine);
  if (login !== undefined) checkRegistryLogin(login, '--registry-login');
  if (compose !== undefined) {
    checkEnvironment(compose.environment, '--compose-env');
    checkEnvironment(compose.secretEnvironment.reveal(), 'the secret compose environment');
  }
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*\$?$/.test(adminUser)) {
    throw new UsageError(`"${adminUser}" cannot be the name of a user on the host.`, { resource: adminUser });
  }
}

/** Names only are told: values may be secrets. @throws UsageError */
export function checkEnvironment(environment: Readonly<Record<string, string>>, source: string): void {
  for (const [name, value] of Object.entries(environment)) {
    if (!VARIABLE.test(name)) {
      throw new UsageError(`"${name}" in ${source} cannot be the name of an environment variable.`, {
        resource: source,
      });
    }
    if (value.includes('\0')) throw new UsageError(`${name} in ${source} contains NUL.`, { resource: source });
  }
}
