import { access, constants } from 'node:fs/promises';
import { ArmError } from '../../errors/arm-error.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { checkProvider } from './check-provider.ts';
import { checkSize } from './check-size.ts';
import { computeChecks } from './checks/check-compute.ts';
import { checkAddressQuota } from './checks/check-address-quota.ts';
import { networkChecks } from './checks/check-network.ts';
import type { Warn } from './checks/warn.ts';
import type { Course } from './fallback/course.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import { ID_TAG } from './naming.ts';
import { holdsLabel } from './remains/holds-already.ts';
import { takenName } from './taken-name.ts';

/**
 * Checks, all at once, what Azure can tell cheaply before anything is made. What this login may not read is left to the
 * creation itself. What holds for all machines of a command is asked once.
 *
 * @throws PreCreateCheckError, UsageError, LoginError; the first one found, further ones in its details
 */
export async function checkMachine(course: Course, findImage: () => Promise<ImageFacts>, warn: Warn): Promise<void> {
  const asked = await course.machine();
  const { batch, session } = asked;
  const { compute, network, resources } = session.clients;
  // The clients take longer to load than the login takes to answer.
  await batch.share('login', () => Promise.all([session.verify(), compute(), network(), resources()]));
  await course.settle(findImage, warn);
  const machine = await course.machine();
  const common = () => allPass(machine.name, [...commonChecks(machine, findImage, warn)]);
  await allPass(machine.name, [
    checkName(machine),
    checkCustomData(machine),
    checkVmIsNew(machine),
    batch.share('checks', common),
    checkDnsLabel(machine),
  ]);
}

/** What does not depend on a machine's name. */
function commonChecks(
  machine: AzureMachine,
  findImage: () => Promise<ImageFacts>,
  warn: Warn,
): readonly Promise<unknown>[] {
  return [
    checkProvider(machine, 'Microsoft.Compute'),
    checkProvider(machine, 'Microsoft.Network'),
    // Before the image, which is not to be found in a region that is none.
    checkSize(machine, findImage),
    findImage(),
    ...computeChecks(machine, findImage),
    ...networkChecks(machine, warn),
    checkAddressQuota(machine),
  ];
}

/** @throws the first failure, with the others in its details */
async function allPass(name: string, checks: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(checks);
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  // Several checks may have asked for the same thing.
  const [first, ...others] = [...new Set(failures)];
  if (first === undefined) return;
  throw asCheckError(
    first,
    name,
    others.flatMap((other) =>
      other instanceof AzdockError
        ? [other.message, ...other.details]
        : [other instanceof Error ? other.message : String(other)],
    ),
  );
}

/** An answer of Azure that stops a creation before it began is a failed check. What exits otherwise on purpose, stays. */
function asCheckError(first: unknown, name: string, others: readonly string[]): unknown {
  if (first instanceof PreCreateCheckError && others.length === 0) return first;
  if (!(first instanceof PreCreateCheckError || (first instanceof ArmError && first.kind === 'other'))) return first;
  const { message, resource, azure, nextSteps, details } = first;
  // Nothing has been made yet, and what is to be tried again is the creation.
  const steps = nextSteps.filter(({ label }) => label !== 'Clean up' && label !== 'Try again later');
  return new PreCreateCheckError(message, {
    details: [...details, ...others],
    nextSteps: steps.length > 0 ? steps : [{ label: 'Try again later', command: `azdock create ${name}` }],
    cause: first,
    ...(resource === undefined ? {} : { resource }),
    ...(azure === undefined ? {} : { azure }),
  });
}

/** Azure's rule for names of VMs (error InvalidParameter: `^[^_\W][\w-._]{0,79}(?<![-.])$`); Linux computer names end at 64. */
export async function checkName({ name }: Pick<AzureMachine, 'name'>): Promise<void> {
  if (/^[a-z0-9][\w.-]{0,62}(?<![-.])$/i.test(name)) return;
  throw new UsageError(
    `"${name}" cannot be a virtual machine's name: letters, digits, '-' and '.', not ending with '-' or '.'.`,
    {
      resource: name,
    },
  );
}

async function checkCustomData({ options }: AzureMachine): Promise<void> {
  const file = options.customDataFile;
  if (file === undefined) return;
  await access(file, constants.R_OK).catch((error: unknown) => {
    throw new UsageError(`--azure-custom-data: custom-data file ${file} could not be found or read.`, {
      resource: file,
      cause: error,
    });
  });
}

/** One that an earlier run of this creation has made is the machine's own. */
async function checkVmIsNew(machine: AzureMachine): Promise<void> {
  const { name, names, session } = machine;
  const found = await session.call(deed(machine, `look for a virtual machine ${name}`, name), undefined, async (to) => {
    try {
      return await (await to.compute()).virtualMachines.get(names.group, names.vm);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
  if (found !== undefined && found.tags?.[ID_TAG] !== machine.id) throw takenName(machine);
}

async function checkDnsLabel(machine: AzureMachine): Promise<void> {
  const { session, options } = machine;
  const { dnsLabel, location } = options;
  if (dnsLabel === undefined) return;
  const answer = await session.call(deed(machine, `check DNS label ${dnsLabel}`, dnsLabel), undefined, async (to) =>
    (await to.network()).checkDnsNameAvailability(location, dnsLabel),
  );
  if (answer.available === false && !(await holdsLabel(machine, dnsLabel)))
    throw new PreCreateCheckError(`${dnsLabel}.${location}.${session.cloud.dnsSuffix} is taken.`, {
      resource: dnsLabel,
      nextSteps: [{ label: 'Another label', command: `azdock create ${machine.name} --azure-dns ${dnsLabel}-2` }],
    });
}
