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
  'sandbox down': () => import('./sandbox/down.ts'),
  'sandbox journal': () => import('./sandbox/journal.ts'),
  'sandbox reset': () => import('./sandbox/reset.ts'),
  'sandbox serve': () => import('./sandbox/serve.ts'),
  'sandbox status': () => import('./sandbox/status.ts'),
  'sandbox up': () => import('./sandbox/up.ts'),
  status: () => import('./status.ts'),
  url: () => import('./url.ts'),
  version: () => import('./version.ts'),
};
