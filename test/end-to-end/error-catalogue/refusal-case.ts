import { type Deed, findMeaning, type Meaning } from '../../../src/drivers/azure/arm-meanings.ts';
import { azureDefaults } from '../../../src/drivers/azure/options.ts';
import type { WorldSandbox } from '../world-sandbox.ts';

/** A machine that is about to be refused, with a resource group of its own. */
export interface RefusedMachine {
  readonly name: string;
  readonly group: string;
}

/** The request that Azure refuses, by the resource that it makes; `operation` is accepted and fails late. */
type Struck = 'group' | 'network' | 'firewall' | 'public IP' | 'interface' | 'availability set' | 'VM' | 'VM operation';

/** A creation that Azure refuses. */
export interface RefusalCase {
  /** Azure's code. */
  readonly code: string;
  /** Azure's text, as it is published; what the sandbox says by a rule of its own contains this. */
  readonly text: string;
  /** Flags of `create`. */
  readonly flags?: readonly string[];
  /** What is struck by a fault; without, the sandbox refuses by its own rules. */
  readonly at?: Struck;
  /** Of the answer. @defaultValue 409 */
  readonly status?: number;
  /** What has to be there, or in force, before. @returns further flags */
  readonly prepare?: (sandbox: WorldSandbox, machine: RefusedMachine) => Promise<readonly string[]>;
  /** The machine stays, until the `rm` that the error names. */
  readonly isKept?: true;
}

const paths: Readonly<Record<Struck, (machine: RefusedMachine) => string>> = {
  group: ({ group }) => `/resourcegroups/${group}$`,
  network: ({ group }) => `/${group}/.*/virtualNetworks/[^/]+$`,
  firewall: ({ name }) => `/networkSecurityGroups/${name}-firewall$`,
  'public IP': ({ name }) => `/publicIPAddresses/${name}-ip$`,
  interface: ({ name }) => `/networkInterfaces/${name}-nic$`,
  'availability set': ({ group }) => `/${group}/.*/availabilitySets/[^/]+$`,
  VM: ({ name }) => `/virtualMachines/${name}$`,
  'VM operation': ({ name }) => `/virtualMachines/${name}$`,
};

/** Lets the sandbox refuse what the case says. */
export async function armRefusal(one: RefusalCase, machine: RefusedMachine, sandbox: WorldSandbox): Promise<void> {
  const { at, code, text: message, status = 409 } = one;
  if (at === undefined) return;
  const request = { method: 'PUT', path: paths[at](machine) };
  if (at !== 'VM operation') await sandbox.arm({ ...request, action: { status, code, message } });
  else await sandbox.arm({ ...request, when: 'operation', action: { operation: 'fail', code, message } });
}

/** What a creation was asked for, as far as the meaning of a refusal depends on it. */
export function deedOf({ name }: RefusedMachine, flags: readonly string[], doing = ''): Deed {
  const value = (flag: string): string | undefined => {
    const at = flags.indexOf(`--azure-${flag}`);
    return at === -1 ? undefined : flags[at + 1];
  };
  return {
    doing,
    resource: name,
    machine: name,
    options: {
      size: value('size') ?? azureDefaults.size,
      location: value('location') ?? azureDefaults.location,
      image: azureDefaults.image,
      dnsLabel: value('dns'),
      availabilityZone: value('availability-zone'),
      spot: flags.includes('--azure-spot'),
      spotMaxPrice: value('spot-max-price'),
      bootDiagnostics: value('boot-diagnostics') ?? azureDefaults.bootDiagnostics,
    },
  };
}

/** The row of the catalogue that a case is about. */
export function rowOf({ code, text, flags = [] }: RefusalCase): Meaning | undefined {
  return findMeaning(code, text, deedOf({ name: 'dev', group: 'dev' }, flags));
}
