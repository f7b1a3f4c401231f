import { printableLine } from './printable.ts';

/** Go's tabwriter as docker-machine sets it up (docker/machine:commands/ls.go). */
const MIN_WIDTH = 5;
const PADDING = 3;

/** Aligned columns for people: each cell on one line, and what could steer a terminal escaped. */
export function tabulate(rows: readonly (readonly string[])[]): string {
  return align(rows.map((row) => row.map(printableLine)));
}

/**
 * Aligned columns: each as wide as its widest cell and three blanks, at least five; the last cell of a row is not padded.
 * Widths count characters (code points). Where rows have different numbers of cells, a column is aligned only over
 * neighbouring rows that go on after it.
 */
export function align(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(() => '');
  const columns = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 0; column < columns; column++) {
    const widths = columnWidths(rows, column);
    for (const [index, row] of rows.entries()) {
      const cell = row[column] ?? '';
      const isLast = column >= row.length - 1;
      lines[index] += isLast ? cell : cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell));
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** The width of a column in each row, found over runs of rows in which it is not the last. */
function columnWidths(rows: readonly (readonly string[])[], column: number): number[] {
  const widths: number[] = [];
  for (let start = 0; start < rows.length; ) {
    let end = start;
    let width = MIN_WIDTH;
    for (; column < (rows[end]?.length ?? 0) - 1; end++)
      width = Math.max(width, lengthOf(rows[end]?.[column]) + PADDING);
    widths.push(...Array.from({ length: end - start }, () => width), 0);
    start = end + 1;
  }
  return widths;
}

function lengthOf(cell = ''): number {
  return [...cell].length;
}
