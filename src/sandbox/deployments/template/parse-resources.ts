import { notImplemented } from '../../arm/problems.ts';
import type { Json, JsonObject } from '../../json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { bodyMembers, type ResourceParts, resourceShape } from './shapes.ts';
import type { CopyDeclaration, ResourceDeclaration } from './template.ts';

/** Nested resources are children of children of resources; deeper than this there are none. */
const maximumDepth = 10;

/** The declared resources with those nested in them, each after its parent. @throws ShapeError, TemplateError, ArmProblem */
export function parseResources(
  resources: readonly unknown[] | Record<string, unknown>,
  at: string,
  parent?: ResourceDeclaration,
): readonly ResourceDeclaration[] {
  const isList = Array.isArray(resources);
  return Object.entries(resources).flatMap(([key, value]) => {
    const place = isList ? `${at}[${key}]` : `${at}.${key}`;
    const parts = resourceShape.parse(value, place);
    refuse(parts);
    const declaration = declare(parts, isList ? undefined : key, parent);
    if (depthOf(declaration) > maximumDepth)
      throw new TemplateError(`The resources at '${place}' are nested too deep.`);
    return [declaration, ...parseResources(parts.resources ?? [], `${place}.resources`, declaration)];
  });
}

function depthOf({ parent }: ResourceDeclaration): number {
  return parent ? depthOf(parent) + 1 : 0;
}

function refuse(parts: ResourceParts): void {
  for (const key of ['scope', 'asserts', 'import', 'extension'] as const)
    if (parts[key] !== undefined) throw notImplemented(`'${key}' of a resource of a template`);
}

function declare(
  parts: ResourceParts,
  symbol: string | undefined,
  parent: ResourceDeclaration | undefined,
): ResourceDeclaration {
  const { type, name, apiVersion, resourceGroup, subscriptionId } = parts;
  const isExisting = parts.existing === true;
  if (isExisting && symbol === undefined)
    throw new TemplateError(`The resource '${name}' is 'existing', which needs a template of language version 2.0.`);
  if (parent && parts.copy)
    throw new TemplateError(
      `The nested resource '${name}' has a 'copy', which is not permitted on nested resources. Please see https://aka.ms/arm-copy for usage details.`,
    );
  return {
    symbol,
    parent,
    type,
    name,
    apiVersion,
    condition: parts.condition ?? true,
    copy: parts.copy && copyOf(parts.copy),
    dependsOn: parts.dependsOn ?? [],
    isExisting,
    resourceGroup,
    subscriptionId,
    body: bodyOf(parts),
  };
}

function copyOf(copy: NonNullable<ResourceParts['copy']>): CopyDeclaration {
  const { name, count = null, mode, batchSize = 1 } = copy;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new TemplateError(`The 'batchSize' of the copy '${name}' is to be an integer greater than zero.`);
  return { name, count, isSerial: mode === 'serial', batchSize };
}

function bodyOf(parts: ResourceParts): JsonObject {
  return Object.fromEntries(
    bodyMembers.flatMap((member): [string, Json][] => {
      const value = parts[member];
      return value === undefined ? [] : [[member, value]];
    }),
  );
}
