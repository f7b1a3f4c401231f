import { notImplemented } from '../../arm/problems.ts';
import { TemplateError } from '../expressions/template-error.ts';
import type { TemplateFunction } from '../expressions/template-function.ts';
import { cidrFunctions } from './cidr.ts';
import { collectionFunctions } from './collections.ts';
import { encodingFunctions } from './encoding.ts';
import { identifierFunctions } from './identifiers.ts';
import { lambdaFunctions } from './lambdas.ts';
import { logicFunctions } from './logic.ts';
import { numberFunctions } from './numbers.ts';
import { resourceIdFunctions } from './resource-ids.ts';
import { scopeFunctions } from './scopes.ts';
import { setFunctions } from './sets.ts';
import { stringFunctions } from './strings.ts';

const functions: ReadonlyMap<string, TemplateFunction> = new Map(
  [
    ...stringFunctions,
    ...encodingFunctions,
    ...identifierFunctions,
    ...numberFunctions,
    ...collectionFunctions,
    ...setFunctions,
    ...logicFunctions,
    ...lambdaFunctions,
    ...cidrFunctions,
    ...resourceIdFunctions,
    ...scopeFunctions,
  ].map((one) => [one.name.toLowerCase(), one]),
);

/** Names of the functions that the sandbox knows. */
export const functionNames: readonly string[] = [...functions.values()].map(({ name }) => name);

/** Functions of Azure's that the sandbox does not play. */
const notPlayed =
  /^(list\w+|dateTimeAdd|dateTimeFromEpoch|dateTimeToEpoch|providers|managementGroup|managementGroupResourceId|deployer|externalInput|mapValues|groupBy|fail|extension|roleDefinitions|toLogicalZones?|toPhysicalZones?|buildUri|parseUri)$/i;

/** The function of that name, whatever its case. @throws TemplateError for none, ArmProblem for one that is not played */
export function findFunction(name: string): TemplateFunction {
  const found = functions.get(name.toLowerCase());
  if (found) return found;
  if (notPlayed.test(name) || name.includes('.')) throw notImplemented(`the template function '${name}'`);
  throw new TemplateError(
    `The template function '${name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
  );
}

/** Functions whose value is only known when resources are there. */
export const isRuntimeFunction = (name: string): boolean => /^(references?)$/i.test(name);
