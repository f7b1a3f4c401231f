import { UsageError } from '../errors/usage-error.ts';
import { INSPECT_FUNCTIONS } from './template/json-functions.ts';
import { parseTemplate, type Template } from './template/template.ts';

/** What `inspect --format` prints: the record as Go's generic maps see its JSON. @throws UsageError in Go's words */
export function formatRecord(template: string, record: string): string {
  return parsed(template).execute(JSON.parse(record));
}

/** docker-machine says so before what Go says of a template that cannot be parsed (docker/machine:commands/inspect.go). */
function parsed(template: string): Template {
  try {
    return parseTemplate(template, { functions: INSPECT_FUNCTIONS });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`template parsing error: ${error.message}`, { nextSteps: error.nextSteps, cause: error });
  }
}
