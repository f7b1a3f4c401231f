import type { CommandTable } from '../cli/command-table.ts';

export const commands: CommandTable = {
  ip: () => import('./ip.ts'),
  version: () => import('./version.ts'),
};
