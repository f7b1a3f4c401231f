import type { AzureMachine } from '../../../drivers/azure/azure-machine.ts';
import type { Cloud } from '../../../drivers/azure/clouds.ts';
import type { OpenAnswer } from '../../../drivers/azure/diagnosis/ask-openly.ts';
import type { AzureDependencies } from '../../../drivers/azure/dependencies.ts';
import type { LoginChoice } from '../../../drivers/azure/login.ts';
import type { AzureOptions } from '../../../drivers/azure/options.ts';
import { SandboxError } from '../../../errors/sandbox-error.ts';
import { azureDependencies } from '../../open-driver.ts';
import { once } from '../once.ts';
import type { DoctorSurroundings } from '../surroundings.ts';

/** Azure, as far as checks ask it: each question once, however many want the answer. */
export interface AzureProbe {
  readonly options: AzureOptions;
  readonly dependencies: AzureDependencies;
  /** @throws UsageError for a cloud that is none, SandboxError when the sandbox is down: it is not started */
  cloud(): Promise<Cloud>;
  /** Azure Resource Manager without a login. @throws ConnectionError */
  openAnswer(): Promise<OpenAnswer>;
  /** How the login was chosen; undefined before the session is open. */
  choice(): LoginChoice | undefined;
  /** The machine, with an open session. @throws LoginError, UsageError when no subscription is known, SandboxError */
  machine(): Promise<AzureMachine>;
}

export interface ProbedMachine {
  readonly name: string;
  /** Value of the tag `azdock-id`; empty for none. */
  readonly id: string;
  readonly options: AzureOptions;
}

/** Opens nothing before it is asked. @param signal ends all questions */
export function azureProbe(
  { name, id, options }: ProbedMachine,
  { context, probeMs, now }: DoctorSurroundings,
  signal: AbortSignal,
): AzureProbe {
  let choice: LoginChoice | undefined;
  const dependencies: AzureDependencies = {
    ...azureDependencies(context),
    startSandbox: () => Promise.reject(sandboxIsDown()),
    onLogin: (chosen) => {
      choice = chosen;
    },
  };
  const cloud = once(async () => {
    const { findCloud } = await import('../../../drivers/azure/clouds.ts');
    return findCloud(options.environment, dependencies);
  });
  return {
    options,
    dependencies,
    cloud,
    choice: () => choice,
    openAnswer: once(async () => {
      const [{ askOpenly }, { openTransport }] = await Promise.all([
        import('../../../drivers/azure/diagnosis/ask-openly.ts'),
        import('../../../drivers/azure/transport.ts'),
      ]);
      const found = await cloud();
      const url = `${found.endpoint}/subscriptions?api-version=2022-12-01`;
      return askOpenly(url, openTransport(found, dependencies), { signal, timeoutMs: probeMs, now });
    }),
    machine: once(async () => {
      const [{ openSession }, { azureMachine }, { Batch }] = await Promise.all([
        import('../../../drivers/azure/session.ts'),
        import('../../../drivers/azure/azure-machine.ts'),
        import('../../../drivers/azure/batch.ts'),
      ]);
      const session = await openSession(undefined, options, dependencies);
      const batch = new Batch({ isDryRun: true });
      return azureMachine({ name, id, storeId: undefined, options, session, dependencies, batch });
    }),
  };
}

function sandboxIsDown(): SandboxError {
  return new SandboxError('The sandbox is down.', {
    nextSteps: [{ label: 'Start it', command: 'azdock sandbox up' }],
  });
}
