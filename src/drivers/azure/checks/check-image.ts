import type { AzureMachine } from '../azure-machine.ts';
import type { SizeFacts } from '../catalogue/size-facts.ts';
import { findImageAlias, imageAliases } from '../image-aliases.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { parseImageSource } from '../image-source.ts';
import { azureDefaults } from '../options.ts';
import { parsePlan, planText } from '../plan.ts';
import { suitableSizes } from '../size-steps.ts';
import { refusal, tryWith } from './refusal.ts';

/**
 * Image, size and plan must go together.
 *
 * @param size undefined where this login may not read sizes
 * @throws PreCreateCheckError
 */
export async function checkImage(machine: AzureMachine, image: ImageFacts, size: SizeFacts | undefined): Promise<void> {
  checkPlan(machine, image);
  checkDiskSize(machine, image);
  if (size === undefined) return;
  await checkProcessor(machine, image, size);
  await checkGeneration(machine, image, size);
  await checkControllers(machine, image, size);
}

function checkPlan({ name, options }: AzureMachine, image: ImageFacts): void {
  const given = options.plan === undefined ? undefined : parsePlan(options.plan);
  // A managed image does not know whether it was made of one that is sold.
  if (given === undefined || parseImageSource(options.image)?.kind === 'managed') return;
  const own = image.plan;
  if (own !== undefined && planText(own).toLowerCase() === planText(given).toLowerCase()) return;
  const fact = own === undefined ? 'has no plan' : `has the plan ${planText(own)}`;
  throw refusal(options.image, `Image ${options.image} ${fact}, and --azure-plan says ${planText(given)}.`, [
    tryWith(name, "With the image's own", `--azure-image ${options.image}`, 'azure-plan'),
  ]);
}

function checkDiskSize({ name, options }: AzureMachine, image: ImageFacts): void {
  const { diskSizeGiB } = options;
  if (diskSizeGiB === undefined || image.sizeGiB === undefined || diskSizeGiB >= image.sizeGiB) return;
  throw refusal(
    '--azure-disk-size',
    `A disk of ${diskSizeGiB} GiB is too small for ${options.image}, which has ${image.sizeGiB} GiB.`,
    [tryWith(name, 'Large enough', `--azure-disk-size ${image.sizeGiB}`)],
  );
}

async function checkProcessor(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  const { name, options } = machine;
  if (image.architecture === undefined || image.architecture === size.architecture) return;
  const counterpart = otherArchitecture(options.image);
  throw refusal(
    options.image,
    `${options.size} has ${size.architecture} processors, and image ${options.image} is for ${image.architecture}.`,
    [
      counterpart === undefined
        ? tryWith(name, 'The default image', `--azure-image Ubuntu2404 --azure-size ${options.size}`, 'azure-plan')
        : tryWith(
            name,
            `The same for ${size.architecture}`,
            `--azure-image ${counterpart} --azure-size ${options.size}`,
          ),
      ...(await suitableSizes(machine, { image, flags: given(options), suits: () => true })),
    ],
  );
}

/** The image once more, where it is the default, which a command need not name. */
function given({ image }: AzureMachine['options']): string {
  return image === azureDefaults.image ? `--azure-image ${image}` : '';
}

/** The same system for the other processors, where a short name joins the two. */
function otherArchitecture(urn: string): string | undefined {
  const same = (one: string | undefined) => one?.toLowerCase() === urn.toLowerCase();
  const alias = imageAliases.find((one) => same(one.urn) || same(one.arm64Urn));
  if (alias === undefined || findImageAlias(alias.name) === undefined) return undefined;
  return same(alias.urn) ? alias.arm64Urn : alias.urn;
}

async function checkGeneration(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  const { generation } = image;
  const { size: name, image: from } = machine.options;
  if (generation === undefined || size.generations.includes(generation)) return;
  throw refusal(
    from,
    `Image ${from} is of generation ${generation.slice(1)}, which ${name} cannot boot.`,
    await suitableSizes(machine, { image, flags: '', suits: () => true }),
  );
}

async function checkControllers(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  const { diskControllers } = image;
  const { size: name, image: from } = machine.options;
  const fits = (one: SizeFacts) => diskControllers.some((controller) => one.diskControllers.includes(controller));
  if (diskControllers.length === 0 || fits(size)) return;
  throw refusal(
    from,
    `${name} has its disks at ${size.diskControllers.join(' or ')}, and image ${from} knows only ${diskControllers.join(' or ')}.`,
    await suitableSizes(machine, { image, flags: '', suits: fits }),
  );
}
