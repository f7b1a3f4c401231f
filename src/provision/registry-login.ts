import { UsageError } from '../errors/usage-error.ts';
import type { Secret } from '../secret/secret.ts';
import type { RegistryLogin } from './provisioning.ts';

/** Host with optional port and path: `registry.example.com`, `localhost:5000`, `index.docker.io/v1/`. */
const SERVER = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(\/[A-Za-z0-9._/-]*)?$/;

/**
 * A login from `USER` (Docker Hub) or `USER@SERVER`. The server stands behind the last `@`, so that a user name may be a mail
 * address when the server is given.
 *
 * @param flag the one that brought `text`, for errors
 * @throws UsageError when name, server or password cannot be used
 */
export function parseRegistryLogin(text: string, password: Secret, flag = '--registry-login'): RegistryLogin {
  const at = text.lastIndexOf('@');
  const username = at < 0 ? text : text.slice(0, at);
  const server = at < 0 ? undefined : text.slice(at + 1);
  return checkRegistryLogin({ username, server, password }, flag);
}

/** @throws UsageError when name, server or password cannot be used */
export function checkRegistryLogin(login: RegistryLogin, source: string): RegistryLogin {
  const refuse = (why: string): never => {
    throw new UsageError(`${source} cannot be used: ${why}.`, { resource: source });
  };
  if (!/^[^\s\0-\x1f\x7f]+$/.test(login.username))
    refuse('there is no user name, or one with blanks; write USER or USER@SERVER');
  if (login.server !== undefined && !SERVER.test(login.server)) {
    refuse(`"${login.server}" is not a registry; write its host name without https://`);
  }
  const password = login.password.reveal();
  if (password === '') refuse('the password is empty');
  if (/[\0\r\n]/.test(password)) refuse('the password contains a line break');
  return login;
}
