import { Secret } from '../../secret/secret.ts';
import { DROP_IN } from './engine.ts';
import { installPart } from './install.ts';
import { PRELUDE, WAITING } from './prelude.ts';

/** Where an upgrade leaves its log on the host; it belongs to root. That of the provisioning stays as it is. */
export const UPGRADE_LOG = '/var/log/azdock/upgrade.log';

/** Begin the lines that say what an upgrade did, on standard output: `PACKAGE FROM TO` of dockerd, and of each upgraded package. */
export const UPGRADED_ENGINE = 'azdock-engine: ';
export const UPGRADED_PACKAGE = 'azdock-package: ';

/** Packages that belong to Docker's own and to the distributions' engines; those that are installed go along. */
const COMPANIONS = [
  'docker-ce-cli',
  'docker-ce-rootless-extras',
  'docker-buildx-plugin',
  'docker-compose-plugin',
  'docker-cli',
  'moby-cli',
  'moby-containerd',
  'moby-runc',
  'containerd.io',
  'containerd',
  'runc',
];

const UPGRADE = `# Which package the engine comes from, as the package database has it.
find_package() {
  find_dockerd || fail 'there is no dockerd on this host'
  real=$(readlink -f "$dockerd")
  if has dpkg-query; then
    # Files of /usr/bin may be on record under /bin, from before the directories were one.
    package=$(dpkg-query -S "$real" 2>/dev/null || dpkg-query -S "\${real#/usr}" 2>/dev/null) || package=
    package=\${package%%:*}
  elif has rpm; then
    package=$(rpm -qf --qf '%{NAME}\\n' "$real" 2>/dev/null | head -n 1) || package=
  else
    package=
  fi
  [ -n "$package" ] ||
    fail "$dockerd does not come from a package that is known here; on $(os_id) it may be upgraded with the system"
}

version_of() {
  if has dpkg-query; then
    dpkg-query -W -f '\${db:Status-Abbrev}\${Version}' "$1" 2>/dev/null | sed -n 's/^.i. *//p'
  else
    rpm -q --qf '%{VERSION}-%{RELEASE}' "$1" 2>/dev/null || :
  fi
}

versions() {
  for each in "$@"; do echo "$each $(version_of "$each")"; done
}

# A source that does not answer must not look like one that has nothing new.
refresh() {
  fresh=yes
  if has apt-get; then
    run apt-get -o APT::Update::Error-Mode=any update || fresh=no
  elif has tdnf; then
    run tdnf makecache || fresh=no
  elif has dnf; then
    run dnf makecache || fresh=no
  elif has yum; then
    run yum makecache || fresh=no
  elif has zypper; then
    run zypper --non-interactive refresh || fresh=no
  fi
  [ "$fresh" = yes ] || say 'not every package source answers'
}

# apt keeps configuration files that somebody has changed, and asks nothing.
upgrade_packages() {
  if has apt-get; then
    run apt-get install -y --only-upgrade -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
  elif has tdnf; then
    run tdnf update -y "$@"
  elif has dnf; then
    run dnf upgrade -y "$@"
  elif has yum; then
    run yum update -y "$@"
  elif has zypper; then
    run zypper --non-interactive update "$@"
  else
    fail 'no package manager that is known here'
  fi
}

dockerd_version() {
  "$dockerd" --version 2>/dev/null | sed -n 's/^Docker version \\([^ ,]*\\).*/\\1/p'
}

main_process() {
  systemctl show -p MainPID docker.service | sed 's/^MainPID=//'
}

# DockerExtension writes the engine's arguments into the package's own unit, which a new package brings back as it was.
keep_arguments() {
  unit=$(systemctl show -p FragmentPath docker.service | sed 's/^FragmentPath=//')
  [ -e ${DROP_IN} ] || [ ! -f "$unit" ] || grep '^ExecStart=.*--tlsverify' "$unit" >"$work/arguments" || :
}

restore_arguments() {
  [ -s "$work/arguments" ] || return 0
  if grep -qxFf "$work/arguments" "$unit"; then return 0; fi
  # The line may hold anything, so that it is put in by reading it, not as a pattern.
  sed -e "/^ExecStart=/{
r $work/arguments
d
}" "$unit" >"$work/unit"
  cat "$work/unit" >"$unit"
  run systemctl daemon-reload
  restart=yes
}

upgrade_engine() {
  find_package
  companions=
  for each in ${COMPANIONS.join(' ')}; do
    [ -z "$(version_of "$each")" ] || companions="$companions $each"
  done
  # shellcheck disable=SC2086
  before=$(versions "$package" $companions)
  from=$(dockerd_version)
  process=$(main_process)
  keep_arguments
  patient_package_managers
  wait_for_package_manager
  say 'asking for newer packages'
  refresh
  say "upgrading $package"
  # shellcheck disable=SC2086
  upgrade_packages "$package" $companions || fail "the package manager cannot upgrade $package"
  # shellcheck disable=SC2086
  after=$(versions "$package" $companions)
  changed=no
  [ "$after" = "$before" ] || changed=yes
  [ "$changed$fresh" != nono ] ||
    fail "nothing newer than $package $(version_of "$package") was found, but not every package source answered"
}

restart_engine() {
  restart=no
  # The package may have restarted the engine itself.
  [ "$changed" = no ] || [ "$(main_process)" != "$process" ] || restart=yes
  restore_arguments
  if [ "$restart" = yes ]; then
    say 'restarting the engine'
    run systemctl reset-failed docker.service || :
    run systemctl restart docker.service || { journalctl -u docker.service --no-pager -n 30 >>"$log" 2>&1 || :; fail 'the engine does not start'; }
  fi
  echo "${UPGRADED_ENGINE}$package $from $(dockerd_version)"
  for each in $package $companions; do
    was=$(echo "$before" | awk -v name="$each" '$1 == name { print $2 }')
    now=$(echo "$after" | awk -v name="$each" '$1 == name { print $2 }')
    [ "$was" = "$now" ] || echo "${UPGRADED_PACKAGE}$each $was $now"
  done
}
`;

/**
 * Upgrades the package that the host's engine comes from, and restarts the engine if that brought something new. POSIX sh, run as
 * root; it waits for other package managers. What it did stands in lines that begin with
 * {@link UPGRADED_ENGINE} and {@link UPGRADED_PACKAGE}.
 */
export function upgradeScript(): Secret {
  return new Secret(
    [
      '#!/bin/sh',
      PRELUDE,
      `log=${UPGRADE_LOG}`,
      'state_file=$state_dir/upgrade.state',
      '',
      WAITING,
      installPart('none'),
      UPGRADE,
      'main() {\n  begin\n  wait_for_cloud_init\n  upgrade_engine\n  restart_engine\n  done=yes\n}\n',
      'main </dev/null\n',
    ].join('\n'),
  );
}
