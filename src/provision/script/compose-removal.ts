import { quoteWord } from '../../ssh/command.ts';
import { COMPOSE_FILE } from './containers.ts';

/** Containers of a compose project that have to go. */
export interface ComposeRemoval {
  readonly project: string;
  /** Services that stay; none means that the whole project goes. */
  readonly keep: readonly string[];
}

/**
 * By labels, which docker compose gives to what it makes (https://docs.docker.com/compose/): that takes neither the project's
 * file nor its environment. Volumes stay, as with \`docker compose down\`.
 */
const REMOVAL = `remove_services() {
  project=$1
  shift
  gone=
  for id in $(docker ps -aq --filter "label=com.docker.compose.project=$project"); do
    service=$(docker inspect -f '{{index .Config.Labels "com.docker.compose.service"}}' "$id") || continue
    for kept in "$@"; do
      [ "$kept" != "$service" ] || continue 2
    done
    gone="$gone $id"
  done
  [ -n "$gone" ] || return 0
  say "removing containers of the compose project $project"
  # At once, since each may take its time to stop.
  # shellcheck disable=SC2086
  run docker stop $gone || :
  # shellcheck disable=SC2086
  run docker rm -f $gone || fail "containers of the compose project $project cannot be removed"
}

remove_project() {
  remove_services "$1"
  for id in $(docker network ls -q --filter "label=com.docker.compose.project=$1"); do
    run docker network rm "$id" || say 'a network of the compose project is in use and stays'
  done
}
`;

/** Defines `remove_containers`. */
export function composeRemovalPart(removals: readonly ComposeRemoval[]): string {
  const calls = removals.map(({ project, keep }) =>
    keep.length === 0
      ? `  remove_project ${quoteWord(project)}`
      : `  remove_services ${[project, ...keep].map(quoteWord).join(' ')}`,
  );
  const isGone = removals.length > 0 && removals.every(({ keep }) => keep.length === 0);
  return [REMOVAL, 'remove_containers() {', ...calls, ...(isGone ? [`  rm -f ${COMPOSE_FILE}`] : []), '}', ''].join(
    '\n',
  );
}
