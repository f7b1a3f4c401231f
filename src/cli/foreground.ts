import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { OutsideProgram } from '../machine/outside-programs.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Runs a program to its end, in our place: it has our terminal, input and output.
 *
 * Signals are for it to answer meanwhile: those that only reach us are handed on. A terminal sends its own (Ctrl-C) to both.
 *
 * @returns its exit code; 128 and the signal's number when one ended it, as shells say
 * @throws UnsupportedError when it cannot be started
 */
export async function runForeground({ file, args, environment }: OutsideProgram): Promise<number> {
  let child: ChildProcess | undefined;
  const hasTerminal = isatty(0) || isatty(1) || isatty(2);
  const handOn = (signal: NodeJS.Signals): void => {
    if (!hasTerminal || signal === 'SIGTERM' || signal === 'SIGHUP') child?.kill(signal);
  };
  const waiting = SIGNALS.map((signal) => ({ signal, listeners: process.listeners(signal) }));
  // Before the program runs, and never without a listener: Node drops a signal that comes while there is none.
  for (const { signal, listeners } of waiting) {
    process.on(signal, handOn);
    for (const listener of listeners) process.off(signal, listener);
  }
  try {
    child = spawn(file, args, { stdio: 'inherit', env: { ...environment } });
    await once(child, 'exit');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnsupportedError(`${file} cannot be started: ${why}`, { resource: file, cause: error });
  } finally {
    for (const { signal, listeners } of waiting) {
      for (const listener of listeners) process.on(signal, listener);
      process.off(signal, handOn);
    }
  }
  return child.exitCode ?? 128 + (child.signalCode === null ? 0 : constants.signals[child.signalCode]);
}
