import { ArmProblem } from '../arm/problem.ts';

/** Rules for names in Microsoft.Network: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const form = /^[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9_])?$/i;

/** @throws ArmProblem 400 `InvalidResourceName`. */
export function checkName(name: string): void {
  if (!form.test(name))
    throw new ArmProblem(
      400,
      'InvalidResourceName',
      `Resource name ${name} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.`,
    );
}
