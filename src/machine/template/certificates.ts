import { createServerCertificate } from '../../certs/create-certificates.ts';
import type { AzureOptions } from '../../drivers/azure/options.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { openStore } from '../../store/store.ts';
import { ensureAuthority } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';

/** What a template's machines are given, and what signed it. PEM. */
export interface TemplateCertificates {
  readonly ca: string;
  readonly machines: readonly { readonly cert: string; readonly key: string; readonly serial: string }[];
}

export interface CertificateRequest {
  /** Of each machine. */
  readonly machines: readonly { readonly name: string; readonly names: readonly string[] }[];
  readonly tlsSans: readonly string[];
}

/** Names and addresses of a machine that are known before it is there. @param dnsSuffix of the cloud */
export function knownAddresses(
  options: Pick<AzureOptions, 'dnsLabel' | 'noPublicIp' | 'privateIpAddress' | 'location'>,
  dnsSuffix: string,
): readonly string[] {
  const { dnsLabel, noPublicIp, privateIpAddress, location } = options;
  const region = location.replaceAll(' ', '').toLowerCase();
  return [
    ...(dnsLabel === undefined || noPublicIp ? [] : [`${dnsLabel}.${region}.${dnsSuffix}`]),
    ...(privateIpAddress === undefined ? [] : [privateIpAddress]),
  ];
}

/** @throws UsageError when a machine would have no name that a client could check */
export function requireAddress(
  machine: string,
  known: readonly string[],
  { tlsSans, tunnel }: { readonly tlsSans: readonly string[]; readonly tunnel: boolean },
): void {
  if (tunnel || known.length + tlsSans.length > 0) return;
  throw new UsageError(
    `A certificate names the addresses of its engine, and Azure chooses that of ${machine} when the template is deployed.`,
    {
      resource: '--parameters',
      nextSteps: [
        { label: 'A name that is known', command: `azdock template ${machine} --azure-dns LABEL --parameters FILE` },
        {
          label: 'An address that is known',
          command: `azdock template ${machine} --azure-no-public-ip --azure-private-ip-address ADDRESS --parameters FILE`,
        },
        { label: 'A name of your own DNS', command: `azdock template ${machine} --tls-san NAME --parameters FILE` },
      ],
    },
  );
}

/** Signs a certificate for each machine with the store's CA, or the one that the command line names. @throws CertificateError, StoreError */
export async function signCertificates(
  { machines, tlsSans }: CertificateRequest,
  context: MachineContext,
): Promise<TemplateCertificates> {
  const { ca } = await ensureAuthority(openStore(context.storePath, context.clock), context);
  const signed = machines.map(async ({ name, names }) => {
    const wanted = [...new Set([...tlsSans, ...names, 'localhost'])];
    const { cert, key, serial } = await createServerCertificate({
      user: context.user,
      name,
      names: wanted,
      now: new Date(),
      ca,
    });
    return { cert, key: key.reveal(), serial };
  });
  return { ca: ca.cert, machines: await Promise.all(signed) };
}
