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
 * The first SIGINT, SIGTERM or SIGHUP aborts, so that running steps can stop in order; a second one ends the process at once.
 */
export function listenForInterrupt(source: SignalSource, notice: (text: string) => void): Interrupt {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const stop = (code: number): void => {
    if (exitCode !== undefined) {
      source.exit(code);
      return;
    }
    exitCode = code;
    notice('Stopping in order; once more stops at once.');
    controller.abort(new CancelledError('Interrupted.'));
  };
  source.on('SIGINT', () => stop(130));
  source.on('SIGTERM', () => stop(143));
  source.on('SIGHUP', () => stop(129));
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
  };
}
