import { CertificateError } from '../errors/certificate-error.ts';
import type { HeldMachine } from './act-on-all.ts';
import { clockProblem, judgingTime } from './clock-skew.ts';
import { type KeptCertificates, readKeptCertificates } from './kept-certificates.ts';
import type { MachineCertificates } from './machine-certificates.ts';
import { mendClient } from './mend-client.ts';

/** Certificates with which a machine's engine can be reached, or why the engine needs others. */
export type ServingCertificates =
  | { readonly certificates: MachineCertificates; readonly isMended: boolean }
  | { readonly unfit: string };

/**
 * The certificates that a machine has, with what can be mended on this computer mended: a new server certificate, which costs a restart
 * of the engine, is for those cases alone that it helps in.
 *
 * @throws CertificateError, StoreError, LockedError
 */
export async function servingCertificates(held: HeldMachine, address: string): Promise<ServingCertificates> {
  const { name, store, context } = held;
  const kept = await readKeptCertificates(store.paths(name), address, judgingTime(context));
  await requireFitHere(held, address, kept);
  if ('certificates' in kept) return { certificates: kept.certificates, isMended: false };
  const { unfit, engineSide } = kept;
  const client = engineSide === undefined ? undefined : await mendClient(held, unfit);
  if (engineSide === undefined || client === undefined) return { unfit };
  return { certificates: { ...engineSide, client }, isMended: true };
}

/** What is good by Azure's clock, and not by this computer's wrong one, cannot be used here: no new certificate helps against that. */
async function requireFitHere(
  { name, store, context }: HeldMachine,
  address: string,
  kept: KeptCertificates,
): Promise<void> {
  const clock = clockProblem(context);
  if (clock === undefined || 'unfit' in kept) return;
  const here = await readKeptCertificates(store.paths(name), address, new Date());
  if (!('unfit' in here)) return;
  throw new CertificateError(
    `The certificates of ${name} are good, but by this computer's clock ${here.unfit}. ${clock}`,
    {
      resource: name,
      nextSteps: [{ label: 'Compare the clocks', command: `azdock doctor ${name}` }],
    },
  );
}
