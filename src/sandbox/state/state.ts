import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AvailabilitySet } from '../compute/availability-set.ts';
import type { Disk } from '../compute/disk.ts';
import type { Extension } from '../compute/extension.ts';
import type { Gallery } from '../compute/gallery/gallery.ts';
import type { GalleryImage } from '../compute/gallery/gallery-image.ts';
import type { GalleryVersion } from '../compute/gallery/gallery-version.ts';
import type { CustomImage } from '../compute/image-source/custom-image.ts';
import type { ProximityGroup } from '../compute/proximity-group.ts';
import type { VirtualMachine } from '../compute/virtual-machine.ts';
import { owner, type Permission } from '../authorization/permission.ts';
import type { Deployment } from '../deployments/deployment.ts';
import type { UserIdentity } from '../managed-identity/user-identity.ts';
import type { NatGateway } from '../network/nat-gateway.ts';
import type { NetworkInterface } from '../network/network-interface.ts';
import type { PublicAddress } from '../network/public-address.ts';
import type { RouteTable } from '../network/route-table.ts';
import type { SecurityGroup } from '../network/security-group.ts';
import type { VirtualNetwork } from '../network/virtual-network.ts';
import type { Policy } from '../policy/policy.ts';
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
  /** Missing in files of earlier versions, as the next one. */
  readonly routeTables?: readonly RouteTable[];
  readonly natGateways?: readonly NatGateway[];
  readonly availabilitySets: readonly AvailabilitySet[];
  readonly disks: readonly Disk[];
  readonly machines: readonly VirtualMachine[];
  readonly extensions: readonly Extension[];
  readonly proximityGroups: readonly ProximityGroup[];
  readonly userIdentities: readonly UserIdentity[];
  readonly customImages: readonly CustomImage[];
  readonly galleries: readonly Gallery[];
  readonly galleryImages: readonly GalleryImage[];
  readonly galleryVersions: readonly GalleryVersion[];
  /** Missing in files of earlier versions. */
  readonly deployments?: readonly Deployment[];
  /** Resource providers that the subscription is not registered for. */
  readonly unregistered: readonly string[];
  /** Plans of the marketplace whose terms are accepted, as `publisher/offer/plan` in lower case. */
  readonly acceptedTerms: readonly string[];
  /** Features that the subscription is registered for. */
  readonly features: readonly string[];
  /** What the one principal may do. Missing in files of earlier versions, as the next one. */
  readonly permissions?: readonly Permission[];
  readonly policies?: readonly Policy[];
}

/** The resources of the one subscription, by kind, and the file they are kept in. */
export class State {
  readonly groups: Collection<ResourceGroup>;
  readonly securityGroups: Collection<SecurityGroup>;
  readonly networks: Collection<VirtualNetwork>;
  readonly addresses: Collection<PublicAddress>;
  readonly interfaces: Collection<NetworkInterface>;
  readonly routeTables: Collection<RouteTable>;
  readonly natGateways: Collection<NatGateway>;
  readonly availabilitySets: Collection<AvailabilitySet>;
  readonly disks: Collection<Disk>;
  readonly machines: Collection<VirtualMachine>;
  readonly extensions: Collection<Extension>;
  readonly proximityGroups: Collection<ProximityGroup>;
  readonly userIdentities: Collection<UserIdentity>;
  readonly customImages: Collection<CustomImage>;
  readonly galleries: Collection<Gallery>;
  readonly galleryImages: Collection<GalleryImage>;
  readonly galleryVersions: Collection<GalleryVersion>;
  /** The history of deployments; they are no resources. */
  readonly deployments: Collection<Deployment>;
  /** Resource providers that the subscription is not registered for. */
  readonly unregistered: Set<string>;
  /** Plans of the marketplace whose terms are accepted, as `publisher/offer/plan` in lower case. */
  readonly acceptedTerms: Set<string>;
  /** Features that the subscription is registered for. */
  readonly features: Set<string>;
  /** What the one principal may do, in the whole subscription. */
  permissions: readonly Permission[];
  /** Assigned to the whole subscription. */
  policies: readonly Policy[];
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
    this.routeTables = new Collection(contents?.routeTables);
    this.natGateways = new Collection(contents?.natGateways);
    this.availabilitySets = new Collection(contents?.availabilitySets);
    this.disks = new Collection(contents?.disks);
    this.machines = new Collection(contents?.machines);
    this.extensions = new Collection(contents?.extensions);
    this.proximityGroups = new Collection(contents?.proximityGroups);
    this.userIdentities = new Collection(contents?.userIdentities);
    this.customImages = new Collection(contents?.customImages);
    this.galleries = new Collection(contents?.galleries);
    this.galleryImages = new Collection(contents?.galleryImages);
    this.galleryVersions = new Collection(contents?.galleryVersions);
    this.deployments = new Collection(contents?.deployments);
    this.unregistered = new Set(contents?.unregistered);
    this.acceptedTerms = new Set(contents?.acceptedTerms);
    this.features = new Set(contents?.features);
    this.permissions = contents?.permissions ?? [owner];
    this.policies = contents?.policies ?? [];
  }

  /** All tracked resources of all kinds; groups are not among them. */
  resources(): Resource[] {
    return [
      ...this.securityGroups,
      ...this.networks,
      ...this.addresses,
      ...this.interfaces,
      ...this.routeTables,
      ...this.natGateways,
      ...this.availabilitySets,
      ...this.disks,
      ...this.machines,
      ...this.extensions,
      ...this.proximityGroups,
      ...this.userIdentities,
      ...this.customImages,
      ...this.galleries,
      ...this.galleryImages,
      ...this.galleryVersions,
    ];
  }

  /** Forgets all resources of all kinds whose id is wanted. */
  deleteWhere(wanted: (id: string) => boolean): void {
    for (const collection of this.#collections())
      for (const { id } of collection.list()) if (wanted(id)) collection.delete(id);
  }

  clear(): void {
    for (const collection of this.#collections()) collection.clear();
    for (const set of [this.unregistered, this.acceptedTerms, this.features]) set.clear();
    this.permissions = [owner];
    this.policies = [];
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

  #collections(): Pick<Collection<{ readonly id: string }>, 'list' | 'delete' | 'clear'>[] {
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
      this.routeTables,
      this.natGateways,
      this.proximityGroups,
      this.userIdentities,
      this.customImages,
      this.galleries,
      this.galleryImages,
      this.galleryVersions,
      this.deployments,
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
      routeTables: this.routeTables.toJSON(),
      natGateways: this.natGateways.toJSON(),
      availabilitySets: this.availabilitySets.toJSON(),
      disks: this.disks.toJSON(),
      machines: this.machines.toJSON(),
      extensions: this.extensions.toJSON(),
      proximityGroups: this.proximityGroups.toJSON(),
      userIdentities: this.userIdentities.toJSON(),
      customImages: this.customImages.toJSON(),
      galleries: this.galleries.toJSON(),
      galleryImages: this.galleryImages.toJSON(),
      galleryVersions: this.galleryVersions.toJSON(),
      deployments: this.deployments.toJSON(),
      unregistered: [...this.unregistered],
      acceptedTerms: [...this.acceptedTerms],
      features: [...this.features],
      permissions: this.permissions,
      policies: this.policies,
    };
  }
}

function parseContents(text: string): Contents {
  const contents = JSON.parse(text) as Contents;
  if (contents.version !== 1) throw new Error('The sandbox directory was written by a newer version: reset it.');
  return contents;
}
