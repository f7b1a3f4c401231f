import { quoteWord } from '../../ssh/command.ts';
import { hereDocument } from './here-document.ts';
import { joinPart, leavePart } from './join.ts';
import { PRELUDE } from './prelude.ts';

/** What a script gives access to on a host that is there. */
export interface HostAccess {
  /** Whose `authorized_keys` gets the key. */
  readonly user: string;
  /** One `authorized_keys` line. */
  readonly publicKey: string;
}

/** Begin the lines of the answer on standard output. */
export const ACCESS_ANSWERS = {
  hostKey: 'azdock-host-key: ',
  docker: 'azdock-docker: ',
  done: 'azdock-done',
} as const;

/** A log and a verdict of its own: those of the engine's last run stay. */
const OWN_FILES = 'log=/var/log/azdock/access.log\nstate_file=$state_dir/access.state\n';

const FIND_KEYS = `find_keys() {
  home=$(getent passwd "$admin_user" | cut -d: -f6)
  [ -n "$home" ] || fail "there is no user $admin_user on this host"
  keys=$home/.ssh/authorized_keys
}
`;

const ADMIT = `admit_key() {
  find_keys
  if [ ! -d "$home/.ssh" ]; then
    mkdir -p -m 700 "$home/.ssh"
    chown "$admin_user:" "$home/.ssh"
  fi
  if [ ! -e "$keys" ]; then
    : >"$keys"
    chown "$admin_user:" "$keys"
  fi
  wanted=$(print_key)
  if ! grep -qxF "$wanted" "$keys"; then
    # Somebody may have left the last line without its end.
    [ -z "$(tail -c 1 "$keys")" ] || echo >>"$keys"
    echo "$wanted" >>"$keys"
  fi
  if has restorecon; then restorecon -R "$home/.ssh" || :; fi
}
`;

const TELL = `tell_host() {
  for type in ed25519 ecdsa rsa; do
    file=/etc/ssh/ssh_host_\${type}_key.pub
    if [ -r "$file" ]; then
      echo "${ACCESS_ANSWERS.hostKey}$(cut -d ' ' -f 1,2 "$file" | head -n 1)"
      break
    fi
  done
  if ! has dockerd; then
    echo '${ACCESS_ANSWERS.docker}absent'
  elif ! systemctl is-active --quiet docker.service; then
    echo '${ACCESS_ANSWERS.docker}stopped'
  else
    echo "${ACCESS_ANSWERS.docker}running $(docker -H unix:///var/run/docker.sock ps -q 2>/dev/null | wc -l | tr -d ' ')"
  fi
}
`;

const FORGET = `forget_key() {
  find_keys
  [ -e "$keys" ] || return 0
  unwanted=$(print_key)
  # In place, so that owner, mode and links stay as they are.
  if grep -qxF "$unwanted" "$keys"; then
    grep -vxF "$unwanted" "$keys" >"$work/keys" || :
    cat "$work/keys" >"$keys"
  fi
}
`;

/**
 * Lets azdock's own key in, beside those that are there, and tells the host's key and whether Docker is there. POSIX sh, run as root, safe
 * to run again. Holds no secret.
 *
 * The second line tells programs what the script is for: `# azdock-access: {"user":"azureuser"}`.
 */
export function accessScript(access: HostAccess): string {
  return script(access, {
    parts: [FIND_KEYS, ADMIT, TELL],
    steps: ['admit_key', 'tell_host'],
    header: { user: access.user },
  });
}

/** As {@link accessScript}; the engine also lets in clients of another CA, in PEM, and tells what it is. */
export function joinScript(access: HostAccess, ca: string): string {
  const { parts, steps } = joinPart(ca);
  const header = { user: access.user };
  return script(access, {
    parts: [FIND_KEYS, ADMIT, TELL, ...parts],
    steps: ['admit_key', ...steps, 'tell_host'],
    header,
  });
}

/** Undoes what {@link joinScript} did. */
export function leaveScript(access: HostAccess, ca: string): string {
  const { parts, steps } = leavePart(ca);
  const header = { user: access.user, forget: true };
  return script(access, { parts: [FIND_KEYS, FORGET, ...parts], steps: [...steps, 'forget_key'], header });
}

/** Takes azdock's own key away again. The others stay. */
export function forgetKeyScript(access: HostAccess): string {
  const header = { user: access.user, forget: true };
  return script(access, { parts: [FIND_KEYS, FORGET], steps: ['forget_key'], header });
}

function script(
  { user, publicKey }: HostAccess,
  {
    parts,
    steps,
    header,
  }: { readonly parts: readonly string[]; readonly steps: readonly string[]; readonly header: object },
): string {
  const run = ['begin', ...steps, `echo ${ACCESS_ANSWERS.done}`, 'done=yes'];
  return [
    '#!/bin/sh',
    `# azdock-access: ${JSON.stringify(header)}`,
    PRELUDE,
    OWN_FILES,
    `admin_user=${quoteWord(user)}`,
    '',
    'print_key() {',
    hereDocument({ command: '  cat', delimiter: 'AZDOCK_KEY', text: publicKey.trim() }),
    '}',
    '',
    ...parts,
    ['main() {', ...run.map((step) => `  ${step}`), '}', ''].join('\n'),
    'main </dev/null\n',
  ].join('\n');
}

/** What {@link accessScript} found. */
export interface AccessAnswer {
  /** `TYPE BASE64`; undefined where the host keeps its keys elsewhere. */
  readonly hostKey: string | undefined;
  readonly docker: 'absent' | 'stopped' | 'running';
  /** Containers that run. */
  readonly containers: number;
  /** PEM of the engine's first CA; undefined where it was not asked for. */
  readonly ca: string | undefined;
  /** Of the engine that runs, without the program. */
  readonly arguments: readonly string[];
}

/** @returns undefined when the script did not get to its end */
export function parseAccessAnswer(output: string): AccessAnswer | undefined {
  const lines = output.split('\n').map((line) => line.trimEnd());
  if (!lines.includes(ACCESS_ANSWERS.done)) return undefined;
  const value = (begin: string) => lines.find((line) => line.startsWith(begin))?.slice(begin.length);
  const [, word, count = '0'] = /^(absent|stopped|running)(?: (\d+))?$/.exec(value(ACCESS_ANSWERS.docker) ?? '') ?? [];
  const hostKey = /^[\w-]+ [A-Za-z0-9+/=]+$/.exec(value(ACCESS_ANSWERS.hostKey) ?? '')?.[0];
  const docker = word === 'stopped' || word === 'running' ? word : 'absent';
  const flat = /^[A-Za-z0-9+/=]{100,}$/.exec(value('azdock-ca: ') ?? '')?.[0];
  const ca = flat && `-----BEGIN CERTIFICATE-----\n${flat.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
  const begin = 'azdock-argument: ';
  const words = lines.filter((line) => line.startsWith(begin)).map((line) => line.slice(begin.length));
  return { hostKey, docker, containers: Number(count), ca, arguments: words };
}
