import { isIP } from 'node:net';
import { UsageError } from '../../errors/usage-error.ts';

/** An existing host, as the user names it. */
export interface GenericOptions {
  /** IP address or name. */
  readonly ipAddress: string;
  readonly sshUser: string;
  readonly sshPort: number;
  /** Absolute path of a private key; undefined takes the user's agent and the keys in `~/.ssh`. */
  readonly sshKey: string | undefined;
  readonly enginePort: number;
}

/** docker/machine:drivers/generic/generic.go */
export const genericDefaults = { sshUser: 'root', sshPort: 22, enginePort: 2376 } as const;

/** Values of flags and their environment variables; what is undefined was not given. */
export type GenericOptionValues = { readonly [Key in keyof GenericOptions]?: GenericOptions[Key] | undefined };

/** Labels of letters, digits, `-` and `_` (RFC 1123, and the underscore that some resolvers serve). */
const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?$/;
/** What useradd(8) makes, and names of directory services. */
const USER = /^[A-Za-z_][A-Za-z0-9_.-]*\$?$/;

/** Fills in the defaults and checks each value by itself. @throws UsageError naming the flag */
export function genericOptions(values: GenericOptionValues): GenericOptions {
  const { ipAddress = '', sshKey } = values;
  // docker-machine's words.
  if (ipAddress === '')
    throw new UsageError('generic driver requires the --generic-ip-address option', {
      resource: '--generic-ip-address',
      nextSteps: [
        { label: 'Name the host', command: 'azdock create --driver generic --generic-ip-address ADDRESS NAME' },
      ],
    });
  if (isIP(ipAddress) === 0 && !HOST_NAME.test(ipAddress))
    refuse('--generic-ip-address', ipAddress, 'neither an IP address nor the name of a host');
  const sshUser = values.sshUser ?? genericDefaults.sshUser;
  if (!USER.test(sshUser)) refuse('--generic-ssh-user', sshUser, 'not the name of a user');
  return {
    ipAddress,
    sshUser,
    sshPort: values.sshPort ?? genericDefaults.sshPort,
    sshKey: sshKey === '' ? undefined : sshKey,
    enginePort: values.enginePort ?? genericDefaults.enginePort,
  };
}

function refuse(flag: string, value: string, why: string): never {
  throw new UsageError(`${flag} ${JSON.stringify(value)}: ${why}.`, { resource: flag });
}
