import { Secret } from '../../secret/secret.ts';
import { HOST_CERTIFICATE_PATHS, SOCKET_OF_DOCKERD, SOCKET_OF_SYSTEMD } from '../engine-arguments.ts';
import { changeSteps, type HostChange } from './change.ts';
import { DROP_IN } from './engine.ts';
import { FURTHER_AUTHORITIES } from './join.ts';
import { PRELUDE } from './prelude.ts';

const PURGE = `find_engine() {
  dockerd=$(command -v dockerd) || fail 'there is no dockerd on this host'
}

# DockerExtension writes the engine's arguments into the package's own unit, which it never puts back.
restore_unit() {
  unit=$(systemctl show -p FragmentPath docker.service | sed 's/^FragmentPath=//')
  [ -f "$unit" ] && grep -q '^ExecStart=.*--tlsverify' "$unit" || return 0
  if run systemctl cat docker.socket; then socket=${SOCKET_OF_SYSTEMD}; else socket=${SOCKET_OF_DOCKERD}; fi
  sed "s|^ExecStart=.*|ExecStart=$dockerd $socket|" "$unit" >"$work/unit"
  cat "$work/unit" >"$unit"
}

close_engine() {
  say 'closing the engine to the network'
  rm -f ${DROP_IN} "$pending"
  restore_unit
  run systemctl daemon-reload
  run systemctl restart docker.service || fail 'the engine does not start'
  rm -f ${Object.values(HOST_CERTIFICATE_PATHS).join(' ')}
  rm -rf ${FURTHER_AUTHORITIES}
}
`;

/**
 * Takes off a host what azdock has put there beside Docker itself: the engine's arguments with its port, its certificates, the compose
 * project, the registry login. The engine goes on with what its package says, and so do other containers.
 */
export function purgeScript(change: HostChange): Secret {
  // What the engine has afterwards: no option of ours.
  const { parts, beforeCompose } = changeSteps(change, undefined);
  const hold = change.keepContainers ? ['hold_containers'] : [];
  const steps = ['begin', 'find_engine', ...beforeCompose, ...hold, 'close_engine', 'release_containers', 'done=yes'];
  const main = ['main() {', ...steps.map((step) => `  ${step}`), '}', ''].join('\n');
  return new Secret(['#!/bin/sh', PRELUDE, ...parts, PURGE, main, 'main </dev/null\n'].join('\n'));
}
