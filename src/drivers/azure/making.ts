import type { Creation } from '../creation.ts';
import type { AzureMachine } from './azure-machine.ts';

/** One creation at work: the machine, where it writes down what it does, and the signal that stops it. */
export interface Making {
  readonly machine: AzureMachine;
  readonly creation: Creation;
  readonly signal: AbortSignal;
}
