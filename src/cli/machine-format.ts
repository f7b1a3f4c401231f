import type { MachineRow } from '../machine/machine-row.ts';
import { HEADER_STRUCT, machineStruct } from './machine-list.ts';
import { align } from './table.ts';
import { parseTemplate } from './template/template.ts';

/**
 * What `ls --format` prints: the template once a machine, a line each. A template that begins with `table` gets a header and
 * aligned columns, with `\t` between them (docker/machine:commands/ls.go).
 * @throws UsageError in Go's words
 */
export function formatMachines(format: string, rows: readonly MachineRow[]): string {
  const isTable = format.startsWith('table');
  const source = (isTable ? format.slice('table'.length) : format)
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n')
    .trim();
  const template = parseTemplate(source, { functions: new Map() });
  const lines = rows.map((row) => template.execute(machineStruct(row)));
  if (!isTable) return lines.map((line) => `${line}\n`).join('');
  const all = [template.execute(HEADER_STRUCT), ...lines].flatMap((line) => line.split('\n'));
  return align(all.map((line) => line.split('\t')));
}
