import type { AzureOptions } from '../../drivers/azure/options.ts';
import type { Progress } from '../../steps/progress.ts';
import { Expression } from './expression.ts';
import { foreignIds } from './resources.ts';
import type { Template } from './template.ts';

/** What those who deploy the template should know, and cannot read out of it. */
export function tellAbout(template: Template, { fallback }: Pick<AzureOptions, 'fallback'>, progress: Progress): void {
  if (fallback.length > 0) progress.warn('--fallback is left out: a template names one size and one zone.');
  for (const id of foreignIds(template.resources)) progress.info(`The template only refers to what is there: ${id}`);
  const plan = template.resources.map(({ body }) => body['plan']).find((one) => one !== undefined);
  if (typeof plan !== 'object' || plan === null || plan instanceof Expression) return;
  const { publisher, product, name } = Object(plan);
  progress.warn(
    `The image is sold under the plan ${publisher}:${product}:${name}. Its terms have to be accepted for the subscription before the template is deployed: ` +
      `az vm image terms accept --publisher ${publisher} --offer ${product} --plan ${name}`,
  );
}

/** The command that deploys it, on stderr: standard output has the template. @param file with values of parameters */
export function tellHowToDeploy(
  { parameters }: Template,
  how: { readonly group: string; readonly file: string | undefined; readonly language: 'arm' | 'bicep' },
  progress: Progress,
): void {
  const { group, file, language } = how;
  const template = language === 'bicep' ? 'TEMPLATE.bicep' : 'TEMPLATE.json';
  const open = parameters.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [name] : []));
  // The file has all but the SSH key, which is somebody's, and is a default where it was given.
  const left = file === undefined ? open : open.filter((name) => name === 'sshPublicKey');
  const values = [
    ...(file === undefined ? [] : [` --parameters @${file}`]),
    ...(left.length === 0 ? [] : [` --parameters ${left.map((name) => `${name}=VALUE`).join(' ')}`]),
  ];
  progress.info(`To deploy it:  az deployment group create -g ${group} --template-file ${template}${values.join('')}`);
}
