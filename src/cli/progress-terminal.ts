import type { Progress } from '../steps/progress.ts';
import { cells, fit } from './cells.ts';
import { duration } from './duration.ts';
import type { LinesTarget } from './progress-lines.ts';
import { printable, printableLine } from './printable.ts';
import { paint, type Style } from './style.ts';

export interface TerminalTarget extends LinesTarget {
  readonly stream: Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;
}

interface RunningStep {
  title: string;
  detail: string;
  readonly start: number;
}

const FRAME_MS = 100;
const TITLE_CELLS = 64;
const TIME_CELLS = 8;
const UNICODE = { frames: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'], done: '✔', failed: '✖' };
const ASCII = { frames: [...'|/-\\'], done: 'ok', failed: 'x' };

/**
 * Progress on a terminal. Finished steps stay as lines; below them one live line for each running step shows elapsed time and
 * what it is doing. The cursor is never hidden and the screen never switched, so a kill at any moment leaves nothing to repair.
 */
export function terminalProgress({ stream, style }: TerminalTarget): Progress {
  const symbols = style.unicode ? UNICODE : ASCII;
  const running = new Set<RunningStep>();
  let drawn: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let frame = 0;

  /** Replaces the live lines by `above`, which stays, and the live lines of now: one write, so that nothing flickers. */
  const draw = (above: string): void => {
    const columns = Math.max(stream.columns || 80, 20);
    const symbol = symbols.frames[frame % symbols.frames.length] ?? '';
    // What has scrolled off the top can no longer be replaced, so there are never more live lines than rows.
    const most = Math.max((stream.rows || 24) - 2, 1);
    const live = [...running].slice(0, most).map((step) => stepLine({ symbol, step, columns, style }));
    if (running.size > most) live.push(plainLine(`  and ${running.size - most} more`));
    stream.write(erase(drawn, columns) + above + live.map((line) => `${line.text}\n`).join(''));
    drawn = live.map((line) => line.plain);
  };

  const finish = (step: RunningStep, symbol: string): void => {
    running.delete(step);
    const columns = Math.max(stream.columns || 80, 20);
    const { text } = stepLine({ symbol, step: { ...step, detail: '' }, columns, style, isLast: true });
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    draw(`${text}\n`);
  };

  return {
    async step(title, work) {
      const step: RunningStep = { title, detail: '', start: performance.now() };
      running.add(step);
      timer ??= setInterval(() => {
        frame += 1;
        draw('');
      }, FRAME_MS).unref();
      draw('');
      try {
        const result = await work({
          title: (text) => {
            step.title = text;
          },
          detail: (text) => {
            step.detail = text;
          },
        });
        finish(step, paint('green', symbols.done, style));
        return result;
      } catch (error) {
        finish(step, paint('red', symbols.failed, style));
        throw error;
      }
    },
    warn: (message) => draw(`${paint('yellow', 'Warning:', style)} ${printable(message)}\n`),
    info: (message) => draw(`${printable(message)}\n`),
  };
}

/** Moves to the first of the lines drawn last and clears from there. They may have wrapped since, in a window made narrower. */
function erase(lines: readonly string[], columns: number): string {
  if (lines.length === 0) return '';
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(cells(line) / columns)), 0);
  return `\r\x1b[${rows}A\x1b[J`;
}

interface StepLook {
  readonly symbol: string;
  readonly step: RunningStep;
  readonly columns: number;
  readonly style: Style;
  /** The line stays: its title is shown whole, even if it wraps. */
  readonly isLast?: boolean;
}

interface Line {
  /** With colours. */
  readonly text: string;
  /** As many cells, without. */
  readonly plain: string;
}

function plainLine(text: string): Line {
  return { text, plain: text };
}

function stepLine({ symbol, step, columns, style, isLast = false }: StepLook): Line {
  // The last cell of a row stays empty: some terminals wrap as soon as it is filled.
  const titleCells = Math.max(8, Math.min(TITLE_CELLS, columns - 1 - 4 - TIME_CELLS));
  const title = printableLine(step.title);
  const shown = isLast ? title : fit(title, titleCells);
  const padding = ' '.repeat(Math.max(0, titleCells - cells(shown)));
  const time = duration(performance.now() - step.start).padStart(TIME_CELLS);
  const left = `${shown}${padding}${time}`;
  const room = columns - 1 - 4 - cells(left) - 3;
  if (step.detail === '' || room < 8) return { text: `  ${symbol} ${left}`, plain: `  * ${left}` };
  const detail = `   ${fit(printableLine(step.detail), room)}`;
  return { text: `  ${symbol} ${left}${paint('dim', detail, style)}`, plain: `  * ${left}${detail}` };
}
