import { quoteWord } from '../../ssh/command.ts';

/**
 * Installing Docker where there is none. Package managers wait for each other's locks by their own settings, given by environment
 * so that the downloaded installer's calls follow them too: apt.conf(5) `DPkg::Lock::Timeout`, zypper's `ZYPP_LOCK_TIMEOUT`.
 * Docker's own script does not know Azure Linux and the SUSE family, which bring packages of their own.
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

install_packages() {
  wait_for_package_manager
  if has apt-get; then
    run apt-get update || :
    run apt-get install -y "$@"
  elif has tdnf; then
    run tdnf install -y "$@"
  elif has dnf; then
    run dnf install -y "$@"
  elif has yum; then
    run yum install -y "$@"
  elif has zypper; then
    run zypper --non-interactive install "$@"
  else
    echo 'no package manager that is known here' >>"$log"
    return 1
  fi
}

download() {
  has curl || has wget || install_packages curl || return 1
  if has curl; then
    run curl -fsSL --retry 3 --connect-timeout 30 -o "$2" "$1"
  else
    run wget -nv --tries=3 --timeout=30 -O "$2" "$1"
  fi
}

os_id() {
  # shellcheck disable=SC1091
  (. /etc/os-release && echo "$ID") 2>/dev/null || echo unknown
}

run_installer() {
  case "$install_url $(os_id)" in
    'https://get.docker.com azurelinux' | 'https://get.docker.com mariner') install_packages moby-engine moby-cli ;;
    'https://get.docker.com sles' | 'https://get.docker.com opensuse'*) install_packages docker ;;
    *)
      wait_for_package_manager
      download "$install_url" "$work/install.sh" && run sh "$work/install.sh"
      ;;
  esac
}

install_docker() {
  if find_dockerd; then return 0; fi
  [ "$install_url" != none ] || fail 'there is no dockerd on this host, and none is to be installed'
  say 'installing docker'
  patient_package_managers
  attempt=1
  until run_installer; do
    [ "$attempt" -lt 5 ] || fail "Docker could not be installed from $install_url"
    attempt=$((attempt + 1))
    say "installing docker, attempt $attempt of 5"
    sleep 15
  done
  find_dockerd || fail "the installer from $install_url ended without an error, but there is no dockerd"
}
`;

/** `url` is where the installation script comes from, or `none`. */
export function installPart(url: string): string {
  return `install_url=${quoteWord(url.replace(/\/+$/, ''))}\n\n${INSTALL}`;
}
