import { hereDocument } from './here-document.ts';
import { keepContainersPart } from './keep-containers.ts';
import { HOST_CERTIFICATE_PATHS } from '../engine-arguments.ts';

/** CAs of other stores, whose clients the engine lets in beside those of its own CA: a file each. The engine reads one file alone. */
export const FURTHER_AUTHORITIES = '/etc/docker/azdock-ca.d';

const CA = HOST_CERTIFICATE_PATHS.ca;

/** Certificates of a file, a line each, without their frames. */
const FLATTEN = `certificates_of() {
  awk '/^-----BEGIN CERTIFICATE/ { body = ""; inside = 1; next } /^-----END CERTIFICATE/ { print body; inside = 0 } inside { gsub(/[[:space:]]/, ""); body = body $0 }' "$1"
}

flat() {
  print_ca >"$work/ca.pem"
  certificates_of "$work/ca.pem"
}

restart_with_authorities() {
  ! engine_words | grep -q '^--live-restore' || keeps_by_option=yes
  hold_containers
  say 'restarting the engine'
  run systemctl restart docker.service || fail 'the engine does not start'
  release_containers
}
`;

const JOIN = `let_authority_in() {
  [ -s ${CA} ] || fail 'there is no engine with certificates on this host'
  ca=$(flat)
  if certificates_of ${CA} | grep -qxF "$ca"; then return 0; fi
  mkdir -p -m 700 ${FURTHER_AUTHORITIES}
  # Named after itself: who joins twice is there once.
  (umask 077 && cat "$work/ca.pem" >"${FURTHER_AUTHORITIES}/$(echo "$ca" | cksum | tr -d ' ').pem")
  cat "$work/ca.pem" >>${CA}
  restart_with_authorities
}

tell_engine() {
  echo "azdock-ca: $(certificates_of ${CA} | head -n 1)"
  ! engine_active || engine_words | sed 1d | sed 's/^/azdock-argument: /'
}
`;

const LEAVE = `keep_authority_out() {
  ca=$(flat)
  rm -f "${FURTHER_AUTHORITIES}/$(echo "$ca" | cksum | tr -d ' ').pem"
  [ -s ${CA} ] && certificates_of ${CA} | grep -qxF "$ca" || return 0
  certificates_of ${CA} | grep -vxF "$ca" >"$work/others" || :
  # The engine would let nobody in any more: that is not ours to do.
  [ -s "$work/others" ] || return 0
  while read -r each; do
    echo '-----BEGIN CERTIFICATE-----'
    echo "$each" | fold -w 64
    echo '-----END CERTIFICATE-----'
  done <"$work/others" >"$work/kept"
  cat "$work/kept" >${CA}
  restart_with_authorities
}
`;

/** Parts and steps of a script that lets the clients of a CA in, or keeps them out again. */
export interface AuthorityPart {
  readonly parts: readonly string[];
  readonly steps: readonly string[];
}

/** The engine restarts when it did not know the CA; its containers run on. Then it tells its first CA and its arguments. */
export function joinPart(ca: string): AuthorityPart {
  return { parts: [printCa(ca), keepContainersPart([]), FLATTEN, JOIN], steps: ['let_authority_in', 'tell_engine'] };
}

export function leavePart(ca: string): AuthorityPart {
  return { parts: [printCa(ca), keepContainersPart([]), FLATTEN, LEAVE], steps: ['keep_authority_out'] };
}

function printCa(ca: string): string {
  return ['print_ca() {', hereDocument({ command: '  cat', delimiter: 'AZDOCK_CA', text: ca.trim() }), '}', ''].join(
    '\n',
  );
}
