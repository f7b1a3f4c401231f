import type { AzureMachine } from '../azure-machine.ts';
import type { SizeFacts } from '../catalogue/size-facts.ts';
import { findImageAlias, imageAliases } from '../image-aliases.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { parseImageSource } from '../image-source.ts';
import { azureDefaults } from '../options.ts';
import { parsePlan, planText } from '../plan.ts';
import { refusal, tryWith } from './refusal.ts';

/**
 * Image, size and plan must go together.
 *
 * @param size undefined where this login may not read sizes
 * @throws PreCreateCheckError
 */
export function checkImage(machine: AzureMachine, image: ImageFacts, size: SizeFacts | undefined): void {
  checkPlan(machine, image);
  checkDiskSize(machine, image);
  if (size === undefined) return;
  checkProcessor(machine, image, size);
  checkGeneration(machine, image, size);
  checkControllers(machine, image, size);
}

function checkPlan({ name, options }: AzureMachine, image: ImageFacts): void {
  const given = options.plan === undefined ? undefined : parsePlan(options.plan);
  // A managed image does not know whether it was made of one that is sold.
  if (given === undefined || parseImageSource(options.image)?.kind === 'managed') return;
  const own = image.plan;
  if (own !== undefined && planText(own).toLowerCase() === planText(given).toLowerCase()) return;
  const fact = own === undefined ? 'has no plan' : `has the plan ${planText(own)}`;
  throw refusal(options.image, `Image ${options.image} ${fact}, and --azure-plan says ${planText(given)}.`, [
    tryWith(name, "With the image's own", `--azure-image ${options.image}`),
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

function checkProcessor({ name, options }: AzureMachine, image: ImageFacts, size: SizeFacts): void {
  if (image.architecture === undefined || image.architecture === size.architecture) return;
  const counterpart = otherArchitecture(options.image);
  throw refusal(
    options.image,
    `${options.size} has ${size.architecture} processors, and image ${options.image} is for ${image.architecture}.`,
    [
      counterpart === undefined
        ? tryWith(name, 'The default image', `--azure-image Ubuntu2404 --azure-size ${options.size}`)
        : tryWith(
            name,
            `The same for ${size.architecture}`,
            `--azure-image ${counterpart} --azure-size ${options.size}`,
          ),
      image.architecture === 'x64'
        ? tryWith(name, 'Another size', `--azure-size ${azureDefaults.size} --azure-image ${options.image}`)
        : tryWith(name, 'Another size', `--azure-size Standard_D2ps_v5 --azure-image ${options.image}`),
    ],
  );
}

/** The same system for the other processors, where a short name joins the two. */
function otherArchitecture(urn: string): string | undefined {
  const same = (one: string | undefined) => one?.toLowerCase() === urn.toLowerCase();
  const alias = imageAliases.find((one) => same(one.urn) || same(one.arm64Urn));
  if (alias === undefined || findImageAlias(alias.name) === undefined) return undefined;
  return same(alias.urn) ? alias.arm64Urn : alias.urn;
}

function checkGeneration({ name, options }: AzureMachine, image: ImageFacts, size: SizeFacts): void {
  if (image.generation === undefined || size.generations.includes(image.generation)) return;
  throw refusal(
    options.image,
    `Image ${options.image} is of generation ${image.generation.slice(1)}, which ${options.size} cannot boot.`,
    [
      tryWith(
        name,
        'Another size',
        `--azure-size ${image.generation === 'V2' ? azureDefaults.size : 'Standard_D2s_v5'} --azure-image ${options.image}`,
      ),
    ],
  );
}

function checkControllers({ name, options }: AzureMachine, image: ImageFacts, size: SizeFacts): void {
  if (image.diskControllers.length === 0 || image.diskControllers.some((one) => size.diskControllers.includes(one)))
    return;
  throw refusal(
    options.image,
    `${options.size} has its disks at ${size.diskControllers.join(' or ')}, and image ${options.image} knows only ${image.diskControllers.join(' or ')}.`,
    [tryWith(name, 'Another size', `--azure-size ${azureDefaults.size} --azure-image ${options.image}`)],
  );
}
