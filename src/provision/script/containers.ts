import { quoteWord } from '../../ssh/command.ts';
import type { ComposeProject, RegistryLogin } from '../provisioning.ts';
import { hereDocument } from './here-document.ts';

/** Where DockerExtension writes it (Azure/azure-docker-extension:op-enable.go). */
export const COMPOSE_FILE = '/etc/docker/compose/docker-compose.yml';

/** The handler's own settings, unless the user's environment says otherwise (Azure/azure-docker-extension:op-enable.go). */
const COMPOSE_DEFAULTS = { COMPOSE_HTTP_TIMEOUT: '600', COMPOSE_PROJECT_NAME: 'compose' };

/** Defines `log_in`. The password comes by standard input, since arguments can be seen by every user of the host. */
export function loginPart(login: RegistryLogin): string {
  const words = ['docker', 'login', `--username=${login.username}`, '--password-stdin'];
  const command = [...words, ...(login.server === undefined ? [] : [login.server])].map(quoteWord).join(' ');
  return [
    'log_in() {',
    `  say ${quoteWord(`logging in to ${login.server ?? 'Docker Hub'}`)}`,
    hereDocument({
      command: `  run ${command}`,
      delimiter: 'AZDOCK_PASSWORD',
      text: login.password.reveal(),
      after: "|| fail 'the registry login failed'",
    }),
    '}',
    '',
  ].join('\n');
}

const COMPOSE_UP = `find_compose() {
  if docker compose version >/dev/null 2>&1; then
    compose='docker compose'
  elif has docker-compose; then
    compose=docker-compose
  else
    return 1
  fi
}

# The package has another name with Docker's repository, with Ubuntu and with Debian.
need_compose() {
  if find_compose; then return 0; fi
  say 'installing docker compose'
  patient_package_managers
  for package in docker-compose-plugin docker-compose-v2 docker-compose; do
    if install_packages "$package" && find_compose; then return 0; fi
  done
  fail 'docker compose is not on this host and cannot be installed'
}

compose_up() {
  need_compose
  say 'starting the compose project'
  # Everybody may read it, as with DockerExtension: what is secret comes by the environment.
  (umask 022 && mkdir -p "$(dirname "$compose_file")" && write_compose_file)
  (
    compose_environment
    # shellcheck disable=SC2086
    run $compose -f "$compose_file" up -d
  ) || fail 'docker compose up failed'
}
`;

/**
 * Defines `compose_up`. The environment is set by the shell's own `export` in a subshell: it never stands in an argument or a file.
 *
 * @param yaml the compose file's text
 */
export function composePart(compose: ComposeProject, yaml: string): string {
  const environment = { ...COMPOSE_DEFAULTS, ...compose.environment, ...compose.secretEnvironment.reveal() };
  return [
    `compose_file=${COMPOSE_FILE}`,
    '',
    'write_compose_file() {',
    hereDocument({ command: `cat > ${COMPOSE_FILE}`, delimiter: 'AZDOCK_COMPOSE', text: yaml }),
    '}',
    '',
    'compose_environment() {',
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${quoteWord(value)}`),
    '}',
    '',
    COMPOSE_UP,
  ].join('\n');
}
