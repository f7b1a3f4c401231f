import { TemplateError } from '../expressions/template-error.ts';
import { type Instance, isSame } from './instance.ts';
import type { ResourceDeclaration } from './template.ts';

/**
 * Resources that a text means: an id, a name, `type/name`, a symbolic name with or without index, or the name of a copy loop,
 * which means all of it. Undefined when the template has no such resource.
 *
 * @throws TemplateError for a name that several have
 */
export function findInstances(
  text: string,
  instances: readonly Instance[],
  declarations: readonly ResourceDeclaration[],
): readonly Instance[] | undefined {
  const loop = declarations.find(
    ({ symbol, copy }) => copy && (isSame(copy.name, text) || (symbol !== undefined && isSame(symbol, text))),
  );
  const bySymbol = instances.filter((one) => one.declaration.symbol !== undefined && isSame(one.symbol, text));
  if (bySymbol.length > 0) return bySymbol;
  if (loop) return instances.filter(({ declaration }) => declaration === loop);
  const byPath = instances.filter((one) => isSame(one.id, text) || pathsOf(one).some((path) => isSame(path, text)));
  if (byPath.length > 0) return byPath;
  const byName = instances.filter(({ name }) => isSame(name, text));
  if (byName.length > 1)
    throw new TemplateError(
      `The resource name '${text}' is ambiguous: several resources of the template have it. Please use the resource's id. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    );
  return byName.length === 0 ? undefined : byName;
}

/**
 * `Microsoft.Compute/virtualMachines/vm/extensions/x`, and the older `Microsoft.Compute/virtualMachines/extensions/vm/x`. A
 * resource group has a second id: `subscriptionResourceId('Microsoft.Resources/resourceGroups', 'g')`.
 */
function pathsOf({ id, type, name }: Instance): readonly string[] {
  const alias = id.replace(
    /^(\/subscriptions\/[^/]+)\/(resourceGroups\/[^/]+)$/i,
    '$1/providers/Microsoft.Resources/$2',
  );
  return [alias, id.split('/providers/').at(-1) ?? '', `${type}/${name}`];
}
