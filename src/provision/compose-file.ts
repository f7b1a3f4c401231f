import { parseDocument, stringify } from 'yaml';
import { UsageError } from '../errors/usage-error.ts';

/**
 * A compose file as the JSON that DockerExtension takes: anchors, aliases and merge keys are resolved.
 *
 * @param fileName as the user gave it, for errors
 * @throws UsageError with file, line and column
 */
export function parseComposeFile(text: string, fileName: string): Record<string, unknown> {
  const document = parseDocument(text, { merge: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const place = problem.linePos?.[0];
    const at = place === undefined ? fileName : `${fileName}:${place.line}:${place.col}`;
    throw new UsageError(
      `${at} is not a usable compose file: ${(problem.message.split(' at line ')[0] ?? '').trim()}.`,
      {
        resource: fileName,
        details: problem.message.split('\n').slice(1),
      },
    );
  }
  const value: unknown = resolve(() => document.toJS(), fileName);
  if (!isObject(value)) {
    throw new UsageError(`${fileName} is not a compose file: its top level is not a mapping.`, { resource: fileName });
  }
  rejectUnrepresentable(value, fileName, []);
  return value;
}

/**
 * A compose document as YAML. Strings are quoted throughout: docker-compose 1.x reads YAML 1.1, to which a bare `22:22` is a number
 * and a bare `on` is true.
 */
export function composeYaml(document: Readonly<Record<string, unknown>>): string {
  return stringify(document, {
    compat: 'yaml-1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  });
}

/** Too many aliases (a "billion laughs" file) and aliases without an anchor are found only while resolving. */
function resolve(read: () => unknown, fileName: string): unknown {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${fileName} is not a usable compose file: ${why}.`, { resource: fileName, cause: error });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rejectUnrepresentable(value: unknown, fileName: string, path: readonly string[]): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) rejectUnrepresentable(item, fileName, [...path, key]);
  } else if (
    (typeof value === 'number' && !Number.isFinite(value)) ||
    value === undefined ||
    typeof value === 'bigint'
  ) {
    throw new UsageError(`${fileName}: the value of ${path.join('.')} has no form in JSON.`, { resource: fileName });
  }
}
