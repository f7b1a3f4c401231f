import type { Context, SymbolInfo } from '../expressions/context.ts';
import type { ResourceDeclaration } from './template.ts';

/** One resource that a deployment is about: of a declaration with `copy` there are several. */
export interface Instance extends SymbolInfo {
  readonly declaration: ResourceDeclaration;
  /** Number within the loop; undefined without one. */
  readonly index: number | undefined;
  /** Sees the loop. */
  readonly context: Context;
  /** True when its condition holds and it is not one that exists already. */
  readonly isDeployed: boolean;
}

/** True for two names or ids that differ in nothing but case. */
export const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
