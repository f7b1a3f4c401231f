/** Where a run leaves its log and its verdict on the host. Both belong to root. */
export const PROVISION_LOG = '/var/log/azdock/provision.log';
export const PROVISION_STATE = '/var/lib/azdock/provision.state';

/** Begins each line of a run that says what it is doing. */
export const MARKER = 'azdock: ';

/**
 * Logging, failure and the lock. Everything that commands say goes to the log; what a person should see goes to standard output
 * with the marker in front. Whatever ends the script early shows the log's last lines on standard error, once.
 */
export const PRELUDE = `set -eu
umask 077
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
HOME=/root
DEBIAN_FRONTEND=noninteractive
export PATH HOME DEBIAN_FRONTEND
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH || :

state_dir=/var/lib/azdock
state_file=${PROVISION_STATE}
log=${PROVISION_LOG}
pending=$state_dir/restart-pending
done=no

say() {
  echo "${MARKER}$*"
  echo "${MARKER}$*" >>"$log"
}

fail() {
  reason=$*
  exit 1
}

run() {
  "$@" >>"$log" 2>&1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# What a script has to put back when it ends early.
undo() {
  :
}

on_exit() {
  code=$1
  trap - EXIT
  [ "$done" = yes ] || undo || :
  [ -z "$work" ] || rm -rf "$work"
  if [ "$done" = yes ]; then
    echo ready >"$state_file"
    exit 0
  fi
  [ "$code" -ne 0 ] || code=1
  echo "failed $code" >"$state_file"
  echo "${MARKER}failed: $reason" >>"$log"
  tail -n 40 "$log" >&2
  exit "$code"
}

begin() {
  if [ "$(id -u)" -ne 0 ]; then
    echo '${MARKER}this script has to run as root' >&2
    exit 1
  fi
  mkdir -p "$state_dir" "$(dirname "$log")"
  if has flock; then
    exec 9>"$state_dir/lock"
    flock -w 1800 9 || { echo '${MARKER}another run on this host does not end' >&2; exit 1; }
  fi
  : >"$log"
  reason='a command failed'
  work=
  trap 'on_exit $?' EXIT
  trap 'reason="it was interrupted"; exit 129' HUP
  trap 'reason="it was interrupted"; exit 143' TERM
  echo running >"$state_file"
  has systemctl || fail 'this host has no systemd'
  work=$(mktemp -d)
}
`;

/** Hosts that are still busy with their first boot: other people's cloud-init and package runs hold the package manager's locks. */
export const WAITING = `wait_for_cloud_init() {
  has cloud-init || return 0
  say 'waiting for cloud-init'
  # What other user data did wrong is not ours to judge.
  if has timeout; then run timeout 600 cloud-init status --wait || :; else run cloud-init status --wait || :; fi
}

locked() {
  [ -e "$1" ] || return 1
  # shellcheck disable=SC2046
  set -- $(ls -i "$1")
  grep -q ":$1 " /proc/locks 2>/dev/null
}

wait_for_package_manager() {
  waits=0
  while locked /var/lib/dpkg/lock-frontend || locked /var/lib/dpkg/lock || locked /var/lib/apt/lists/lock; do
    [ "$waits" -ne 0 ] || say 'waiting for the package manager'
    waits=$((waits + 1))
    # The package manager itself names who holds the lock.
    [ "$waits" -lt 120 ] || return 0
    sleep 5
  done
}
`;
