import type { CommandClass } from './command-class.ts';

/** Every verb, and how its class is loaded when it is wanted. A verb of two words is written with a space. */
export type CommandTable = Readonly<Record<string, () => Promise<{ readonly default: CommandClass }>>>;
