import type { Progress } from '../steps/progress.ts';
import { cells, fit } from './cells.ts';
import { duration } from './duration.ts';
import type { LinesTarget } from './progress-lines.ts';
import { printable } from './printable.ts';
import { paint, type Style } from './style.ts';

export interface TerminalTarget extends LinesTarget {
  readonly stream: Pick<NodeJS.WriteStream, 'write' | 'columns'>;
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
    const columns = Math.max(stream.columns ?? 80, 20);
    const live = [...running].map((step) => {
      const symbol = symbols.frames[frame % symbols.frames.length] ?? '';
      return stepLine({ symbol, step, columns: columns - 1, style });
    });
    stream.write(erase(drawn, columns) + above + live.map((line) => `${line.text}\n`).join(''));
    drawn = live.map((line) => line.plain);
  };

  const finish = (step: RunningStep, symbol: string): void => {
    running.delete(step);
    const { text } = stepLine({ symbol, step: { ...step, detail: '' }, columns: Number.POSITIVE_INFINITY, style });
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
}

function stepLine({ symbol, step, columns, style }: StepLook): { text: string; plain: string } {
  const titleCells = Math.max(8, Math.min(TITLE_CELLS, columns - 4 - TIME_CELLS));
  const title = oneLine(step.title);
  const shown = Number.isFinite(columns) ? fit(title, titleCells) : title;
  const padding = ' '.repeat(Math.max(0, titleCells - cells(shown)));
  const time = duration(performance.now() - step.start).padStart(TIME_CELLS);
  const left = `${shown}${padding}${time}`;
  const room = columns - 4 - cells(left) - 3;
  const detail = step.detail === '' || room < 8 ? '' : `   ${fit(oneLine(step.detail), room)}`;
  return { text: `  ${symbol} ${left}${paint('dim', detail, style)}`, plain: `  * ${left}${detail}` };
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}
