import type { CommandTable } from '../cli/command-table.ts';

export const commands: CommandTable = {
  config: () => import('./config.ts'),
  create: () => import('./create.ts'),
  env: () => import('./env.ts'),
  inspect: () => import('./inspect.ts'),
  ip: () => import('./ip.ts'),
  ls: () => import('./ls.ts'),
  'regenerate-certs': () => import('./regenerate-certs.ts'),
  rm: () => import('./rm.ts'),
  status: () => import('./status.ts'),
  url: () => import('./url.ts'),
  version: () => import('./version.ts'),
};
