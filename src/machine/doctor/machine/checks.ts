import type { AzureSubject } from '../azure/azure-subject.ts';
import { localClock } from '../azure/local-clock.ts';
import { login } from '../azure/login.ts';
import { wayToAzure } from '../azure/way-to-azure.ts';
import type { Check } from '../check.ts';
import { ok } from '../finding.ts';
import { boot } from './boot.ts';
import { caCertificate, clientCertificate, serverCertificate } from './certificates.ts';
import { disk } from './disk.ts';
import { dockerContext } from './docker-context.ts';
import { engineInfo } from './engine-info.ts';
import { engine } from './engine.ts';
import { extension } from './extension.ts';
import { firewall } from './firewall.ts';
import { hostClock } from './host-clock.ts';
import { hostKey } from './host-key.ts';
import { machineProxy } from './machine-proxy.ts';
import type { MachineSubject } from './machine-subject.ts';
import { phase } from './phase.ts';
import { enginePort, sshPort } from './ports.ts';
import { record } from './record.ts';
import { resources } from './resources.ts';
import { engineCertificate } from './shown-certificate.ts';
import { sshLogin } from './ssh-login.ts';
import { tunnel } from './tunnel.ts';
import { vm } from './vm.ts';

/** What `azdock doctor NAME` looks at, in the order in which it is told. Each is for the machines that have such a thing. */
export const machineChecks: readonly Check<MachineSubject>[] = [
  record,
  phase,
  ...[wayToAzure, localClock, login].map(onAzure),
  resources,
  vm,
  extension,
  firewall,
  machineProxy,
  sshPort,
  hostKey,
  sshLogin,
  enginePort,
  caCertificate,
  clientCertificate,
  serverCertificate,
  engineCertificate,
  engine,
  engineInfo,
  hostClock,
  disk,
  boot,
  tunnel,
  dockerContext,
];

/** A check of Azure, for machines that are there. */
function onAzure({ needs, ...check }: Check<AzureSubject>): Check<MachineSubject> {
  return {
    ...check,
    ...(Array.isArray(needs) ? { needs } : {}),
    applies: ({ azure }) => azure !== undefined,
    run: async (subject, signal) =>
      subject.azure === undefined ? ok('It is not on Azure.') : check.run({ ...subject, azure: subject.azure }, signal),
  };
}
