import { Secret } from '../../secret/secret.ts';
import type { DriverRecord, Json, JsonObject } from '../../store/record.ts';
import { classicMachine, isClassicRecord } from './classic.ts';
import { parseExtraOptions, rancherOptions } from './extra-options.ts';
import { type AzureOptions, azureDefaults, loginMethods } from './options.ts';
import { unsetOptions } from './resolve-options.ts';

/** What a record holds besides the options. */
export interface RecordBase {
  readonly machineName: string;
  /** The store's root. */
  readonly storePath: string;
  /** Empty before there is a key. */
  readonly sshKeyPath: string;
  /** Once it is known. */
  readonly address?: string;
}

/**
 * Writes the `Driver` object as docker-machine does, key for key and in its order (reference: docker/machine:drivers/azure,
 * observed). A client secret is never written; docker-machine takes it from AZURE_CLIENT_SECRET as well.
 */
export function azureDriverRecord(options: AzureOptions, base: RecordBase): DriverRecord {
  return {
    IPAddress: base.address ?? '',
    MachineName: base.machineName,
    SSHUser: options.sshUser,
    SSHPort: options.sshPort,
    SSHKeyPath: base.sshKeyPath,
    StorePath: base.storePath,
    SwarmMaster: false,
    SwarmHost: 'tcp://0.0.0.0:3376',
    SwarmDiscovery: '',
    ClientID: options.clientId ?? '',
    ClientSecret: '',
    Environment: options.environment,
    SubscriptionID: options.subscriptionId ?? '',
    ResourceGroup: options.resourceGroup,
    DockerPort: options.dockerPort,
    Location: options.location,
    Size: options.size,
    Image: options.image,
    VirtualNetwork: options.virtualNetwork,
    SubnetName: options.subnet,
    SubnetPrefix: options.subnetPrefix,
    AvailabilitySet: options.availabilitySet ?? '',
    StorageType: options.storageType,
    OpenPorts: options.openPorts.length === 0 ? null : [...options.openPorts],
    PrivateIPAddr: options.privateIpAddress ?? '',
    UsePrivateIP: options.usePrivateIp,
    NoPublicIP: options.noPublicIp,
    DNSLabel: options.dnsLabel ?? '',
    StaticPublicIP: options.staticPublicIp,
    CustomDataFile: options.customDataFile ?? '',
  };
}

/**
 * Reads the `Driver` object that azdock, docker-machine or rancher wrote. Without a sidecar it was one of the others.
 *
 * @throws UnsupportedError for a machine of Azure's classic deployment model
 */
export function parseAzureRecord(record: DriverRecord, sidecar: JsonObject | undefined): AzureOptions {
  const machine = record.MachineName;
  if (isClassicRecord(record)) throw classicMachine(machine);
  const ports = record['OpenPorts'];
  const secret = text(record['ClientSecret']);
  return {
    ...unsetOptions,
    ...parseExtraOptions(sidecar),
    environment: text(record['Environment']) ?? azureDefaults.environment,
    subscriptionId: text(record['SubscriptionID']),
    tenantId: text(sidecar?.['tenantId']) ?? text(record['TenantID']),
    clientId: text(record['ClientID']),
    clientSecret: secret === undefined ? undefined : new Secret(secret),
    resourceGroup: text(record['ResourceGroup']) ?? '',
    location: text(record['Location']) ?? azureDefaults.location,
    size: text(record['Size']) ?? azureDefaults.size,
    image: text(record['Image']) ?? azureDefaults.image,
    sshUser: text(record.SSHUser) ?? azureDefaults.sshUser,
    sshPort: record.SSHPort || azureDefaults.sshPort,
    dockerPort: count(record['DockerPort']) ?? azureDefaults.dockerPort,
    virtualNetwork: text(record['VirtualNetwork']) ?? azureDefaults.virtualNetwork,
    subnet: text(record['SubnetName']) ?? azureDefaults.subnet,
    subnetPrefix: text(record['SubnetPrefix']) ?? azureDefaults.subnetPrefix,
    availabilitySet: text(record['AvailabilitySet']),
    storageType: text(record['StorageType']) ?? azureDefaults.storageType,
    ...(sidecar === undefined ? rancherOptions(record) : {}),
    openPorts: Array.isArray(ports) ? ports.map(String) : [],
    privateIpAddress: text(record['PrivateIPAddr']),
    usePrivateIp: record['UsePrivateIP'] === true,
    noPublicIp: record['NoPublicIP'] === true,
    dnsLabel: text(record['DNSLabel']),
    staticPublicIp: record['StaticPublicIP'] === true,
    customDataFile: text(record['CustomDataFile']),
    adopted: sidecar === undefined,
  };
}

/**
 * What a machine's record asks for, with the login of now: variables of the process stand above what the record says, as
 * rancher-machine has it, and a secret is nowhere else.
 *
 * @throws UnsupportedError for a machine of Azure's classic deployment model
 */
export function recordedOptions(
  record: DriverRecord,
  sidecar: JsonObject | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): AzureOptions {
  const options = parseAzureRecord(record, sidecar);
  const secret = environment['AZURE_CLIENT_SECRET'];
  const login = loginMethods.find((method) => method === environment['AZDOCK_AZURE_LOGIN']);
  return {
    ...options,
    clientId: environment['AZURE_CLIENT_ID'] || options.clientId,
    clientSecret: secret ? new Secret(secret) : options.clientSecret,
    tenantId: environment['AZURE_TENANT_ID'] || options.tenantId,
    login: login ?? options.login,
  };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
