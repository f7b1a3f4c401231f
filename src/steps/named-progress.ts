import type { Progress } from './progress.ts';

/** The same progress with a machine's name before every title and line, for commands that work on several machines. */
export function namedProgress(progress: Progress, name: string): Progress {
  return {
    step: (title, work) =>
      progress.step(`${name}: ${title}`, (step) =>
        work({ title: (text) => step.title(`${name}: ${text}`), detail: (text) => step.detail(text) }),
      ),
    warn: (message) => progress.warn(`${name}: ${message}`),
    info: (message) => progress.info(`${name}: ${message}`),
  };
}
