/** A terminal that knows line feeds, carriage returns, cursor-up and clear-to-end (ECMA-48), and wraps and re-wraps lines. */
export class Screen {
  raw = '';
  columns: number;
  rows = 24;
  /** Logical lines; a terminal re-wraps them when its width changes. */
  #lines: string[] = [''];

  constructor(columns: number) {
    this.columns = columns;
  }

  resize(columns: number): void {
    this.columns = columns;
  }

  write(text: string): boolean {
    this.raw += text;
    for (const [piece] of text.matchAll(/\x1b\[\d*[A-Za-z]|\r|\n|[^\x1b\r\n]+/g)) {
      if (piece === '\n') this.#lines.push('');
      else if (piece.endsWith('A') && piece.startsWith('\x1b')) this.#up(Number(piece.slice(2, -1)));
      else if (piece === '\x1b[J' || piece === '\r') continue;
      else this.#lines[this.#lines.length - 1] += piece;
    }
    return true;
  }

  /** The lines with something on them. */
  lines(): string[] {
    return this.#lines.filter((line) => line !== '');
  }

  /** Moves up by rows of the screen and drops what is below: azdock always clears after moving up. */
  #up(rows: number): void {
    this.#lines.pop();
    for (let left = rows; left > 0; ) {
      const line = this.#lines.pop() ?? '';
      left -= Math.max(1, Math.ceil(line.length / this.columns));
      if (left < 0) throw new Error('moved into the middle of a line');
    }
    this.#lines.push('');
  }
}
