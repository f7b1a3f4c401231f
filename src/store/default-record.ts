import { certificatePaths, machinePaths } from './layout.ts';
import {
  CONFIG_VERSION,
  type EngineOptions,
  type JsonObject,
  type MachineRecord,
  type SwarmOptions,
} from './record.ts';

/** What a new record is made from. */
export interface NewRecord {
  readonly root: string;
  readonly name: string;
  readonly driverName: string;
  /** The driver's own keys, in docker-machine's order, and those of the nine common ones that are not empty. */
  readonly driver: JsonObject;
  /** What the user asked of the engine. Lists not given are empty. */
  readonly engine: Partial<EngineOptions>;
  /** `--tls-san` */
  readonly tlsSans: readonly string[];
  readonly swarm?: Partial<SwarmOptions>;
  /** Locations of `--tls-ca-cert` and its like, absolute. Those not given are in the store. */
  readonly certificates?: {
    readonly ca?: string;
    readonly caKey?: string;
    readonly cert?: string;
    readonly key?: string;
  };
}

/** The record of a new machine, key for key as docker-machine writes it after `create` (ConfigVersion 3). */
export function defaultRecord(fresh: NewRecord): MachineRecord {
  const { root, name, driverName, driver, engine, tlsSans } = fresh;
  const certs = certificatePaths(root);
  const machine = machinePaths(root, name);
  return {
    ConfigVersion: CONFIG_VERSION,
    Driver: {
      IPAddress: '',
      MachineName: name,
      SSHUser: '',
      SSHPort: 0,
      SSHKeyPath: '',
      StorePath: root,
      SwarmMaster: false,
      SwarmHost: '',
      SwarmDiscovery: '',
      ...driver,
    },
    DriverName: driverName,
    HostOptions: {
      Driver: '',
      Memory: 0,
      Disk: 0,
      EngineOptions: {
        ArbitraryFlags: [],
        Dns: null,
        GraphDir: '',
        Env: [],
        Ipv6: false,
        InsecureRegistry: [],
        Labels: [],
        LogLevel: '',
        StorageDriver: '',
        SelinuxEnabled: false,
        TlsVerify: true,
        RegistryMirror: [],
        InstallURL: 'https://get.docker.com',
        ...engine,
      },
      SwarmOptions: {
        IsSwarm: false,
        Address: '',
        Discovery: '',
        Agent: false,
        Master: false,
        Host: 'tcp://0.0.0.0:3376',
        Image: 'swarm:latest',
        Strategy: 'spread',
        Heartbeat: 0,
        Overcommit: 0,
        ArbitraryFlags: [],
        ArbitraryJoinFlags: [],
        Env: null,
        IsExperimental: false,
        ...fresh.swarm,
      },
      AuthOptions: {
        CertDir: certs.dir,
        CaCertPath: fresh.certificates?.ca ?? certs.ca,
        CaPrivateKeyPath: fresh.certificates?.caKey ?? certs.caKey,
        CaCertRemotePath: '',
        ServerCertPath: machine.serverCert,
        ServerKeyPath: machine.serverKey,
        ClientKeyPath: fresh.certificates?.key ?? certs.key,
        ServerCertRemotePath: '',
        ServerKeyRemotePath: '',
        ClientCertPath: fresh.certificates?.cert ?? certs.cert,
        ServerCertSANs: [...tlsSans],
        StorePath: machine.dir,
      },
    },
    Name: name,
  };
}
