/** The name under which azdock stands in for docker-machine: a link of that name to azdock. */
const NAME = 'docker-machine';

/** True when programs and people expect docker-machine's manners: its exit codes, its words, progress on stdout. */
export function isDockerMachine(program: string): boolean {
  return program === NAME;
}

/**
 * Verbs of docker-machine that tell on stdout what they do. All others print a result there and nothing else: it is
 * evaluated, parsed or piped (docker/machine:commands; `env` and `config` redirect their log there too).
 */
const TALKING = new Set([
  'create',
  'kill',
  'provision',
  'regenerate-certs',
  'restart',
  'rm',
  'start',
  'stop',
  'upgrade',
]);

/** True when progress, warnings and questions of a verb belong on stdout. */
export function talksOnStdout(program: string, verb: string): boolean {
  return isDockerMachine(program) && TALKING.has(verb);
}

/** The release of docker-machine whose command line azdock follows. */
const FOLLOWED = '0.16.2';

/**
 * What `--version` prints. Programs that ask docker-machine read `NAME version SEMVER, build WORD`, so that is its shape under that
 * name; azdock's own version is the pre-release part, as forks of docker-machine do it.
 */
export function versionLine(program: string, version: string): string {
  if (!isDockerMachine(program)) return `azdock version ${version}`;
  return `${NAME} version ${FOLLOWED}-azdock.${version}, build azdock`;
}
