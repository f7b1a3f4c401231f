import { quoteWord } from '../../ssh/command.ts';
import { distributionPart } from './distribution.ts';

/** Docker's own installation script. Where it does not know a distribution, that distribution's description says what else to do. */
const DOCKER_SCRIPT = 'https://get.docker.com';

/**
 * Installing Docker where there is none. Package managers wait for each other's locks by their own settings, given by environment
 * so that the downloaded installer's calls follow them too: apt.conf(5) `DPkg::Lock::Timeout`, zypper's `ZYPP_LOCK_TIMEOUT`.
 */
const INSTALL = `find_dockerd() {
  if [ -x /usr/bin/dockerd ]; then
    dockerd=/usr/bin/dockerd
  else
    dockerd=$(command -v dockerd) || return 1
  fi
}

patient_package_managers() {
  # Readable for apt's unprivileged user too, whose helpers read it again.
  chmod 755 "$work"
  echo 'DPkg::Lock::Timeout "600";' >"$work/apt.conf"
  chmod 644 "$work/apt.conf"
  APT_CONFIG=$work/apt.conf
  ZYPP_LOCK_TIMEOUT=600
  export APT_CONFIG ZYPP_LOCK_TIMEOUT
}

download() {
  has curl || has wget || install_packages curl || return 1
  if has curl; then
    run curl -fsSL --retry 3 --connect-timeout 30 -o "$2" "$1"
  else
    run wget -nv --tries=3 --timeout=30 -O "$2" "$1"
  fi
}

run_script() {
  wait_for_package_manager
  download "$install_url" "$work/install.sh" && run sh "$work/install.sh"
}

add_repository() {
  [ -n "$docker_repository" ] || return 0
  download "$docker_repository" "$work/docker.repo" || return 1
  chmod 644 "$work/docker.repo"
  mv -f "$work/docker.repo" /etc/yum.repos.d/docker-ce.repo
}

# What it writes, such as the list of a package source, is for all users of the host to read.
run_installer() (
  umask 022
  case "$docker_from" in
    script) run_script ;;
    # shellcheck disable=SC2086
    *) add_repository && install_packages $docker_packages ;;
  esac
)

install_docker() {
  know_distribution
  if find_dockerd; then return 0; fi
  # The user's own script is meant for this host, whatever it is.
  [ "$install_url" = "$default_install_url" ] || docker_from=script
  if [ "$docker_from" = script ]; then where="from $install_url"; else where="with the packages $docker_packages"; fi
  [ "$install_url" != none ] || fail 'there is no dockerd on this host, and none is to be installed'
  [ "$docker_from" != system ] || fail "Docker is a part of $(os_name), but it is not on this host"
  [ -n "$docker_from" ] || fail "there is no dockerd on this host, and azdock cannot install Docker on $(os_name); it can on: $known_distributions"
  say 'installing docker'
  patient_package_managers
  attempt=1
  until run_installer; do
    [ "$attempt" -lt 5 ] || fail "Docker could not be installed $where"
    attempt=$((attempt + 1))
    say "installing docker, attempt $attempt of 5"
    sleep 15
  done
  find_dockerd || fail "Docker was installed $where without an error, but there is no dockerd"
}
`;

/** `url` is where the installation script comes from, or `none`. */
export function installPart(url: string): string {
  return [
    `install_url=${quoteWord(url.replace(/\/+$/, ''))}`,
    `default_install_url=${DOCKER_SCRIPT}`,
    '',
    distributionPart(),
    INSTALL,
  ].join('\n');
}
