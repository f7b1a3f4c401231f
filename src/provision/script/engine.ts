import { quoteWord } from '../../ssh/command.ts';
import {
  ENGINE_SOCKET,
  execStartArguments,
  HOST_CERTIFICATE_PATHS,
  SOCKET_OF_DOCKERD,
  SOCKET_OF_SYSTEMD,
} from '../engine-arguments.ts';
import type { EngineConfig, HostCertificates } from '../provisioning.ts';
import { quoteAssignment } from '../systemd-quote.ts';
import { hereDocument } from './here-document.ts';
import { FURTHER_AUTHORITIES } from './join.ts';

/**
 * docker-machine's name for it (docker/machine:libmachine/provision/systemd.go). A drop-in, while DockerExtension edits the package's
 * own unit: an edited unit is undone by the next upgrade of the package.
 */
export const DROP_IN = '/etc/systemd/system/docker.service.d/10-machine.conf';

/** Where docker-machine leaves a key that everybody on the host can read. It stays, since other things may use it, but not for all. */
const DOCKER_MACHINE_KEY = '/etc/docker/server-key.pem';

const CONFIGURE = `certificate_sum() {
  cat ${Object.values(HOST_CERTIFICATE_PATHS).join(' ')} 2>/dev/null | sha256sum
}

# What systemd would start now: program, arguments and environment.
loaded_engine() {
  systemctl show docker.service -p ExecStart -p Environment 2>/dev/null | sed 's/ ; ignore_errors=.*//'
}

configure_engine() {
  say 'configuring the engine'
  restart=no
  # Left behind by a run that was ended after it changed something and before the engine knew.
  [ ! -e "$pending" ] || restart=yes
  : >"$pending"
  (umask 022 && mkdir -p /etc/docker)
  before=$(certificate_sum)
  write_certificates
  [ "$(certificate_sum)" = "$before" ] || restart=yes

  before=$(loaded_engine)
  (
    umask 022
    mkdir -p "$(dirname "$drop_in")"
    print_drop_in >"$drop_in.new"
    mv -f "$drop_in.new" "$drop_in"
  )
  run systemctl daemon-reload
  [ "$(loaded_engine)" = "$before" ] || restart=yes
}

engine_failed() {
  journalctl -u docker.service --no-pager -n 30 >>"$log" 2>&1 || :
  fail "$1"
}

start_engine() {
  run systemctl enable docker.service || fail 'the engine cannot be started at boot'
  if [ "$restart" = yes ]; then
    say 'restarting the engine'
    # An earlier configuration that would not start may have used up the attempts that systemd allows.
    run systemctl reset-failed docker.service || :
    run systemctl restart docker.service || engine_failed 'the engine does not start'
  else
    run systemctl start docker.service || engine_failed 'the engine does not start'
  fi
  seconds=0
  until listening; do
    seconds=$((seconds + 1))
    [ "$seconds" -lt 60 ] || engine_failed "the engine does not listen on \${port:+port }\${port:-$engine_socket}"
    sleep 1
  done
  rm -f "$pending"
}

listening() {
  if [ -z "$port" ]; then
    [ -S "$engine_socket" ]
    return
  fi
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qi "^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$port") [0-9A-F]*:[0-9A-F]* 0A "
}

join_docker_group() {
  run getent group docker || run groupadd --system docker
  if ! run id "$admin_user"; then
    say "there is no user $admin_user to join the group docker"
  elif [ "$(id -u "$admin_user")" -ne 0 ] && ! id -nG "$admin_user" | tr ' ' '\\n' | grep -qx docker; then
    # Without it the user needs sudo for docker on the host, and nothing else.
    run usermod -aG docker "$admin_user" || say "$admin_user cannot join the group docker"
  fi
}
`;

/** Certificates, drop-in, start, and the group that may use the local socket. */
export function enginePart(options: {
  readonly engine: EngineConfig;
  readonly certificates: HostCertificates;
  readonly adminUser: string;
}): string {
  const { engine, certificates, adminUser } = options;
  const files = [
    [HOST_CERTIFICATE_PATHS.ca, certificates.ca],
    [HOST_CERTIFICATE_PATHS.cert, certificates.cert],
    [HOST_CERTIFICATE_PATHS.key, certificates.key.reveal()],
  ] as const;
  return [
    `port=${engine.port ?? ''}`,
    `engine_socket=${ENGINE_SOCKET}`,
    `admin_user=${quoteWord(adminUser)}`,
    `drop_in=${DROP_IN}`,
    '',
    'write_certificates() {',
    '  # Files that are there keep their mode, so it is narrowed first; new ones get theirs from the umask.',
    `  for file in ${[...files.map(([path]) => path), DOCKER_MACHINE_KEY].join(' ')}; do`,
    '    [ ! -e "$file" ] || chmod 600 "$file"',
    '  done',
    ...files.map(([path, pem]) => hereDocument({ command: `cat > ${path}`, delimiter: 'AZDOCK_PEM', text: pem })),
    '  # Stores that were attached to this machine.',
    `  for file in ${FURTHER_AUTHORITIES}/*.pem; do`,
    `    [ ! -s "$file" ] || grep -qxF "$(sed -n 2p "$file")" ${HOST_CERTIFICATE_PATHS.ca} || cat "$file" >>${HOST_CERTIFICATE_PATHS.ca}`,
    '  done',
    '}',
    '',
    'local_socket() {',
    `  if run systemctl cat docker.socket; then echo ${SOCKET_OF_SYSTEMD}; else echo ${SOCKET_OF_DOCKERD}; fi`,
    '}',
    '',
    'print_drop_in() {',
    `  echo '# Written by azdock. Changes are lost when the machine is provisioned again.'`,
    `  echo '[Service]'`,
    '  echo ExecStart=',
    `  printf 'ExecStart=%s %s %s\\n' "$dockerd" "$(local_socket)" ${quoteWord(execStartArguments(engine))}`,
    ...engine.environment.map((pair) => `  printf 'Environment=%s\\n' ${quoteWord(quoteAssignment(pair))}`),
    '}',
    '',
    CONFIGURE,
  ].join('\n');
}
