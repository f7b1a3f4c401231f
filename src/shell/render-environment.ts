import type { DataDialect, StatementDialect } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import { checkName, checkValue, isQuotable } from './safe-value.ts';
import type { ShellName } from './shell-name.ts';

/** A change of the user's environment, to be written for a shell. */
export interface EnvironmentChange {
  readonly shell: ShellName;
  /** Variables to set and export, in the order of their lines. */
  readonly set: readonly (readonly [name: string, value: string])[];
  /** Variables to remove, after those set. */
  readonly unset: readonly string[];
  /** Variables that count for nothing afterwards, though they may not be there: before those removed. */
  readonly clear?: readonly string[];
  /** The command line that prints this text, for the hint: program and arguments as the user would type them. */
  readonly hint: { readonly command: readonly string[] };
}

export interface RenderedEnvironment {
  /** The result, for stdout: what the shell evaluates, with the hint as comments where the shell has comments. */
  readonly text: string;
  /** The hint of a shell that takes data and not text, for stderr and only when a person is looking. */
  readonly aside: string | undefined;
}

const HINT = 'Run this command to configure your shell: ';

/**
 * Writes a change of the environment for a shell, byte for byte as docker-machine does (docker/machine:commands/env.go)
 * as long as the values are ordinary; other values are quoted so that the shell can neither execute nor change them.
 *
 * @throws UnsafeValueError when a value cannot be carried safely: control characters in any shell, `"`, `%` and `!` in cmd,
 *   braces in tcsh.
 */
export function renderEnvironment(change: EnvironmentChange): RenderedEnvironment {
  for (const [name, value] of change.set) {
    checkName(name);
    checkValue(name, value);
  }
  for (const name of [...(change.clear ?? []), ...change.unset]) checkName(name);
  const dialect = DIALECTS[change.shell];
  return dialect.kind === 'data' ? renderData(dialect, change) : renderStatements(dialect, change);
}

function renderStatements(dialect: StatementDialect, change: EnvironmentChange): RenderedEnvironment {
  const set = [
    ...change.set.map(([name, value]) => dialect.set(name, value)),
    ...(change.clear ?? []).map((name) => (dialect.clear ?? dialect.unset)(name)),
  ];
  const unset = change.unset.map((name) => dialect.unset(name));
  const separator = set.length > 0 && unset.length > 0 ? (dialect.separator ?? '') : '';
  const lines = [...set.slice(0, -1), ...set.slice(-1).map((line) => line + separator), ...unset];
  const apply = isSafeHint(change) ? dialect.apply(change.hint.command) : undefined;
  if (apply !== undefined) lines.push(`${dialect.comment} ${HINT}`, `${dialect.comment} ${apply}`);
  return { text: lines.map((line) => `${line}\n`).join(''), aside: undefined };
}

function renderData(dialect: DataDialect, change: EnvironmentChange): RenderedEnvironment {
  const variables = Object.fromEntries<string | null>([
    ...change.set,
    ...[...(change.clear ?? []), ...change.unset].map((name): [string, null] => [name, null]),
  ]);
  const apply = isSafeHint(change)
    ? dialect.apply(change.hint.command, change.set.length === 0 ? 'unset' : 'set')
    : undefined;
  return { text: `${dialect.document(variables)}\n`, aside: apply === undefined ? undefined : `${HINT}\n${apply}\n` };
}

// A hint is worth less than a failure: a command line that cannot be quoted is not shown.
function isSafeHint(change: EnvironmentChange): boolean {
  return change.hint.command.every(isQuotable);
}
