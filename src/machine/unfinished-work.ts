import type { Sidecar } from '../store/sidecar.ts';

/** What began with a machine and broke off; undefined when all is done, or may still be going on. `rm` cleans up after either. */
export function unfinishedWork(sidecar: Sidecar | undefined): 'creation' | 'removal' | undefined {
  if (sidecar?.phase === 'failed') return 'creation';
  return sidecar?.phase === 'removing' ? 'removal' : undefined;
}
