import type { AdoptedHost } from '../adopted-host.ts';
import type { Driver } from '../driver.ts';
import type { AzureMachine } from './azure-machine.ts';
import { Batch } from './batch.ts';
import { checkStop } from './check-stop.ts';
import { creationSteps } from './create.ts';
import type { AzureDependencies } from './dependencies.ts';
import { describeRemoval } from './describe-removal.ts';
import { azureExtensions } from './extensions.ts';
import { openCourse } from './fallback/course.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import type { AzureOptions } from './options.ts';
import { azureRemains } from './remains/remains.ts';
import { parseResourceId } from './resource-id.ts';
import { EVERYBODY } from './sources.ts';

export interface AzureDriverOptions {
  /** The machine's name. */
  readonly name: string;
  /** Value of the tag `azdock-id`; empty for a machine that azdock did not make. */
  readonly id: string;
  /** Value of the tag `azdock-store`. Undefined: the machine has none. */
  readonly storeId?: string | undefined;
  readonly options: AzureOptions;
  readonly dependencies: AzureDependencies;
  /** The machines that are made together with it. @defaultValue it is alone */
  readonly batch?: Batch;
  /** The machine is about to be made. @defaultValue false */
  readonly isNew?: boolean;
}

export interface AzureDriver extends Driver {
  /** The options with what only Azure could tell: subscription, port of SSH. This is what goes on record. */
  settledOptions(): Promise<AzureOptions>;
}

/** Machines on Azure. Nothing is loaded, asked or logged in to before it is needed, and then once. */
export function createAzureDriver(given: AzureDriverOptions): AzureDriver {
  const { name, id, storeId, options, dependencies, batch = new Batch(), isNew = false } = given;
  const asked = once(async (): Promise<AzureMachine> => {
    const [{ openSession }, { azureMachine }] = await Promise.all([
      import('./session.ts'),
      import('./azure-machine.ts'),
    ]);
    const newMachine = isNew && options.existing === undefined ? name : undefined;
    const session = await batch.share('session', () => openSession(newMachine, options, dependencies));
    return azureMachine({ name, id, storeId, options, session, dependencies, batch });
  });
  const course = openCourse(asked);
  const { machine } = course;
  const image = () =>
    batch.share('image', async (): Promise<ImageFacts> => {
      const { findImage } = await import('./image.ts');
      return findImage(await machine());
    });
  return {
    name: 'azure',
    async describe() {
      const { imageName } = await import('./image.ts');
      const { session, options: now } = await machine();
      return [now.size, imageName(options.image), options.location, `subscription ${session.subscriptionName}`].join(
        ', ',
      );
    },
    async check(warn = () => {}) {
      const { checkMachine } = await import('./check.ts');
      await checkMachine(course, image, warn);
    },
    async checkTemplate(warn) {
      const { checkTemplate } = await import('./template/check-template.ts');
      await checkTemplate(await machine(), image, warn);
    },
    async settledOptions() {
      const { session, options: now } = await machine();
      return { ...now, subscriptionId: session.subscriptionId, sshPort: session.cloud.sshPort };
    },
    async preview() {
      const { previewMachine } = await import('./preview/preview-machine.ts');
      return previewMachine(await machine(), await image());
    },
    creationSteps: (left) => {
      // A request that makes a VM would change the user's.
      if (options.existing !== undefined) throw new TypeError(`${options.existing.vm} is there, and nothing makes it`);
      return creationSteps({ name, options, course, image, hasHost: left?.hasHost === true });
    },
    async state(signal) {
      const { readState } = await import('./power.ts');
      return readState(await machine(), signal);
    },
    async address(signal) {
      const { readAddress } = await import('./addresses.ts');
      return readAddress(await machine(), signal);
    },
    async start(progress, signal) {
      const { startMachine } = await import('./power.ts');
      await startMachine(await machine(), progress, signal);
    },
    checkStop: (how) => checkStop(name, options, how),
    async stop(how, progress, signal) {
      const { stopMachine } = await import('./power.ts');
      await stopMachine(await machine(), how, progress, signal);
    },
    async restart(progress, signal) {
      const { restartMachine } = await import('./power.ts');
      await restartMachine(await machine(), progress, signal);
    },
    describeRemoval: () => describeRemoval(options),
    async remove(journal, progress, signal) {
      const remove =
        options.existing === undefined
          ? (await import('./remove.ts')).removeMachine
          : (await import('./existing/release.ts')).releaseMachine;
      await remove(await machine(), journal, progress, signal);
    },
    async runScript(script, signal) {
      const { runCommand } = await import('./run-command.ts');
      return runCommand(await machine(), script, signal);
    },
    ...(options.existing === undefined ? {} : { adopted: adoptedHost(options.existing.vm, machine) }),
    extensions: azureExtensions(machine),
    remains: azureRemains(machine),
    access: {
      recorded: recordedSources(options),
      async read(signal) {
        const { readAccess } = await import('./access.ts');
        return readAccess(await machine(), signal);
      },
      async change(sources, signal) {
        const { changeAccess } = await import('./access.ts');
        return changeAccess(await machine(), sources, signal);
      },
    },
  };
}

function adoptedHost(vm: string, machine: () => Promise<AzureMachine>): AdoptedHost {
  const { names = [], group } = parseResourceId(vm) ?? {};
  return {
    label: `virtual machine ${names[0]} in ${group}`,
    async mark(signal) {
      const { tagVm } = await import('./existing/tag-vm.ts');
      await tagVm(await machine(), signal);
    },
    async parts(signal) {
      const { vmParts } = await import('./existing/vm-parts.ts');
      return vmParts(await machine(), signal);
    },
    async claim(journal, signal) {
      const { claimParts } = await import('./existing/vm-parts.ts');
      await claimParts(await machine(), journal, signal);
    },
  };
}

/** azdock's machines of earlier times are open to everybody; what docker-machine made, and groups of others, are not on record. */
function recordedSources({ securityGroup, allowFrom, adopted, existing }: AzureOptions): readonly string[] | undefined {
  if (securityGroup !== undefined || adopted || existing !== undefined) return undefined;
  return allowFrom.length === 0 ? [EVERYBODY] : allowFrom;
}

/** Remembers the first success; after a failure it tries anew. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
