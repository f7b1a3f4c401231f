import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AvailabilitySet } from '../compute/availability-set.ts';
import type { Disk } from '../compute/disk.ts';
import type { Extension } from '../compute/extension.ts';
import type { VirtualMachine } from '../compute/virtual-machine.ts';
import type { NetworkInterface } from '../network/network-interface.ts';
import type { PublicAddress } from '../network/public-address.ts';
import type { SecurityGroup } from '../network/security-group.ts';
import type { VirtualNetwork } from '../network/virtual-network.ts';
import { Collection } from './collection.ts';
import type { Resource, ResourceGroup } from './resource.ts';
import { writeAtomically } from './write-atomically.ts';

/** Everything that survives a restart. */
export interface Contents {
  readonly version: 1;
  readonly groups: readonly ResourceGroup[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly networks: readonly VirtualNetwork[];
  readonly addresses: readonly PublicAddress[];
  readonly interfaces: readonly NetworkInterface[];
  readonly availabilitySets: readonly AvailabilitySet[];
  readonly disks: readonly Disk[];
  readonly machines: readonly VirtualMachine[];
  readonly extensions: readonly Extension[];
  /** Resource providers that the subscription is not registered for. */
  readonly unregistered: readonly string[];
}

/** The resources of the one subscription, by kind, and the file they are kept in. */
export class State {
  readonly groups: Collection<ResourceGroup>;
  readonly securityGroups: Collection<SecurityGroup>;
  readonly networks: Collection<VirtualNetwork>;
  readonly addresses: Collection<PublicAddress>;
  readonly interfaces: Collection<NetworkInterface>;
  readonly availabilitySets: Collection<AvailabilitySet>;
  readonly disks: Collection<Disk>;
  readonly machines: Collection<VirtualMachine>;
  readonly extensions: Collection<Extension>;
  /** Resource providers that the subscription is not registered for. */
  readonly unregistered: Set<string>;
  readonly #path: string;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(directory: string) {
    this.#path = join(directory, 'state.json');
    const contents = existsSync(this.#path) ? parseContents(readFileSync(this.#path, 'utf8')) : undefined;
    this.groups = new Collection(contents?.groups);
    this.securityGroups = new Collection(contents?.securityGroups);
    this.networks = new Collection(contents?.networks);
    this.addresses = new Collection(contents?.addresses);
    this.interfaces = new Collection(contents?.interfaces);
    this.availabilitySets = new Collection(contents?.availabilitySets);
    this.disks = new Collection(contents?.disks);
    this.machines = new Collection(contents?.machines);
    this.extensions = new Collection(contents?.extensions);
    this.unregistered = new Set(contents?.unregistered);
  }

  /** All tracked resources of all kinds; groups are not among them. */
  resources(): Resource[] {
    return [
      ...this.securityGroups,
      ...this.networks,
      ...this.addresses,
      ...this.interfaces,
      ...this.availabilitySets,
      ...this.disks,
      ...this.machines,
      ...this.extensions,
    ];
  }

  clear(): void {
    for (const collection of this.#collections()) collection.clear();
    this.unregistered.clear();
  }

  /** Resolves when a write that began after this call is on disk. Calls made meanwhile share one write. */
  save(): Promise<void> {
    this.#next ??= (this.#running ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#running = this.#next;
        this.#next = undefined;
        return writeAtomically(this.#path, JSON.stringify(this.#contents()));
      });
    return this.#next;
  }

  #collections(): { clear(): void }[] {
    const { groups, securityGroups, networks, addresses, interfaces, availabilitySets, disks, machines } = this;
    return [
      groups,
      securityGroups,
      networks,
      addresses,
      interfaces,
      availabilitySets,
      disks,
      machines,
      this.extensions,
    ];
  }

  #contents(): Contents {
    return {
      version: 1,
      groups: this.groups.toJSON(),
      securityGroups: this.securityGroups.toJSON(),
      networks: this.networks.toJSON(),
      addresses: this.addresses.toJSON(),
      interfaces: this.interfaces.toJSON(),
      availabilitySets: this.availabilitySets.toJSON(),
      disks: this.disks.toJSON(),
      machines: this.machines.toJSON(),
      extensions: this.extensions.toJSON(),
      unregistered: [...this.unregistered],
    };
  }
}

function parseContents(text: string): Contents {
  const contents = JSON.parse(text) as Contents;
  if (contents.version !== 1) throw new Error('The sandbox directory was written by a newer version: reset it.');
  return contents;
}
