import type { ArmProblem } from './problem.ts';
import type { OperationKind } from './latencies.ts';

/** Which resource provider's manners the operation's addresses and answers follow. */
export type OperationForm = 'compute' | 'disk' | 'gallery' | 'network' | 'group' | 'deployment';

/** A long-running operation, from acceptance to its end. */
export interface Operation {
  readonly name: string;
  readonly kind: OperationKind;
  readonly form: OperationForm;
  readonly method: string;
  readonly location: string;
  /** Id of the resource. */
  readonly target: string;
  readonly startMs: number;
  endMs?: number;
  status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
  problem?: ArmProblem;
  /** What the poll of `Location` is answered at the end, where that is more than a status. */
  result?: unknown;
  /** Aborted when a later request takes the resource away. */
  readonly abort: AbortController;
  /** Resolves at the end, whatever it is. */
  readonly ended: Promise<void>;
  /** Ends no more by itself: an armed fault keeps it. */
  hangs: boolean;
}
