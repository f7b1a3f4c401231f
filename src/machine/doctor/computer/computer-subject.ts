import type { AzureSubject } from '../azure/azure-subject.ts';

/** This computer, and the subscription that it works with. */
export interface ComputerSubject extends AzureSubject {
  /** As `process.versions.node` has it: `24.1.0`. */
  readonly nodeVersion: string;
}
