import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { DriverRecord } from '../../store/record.ts';

/** Keys of docker-machine's first Azure driver, up to 0.6 (docker/machine v0.6.0:drivers/azure/azure.go). */
const CLASSIC_KEYS = ['PublishSettingsFilePath', 'SubscriptionCert', 'DockerSwarmMasterPort'];

/**
 * True for a record of Azure's classic deployment model, which knew no resource groups: it was logged in to with a publish settings file or
 * a management certificate, and a machine was a cloud service, `NAME.cloudapp.net`.
 */
export function isClassicRecord(record: DriverRecord): boolean {
  const group = record['ResourceGroup'];
  return typeof group !== 'string' || group === '' || CLASSIC_KEYS.some((key) => record[key] !== undefined);
}

/** What is said about such a machine, whatever was to be done with it. */
export function classicMachine(machine: string): UnsupportedError {
  return new UnsupportedError(
    `${machine} was made by docker-machine 0.6 or older in Azure's classic deployment model, which Azure closed in 2023.`,
    {
      resource: machine,
      details: ['Resources of that kind can no longer be asked for, changed or removed.'],
      nextSteps: [
        { label: 'Forget it', command: `azdock rm -f ${machine}` },
        { label: 'Make a new one', command: `azdock create ${machine}` },
      ],
    },
  );
}
