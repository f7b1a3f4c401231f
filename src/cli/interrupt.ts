import { CancelledError } from '../errors/cancelled-error.ts';

/** Listens for the user, or the system, wanting the command to end. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** 130 after SIGINT, 143 after SIGTERM (128 plus the signal's number), undefined when neither came. */
  readonly exitCode: number | undefined;
}

interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Two signals within so many milliseconds are one wish: a terminal sends Ctrl-C to all of its processes, and programs that run
 * others, such as npx, hand it on as well.
 */
const SAME_WISH_MS = 250;

/**
 * The first SIGINT, SIGTERM or SIGHUP aborts, so that running steps can stop in order; a second SIGINT or SIGTERM ends the process at
 * once. A terminal that goes away sends SIGHUP, and the shell in it does so too: nobody means anything by the second one.
 *
 * @param now milliseconds
 */
export function listenForInterrupt(
  source: SignalSource,
  { notice, now }: { notice(text: string): void; now(): number },
): Interrupt {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let firstMs = 0;
  const stop = (code: number): void => {
    if (exitCode !== undefined) {
      if (now() - firstMs >= SAME_WISH_MS) source.exit(code);
      return;
    }
    firstMs = now();
    exitCode = code;
    notice('Stopping in order; once more stops at once.');
    controller.abort(new CancelledError('Interrupted.'));
  };
  source.on('SIGINT', () => stop(130));
  source.on('SIGTERM', () => stop(143));
  source.on('SIGHUP', () => {
    if (exitCode === undefined) stop(129);
  });
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
  };
}
