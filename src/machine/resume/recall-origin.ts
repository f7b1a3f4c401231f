import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AzureOptions } from '../../drivers/azure/options.ts';
import type { AzureOptionValues } from '../../drivers/azure/resolve-options.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { Secret } from '../../secret/secret.ts';
import type { StoredMachine } from '../../store/load.ts';
import type { DriverRecord } from '../../store/record.ts';
import type { OriginInput } from '../origin.ts';
import type { Origin } from '../origin.ts';
import { hasTunnel } from '../tunnel/has-tunnel.ts';
import { azureOptionFlags } from './azure-option-flags.ts';

/** What a command line says about a machine that is on record already. */
export interface RecallInput extends OriginInput {
  /** Names of the flags that were typed, without dashes. What only the environment says is for new machines. */
  readonly typed: ReadonlySet<string>;
  /** A port that was given elsewhere than by the driver's flag. */
  readonly enginePort: number | undefined;
}

export interface Recalled {
  readonly origin: Exclude<Origin, { readonly driver: 'none' }>;
  /** On Azure: as the earlier run had it. */
  readonly before: AzureOptions | undefined;
  readonly warnings: readonly string[];
}

interface Place {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Where a machine is to come from whose creation is gone on with: as its record says, and as the flags say that were typed now.
 * @throws UsageError naming the flag
 */
export async function recallOrigin(machine: StoredMachine, input: RecallInput, place: Place): Promise<Recalled> {
  const { record } = machine;
  const { typed, driver } = input;
  if (typed.has('driver') && driver !== record.DriverName)
    throw new UsageError(`${record.Name} comes from driver ${record.DriverName}, and cannot come from ${driver}.`, {
      resource: '--driver',
      nextSteps: [{ label: 'First remove it', command: `azdock rm ${record.Name}` }],
    });
  return record.DriverName === 'generic' ? onHost(machine, input, place) : onAzure(machine, input, place);
}

async function onAzure(machine: StoredMachine, input: RecallInput, place: Place): Promise<Recalled> {
  const { record, sidecar } = machine;
  const { recordedOptions } = await import('../../drivers/azure/record.ts');
  const { azureOptions } = await import('../../drivers/azure/resolve-options.ts');
  const { resolveImage } = await import('../../drivers/azure/resolve-image.ts');
  const { typed, azure } = input;
  const before = recordedOptions(record.Driver, sidecar?.driver, place.environment);
  const given = typedValues(input, place.cwd);
  // An image that nobody asked for may be another for another size.
  const image = before.image === resolveImage(undefined, before.size) ? undefined : before.image;
  const passwordLogin = given.passwordLogin ?? before.passwordLogin;
  const password = passwordLogin ? (azure.password ?? passwordIn(place.environment)) : undefined;
  const { options, warnings } = azureOptions({
    ...before,
    image,
    ...given,
    tunnel: typed.has('tunnel') ? input.tunnel : before.tunnel,
    // Without its password it would be refused here; whether that is needed is not known yet.
    passwordLogin: password !== undefined,
    password,
  });
  const provisioner = typed.has('azure-provisioner') ? input.provisioner : (sidecar?.provisioner ?? 'auto');
  return { origin: { driver: 'azure', options: { ...options, passwordLogin }, provisioner }, before, warnings };
}

function typedValues({ typed, azure, enginePort }: RecallInput, cwd: string): AzureOptionValues {
  const entries = Object.entries(azureOptionFlags).filter(([, flags]) => flags.some((flag) => typed.has(flag)));
  const keys = new Set(entries.map(([option]) => option));
  const given: AzureOptionValues = Object.fromEntries(Object.entries(azure).filter(([option]) => keys.has(option)));
  const { customDataFile } = given;
  return {
    ...(enginePort === undefined ? {} : { dockerPort: enginePort }),
    ...given,
    ...(customDataFile === undefined || customDataFile === '' ? {} : { customDataFile: resolve(cwd, customDataFile) }),
  };
}

function passwordIn(environment: Place['environment']): Secret | undefined {
  const given = environment['AZDOCK_AZURE_PASSWORD'];
  return given === undefined ? undefined : new Secret(given);
}

async function onHost(machine: StoredMachine, input: RecallInput, { cwd }: Place): Promise<Recalled> {
  const { genericOptions } = await import('../../drivers/generic/options.ts');
  const { Driver: record } = machine.record;
  const { typed, generic, enginePort } = input;
  const port = record['EnginePort'];
  const options = genericOptions({
    ipAddress: typed.has('generic-ip-address') ? generic.ipAddress : record.IPAddress,
    sshUser: typed.has('generic-ssh-user') ? generic.sshUser : record.SSHUser,
    sshPort: typed.has('generic-ssh-port') ? generic.sshPort : record.SSHPort,
    sshKey: typed.has('generic-ssh-key') ? resolve(cwd, generic.sshKey ?? '') : await recordedKey(record),
    enginePort: typed.has('generic-engine-port')
      ? generic.enginePort
      : (enginePort ?? (typeof port === 'number' ? port : undefined)),
  });
  const tunnel = typed.has('tunnel') ? input.tunnel : hasTunnel(machine);
  return { origin: { driver: 'generic', options, tunnel }, before: undefined, warnings: [] };
}

/** The key that was named, or the machine's own copy where that is gone. */
async function recordedKey({ SSHKeyPath: copy, SSHKey: given }: DriverRecord): Promise<string | undefined> {
  const source = typeof given === 'string' && given !== '' ? given : undefined;
  if (source === undefined) return undefined;
  const [hasSource, hasCopy] = await Promise.all([isThere(source), isThere(copy)]);
  return hasSource || !hasCopy ? source : copy;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
