import { UsageError } from '../errors/usage-error.ts';
import { text } from './flags.ts';

const gone = () => text({ summary: "Of docker-machine 0.6, for Azure's classic deployment model", hidden: true });

/** Flags of docker-machine's first Azure driver, up to 0.6 (docker/machine v0.6.0:drivers/azure/azure.go). They are known to be refused. */
export const classicFlags = {
  'azure-publish-settings-file': gone(),
  'azure-subscription-cert': gone(),
  'azure-docker-swarm-master-port': gone(),
  'azure-username': gone(),
  'azure-password': gone(),
};

/** @throws UsageError when one of them was given */
export function refuseClassicFlags(flags: { readonly [Name in keyof typeof classicFlags]?: string | undefined }): void {
  const given = Object.entries(flags).find(([name, value]) => Object.hasOwn(classicFlags, name) && value !== undefined);
  if (given === undefined) return;
  const flag = `--${given[0]}`;
  throw new UsageError(`${flag} was for Azure's classic deployment model, which Azure closed in 2023.`, {
    resource: flag,
    nextSteps: [
      { label: 'Log in as Azure has it today', command: 'az login' },
      { label: 'Flags that there are', command: 'azdock create --help' },
    ],
  });
}
