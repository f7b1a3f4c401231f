import { commandLine, quoteWord } from '../../ssh/command.ts';
import { dockerdArguments } from '../engine-arguments.ts';
import type { EngineConfig } from '../provisioning.ts';
import { type ComposeRemoval, composeRemovalPart } from './compose-removal.ts';
import { keepContainersPart } from './keep-containers.ts';

/** What a change of a machine does on the host beside a provisioning. */
export interface HostChange {
  /** Containers run on while the engine restarts. The script fails, before anything is changed, where they cannot. */
  readonly keepContainers: boolean;
  /** Containers that go. */
  readonly removals: readonly ComposeRemoval[];
  /** Registry to forget the login to; `server` undefined is Docker Hub. */
  readonly logout: { readonly server: string | undefined } | undefined;
}

const CHECK = `check_options() {
  if ! engine_help; then
    fail "the engine does not take this: $(grep -v '^$' "$work/help" | head -n 1 | sed 's/^Status: //')"
  fi
  # From Docker 23 on: also what stands in daemon.json, and what contradicts itself.
  if grep -q -e '--validate' "$work/help" && ! validate_engine; then
    fail "the engine does not take this: $(tail -n 1 "$work/help")"
  fi
}
`;

/** Defines `check_options`: the engine itself looks at its arguments, while the one that runs goes on. Needs `$dockerd`. */
function checkPart(engine: EngineConfig): string {
  const words = commandLine(dockerdArguments(engine));
  return [
    // An option that is wrong is told before help is given.
    'engine_help() {',
    `  "$dockerd" ${words} --help >"$work/help" 2>&1`,
    '}',
    '',
    'validate_engine() {',
    `  "$dockerd" ${words} --validate >"$work/help" 2>&1`,
    '}',
    '',
    CHECK,
  ].join('\n');
}

function logoutPart(logout: HostChange['logout']): string {
  const server = logout?.server;
  const command = `docker logout${server === undefined ? '' : ` ${quoteWord(server)}`}`;
  return `log_out() {\n  run ${command} || say 'there was no login to end'\n}\n`;
}

/** Steps of a change around those that set the engine up, and what they are made of. */
export interface ChangeSteps {
  /** Before the engine is configured. */
  readonly before: readonly string[];
  /** While the engine runs, before containers are started. */
  readonly beforeCompose: readonly string[];
  readonly parts: readonly string[];
}

/** @param engine as it is to be; undefined when it is to have nothing of ours */
export function changeSteps(change: HostChange | undefined, engine: EngineConfig | undefined): ChangeSteps {
  const keep = keepContainersPart(engine?.options ?? []);
  if (change === undefined) return { before: [], beforeCompose: [], parts: [keep] };
  const { keepContainers, removals, logout } = change;
  return {
    before: [...(engine === undefined ? [] : ['check_options']), ...(keepContainers ? ['hold_containers'] : [])],
    beforeCompose: [
      ...(logout === undefined ? [] : ['log_out']),
      ...(removals.length === 0 ? [] : ['remove_containers']),
    ],
    parts: [
      keep,
      ...(engine === undefined ? [] : [checkPart(engine)]),
      ...(logout === undefined ? [] : [logoutPart(logout)]),
      ...(removals.length === 0 ? [] : [composeRemovalPart(removals)]),
    ],
  };
}
