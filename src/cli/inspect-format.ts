import { INSPECT_FUNCTIONS } from './template/json-functions.ts';
import { parseTemplate } from './template/template.ts';

/** What `inspect --format` prints: the record as Go's generic maps see its JSON. @throws UsageError in Go's words */
export function formatRecord(template: string, record: string): string {
  return parseTemplate(template, { functions: INSPECT_FUNCTIONS }).execute(JSON.parse(record));
}
