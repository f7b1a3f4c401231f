import type { Progress } from '../steps/progress.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { paint, type Style } from './style.ts';

export interface LinesTarget {
  readonly stream: Pick<NodeJS.WriteStream, 'write'>;
  readonly style: Style;
}

/** A step that takes longer than this says that it has started, in milliseconds. */
const STARTED_AFTER_MS = 1000;
/** A running step says so this often, so that nobody thinks it hangs (CI services end jobs that are silent for minutes). */
const STILL_EVERY_MS = 30_000;

/** Progress for scripts, logs and screen readers: one line an event, nothing moves. */
export function linesProgress({ stream, style }: LinesTarget): Progress {
  const line = (text: string): void => {
    stream.write(`${printable(text)}\n`);
  };
  return {
    async step(firstTitle, work) {
      let title = firstTitle;
      let detail = '';
      const start = performance.now();
      const elapsed = (): string => duration(performance.now() - start);
      const started = setTimeout(() => line(`${title}: started`), STARTED_AFTER_MS).unref();
      const still = setInterval(
        () => line(`${title}: still at it after ${elapsed()}${detail === '' ? '' : `, ${detail}`}`),
        STILL_EVERY_MS,
      ).unref();
      try {
        const result = await work({
          title: (text) => {
            title = text;
          },
          detail: (text) => {
            detail = text;
          },
        });
        line(`${title}: done (${elapsed()})`);
        return result;
      } catch (error) {
        line(`${title}: failed (${elapsed()})`);
        throw error;
      } finally {
        clearTimeout(started);
        clearInterval(still);
      }
    },
    warn: (message) => void stream.write(`${paint('yellow', 'Warning:', style)} ${printable(message)}\n`),
    info: (message) => line(message),
  };
}
