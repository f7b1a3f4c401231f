import type { AzureProbe } from '../../../src/machine/doctor/azure/azure-probe.ts';
import { azureProbe } from '../../../src/machine/doctor/azure/azure-probe.ts';
import { azureOptions, type AzureOptionValues } from '../../../src/drivers/azure/resolve-options.ts';
import type { Check } from '../../../src/machine/doctor/check.ts';
import type { ComputerSubject } from '../../../src/machine/doctor/computer/computer-subject.ts';
import type { Finding } from '../../../src/machine/doctor/finding.ts';
import type { DoctorSurroundings } from '../../../src/machine/doctor/surroundings.ts';
import type { MachineContext } from '../../../src/machine/machine-context.ts';
import { testContext } from '../context-fixture.ts';

/** Surroundings in which nothing is wrong. */
export function surroundings(
  storePath: string,
  given: Partial<DoctorSurroundings> & { readonly environment?: MachineContext['environment'] } = {},
): DoctorSurroundings {
  const { environment = {}, ...rest } = given;
  return {
    context: testContext(storePath, { environment }),
    now: () => new Date(),
    probeMs: 10_000,
    ownAddresses: [],
    dockerConfig: `${storePath}/no-docker`,
    ...rest,
  };
}

/** An Azure that is never asked, unless a sandbox's directory is in the environment. */
export function probe(around: DoctorSurroundings, values: AzureOptionValues = {}): AzureProbe {
  const { options } = azureOptions(values);
  return azureProbe({ name: 'dev', id: '', options }, around, around.context.signal);
}

/** This computer, with nothing wrong but what is given. */
export function computer(
  storePath: string,
  given: Parameters<typeof surroundings>[1] & {
    readonly nodeVersion?: string;
    readonly azure?: AzureOptionValues;
  } = {},
): ComputerSubject {
  const { nodeVersion = '24.1.0', azure, ...rest } = given;
  const around = surroundings(storePath, rest);
  return { ...around, nodeVersion, azure: probe(around, azure) };
}

/** What a check finds. */
export function find<Subject>(check: Check<Subject>, subject: Subject): Promise<Finding> {
  return check.run(subject, AbortSignal.timeout(20_000));
}
