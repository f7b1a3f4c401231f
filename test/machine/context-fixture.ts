import type { MachineContext } from '../../src/machine/machine-context.ts';
import type { Progress } from '../../src/steps/progress.ts';
import { silentProgress } from '../../src/steps/progress.ts';
import { Pace } from '../../src/wait/pace.ts';
import { systemClock } from '../../src/wait/wait-until.ts';

/** What a lifecycle gets from outside, with nobody at the keyboard and no login in the environment. */
export function testContext(storePath: string, rest: Partial<MachineContext> = {}): MachineContext {
  return {
    storePath,
    environment: {},
    user: 'tester',
    progress: silentProgress,
    signal: new AbortController().signal,
    interactive: false,
    version: 'test',
    clock: systemClock,
    pace: new Pace(systemClock),
    tls: { caCert: undefined, caKey: undefined, clientCert: undefined, clientKey: undefined },
    notify() {},
    startSandbox: () => Promise.reject(new Error('no sandbox here')),
    startTunnel: () => Promise.reject(new Error('no tunnel here')),
    ...rest,
  };
}

/** Progress that keeps what it is told. */
export function listeningProgress(): Progress & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    step: (title, work) => {
      said.push(title);
      return work({ title() {}, detail() {} });
    },
    warn: (message) => void said.push(`Warning: ${message}`),
    info: (message) => void said.push(message),
  };
}
