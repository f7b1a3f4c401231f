import { file, type TreeEntry } from './tree-entry.ts';

/**
 * `cloud-init status [--wait] [--long] [--format json]`, reading the files that cloud-init itself keeps.
 * Exit codes are cloud-init's: 0 done, 1 error.
 */
export function cloudInitCommand(): TreeEntry[] {
  return [file('usr/bin/cloud-init', cloudInitScript, 0o755)];
}

/**
 * `sudo`, for computers that do not have it installed: members of group `sudo` become root, as in Azure's images. It is a
 * script around `su`, which PAM lets those members use without a password.
 */
export function sudoCommand(): TreeEntry[] {
  return [file('usr/bin/sudo', sudoScript, 0o755), file('etc/pam.d/su', suRules)];
}

const cloudInitScript = `#!/bin/sh
if [ "$1" != status ]; then
  echo "cloud-init: this sandbox guest only has 'cloud-init status'" >&2
  exit 2
fi
shift
wait=no; long=no; json=no
while [ $# -gt 0 ]; do
  case $1 in
    -w|--wait) wait=yes ;;
    -l|--long) long=yes ;;
    --format=json) json=yes ;;
    --format) json=yes; shift ;;
    *) echo "cloud-init status: unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
result=/run/cloud-init/result.json
while [ "$wait" = yes ] && [ ! -e "$result" ]; do sleep 0.5; done
if [ ! -e "$result" ]; then state=running; code=0
elif grep -q '"errors":\\[\\]' "$result"; then state=done; code=0
else state=error; code=1
fi
if [ "$json" = yes ]; then printf '{"status": "%s"}\\n' "$state"; else echo "status: $state"; fi
if [ "$long" = yes ] && [ -e "$result" ]; then cat "$result"; fi
exit $code
`;

const suRules = `auth sufficient pam_rootok.so
auth sufficient pam_wheel.so trust use_uid group=sudo
auth required pam_deny.so
account required pam_permit.so
session required pam_permit.so
`;

const sudoScript = `#!/bin/sh
user=root
login=no
while [ $# -gt 0 ]; do
  case $1 in
    -n|-E|-H|-S|-nE|-En|-EH|-HE|-nH|-Hn) shift ;;
    -u) user=$2; shift 2 ;;
    -i|-s) login=yes; shift ;;
    -v|-k|-K) exit 0 ;;
    --) shift; break ;;
    -*) echo "sudo: option $1 is unknown to this sandbox guest, which stands in for sudo" >&2; exit 1 ;;
    *) break ;;
  esac
done
if [ $# -eq 0 ]; then
  [ "$login" = yes ] || { echo "usage: sudo [-EHnS] [-u user] [VAR=value] command" >&2; exit 1; }
  set -- /bin/bash -l
fi
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
SUDO_USER=$(id -un); SUDO_UID=$(id -u); SUDO_GID=$(id -g)
export PATH SUDO_USER SUDO_UID SUDO_GID
exec su -m -s /bin/sh -c 'HOME=$(getent passwd "$(id -u)" | cut -d: -f6) exec env "$@"' -- "$user" sudo "$@"
`;
