/** Records as docker-machine and its predecessors wrote them, by the description of their formats; values are invented. */

export interface OldMachine {
  /** Root of the store. */
  readonly root: string;
  readonly name: string;
  readonly driverName: 'none' | 'generic' | 'azure';
  /** Keys of the driver's own, and of the nine that all have. */
  readonly driver: Readonly<Record<string, unknown>>;
}

export const OLD_VERSIONS = [0, 1, 2, 3] as const;
export type OldVersion = (typeof OLD_VERSIONS)[number];

/** Keys that nobody knows, one at each level; a takeover must not lose them. */
export const STRANGE = { host: 'FutureHostKey', driver: 'ForkDriverKey', engine: 'ForkEngineKey' } as const;

/** The text of `config.json`: 4 spaces, no line feed at its end. */
export function oldRecord(version: OldVersion, machine: OldMachine): string {
  return JSON.stringify(FORMS[version](machine), undefined, 4);
}

const FORMS: Record<OldVersion, (machine: OldMachine) => object> = {
  // Flat: no version, and every path at the top.
  0: (machine) => {
    const { root, dir } = places(machine);
    return {
      DriverName: machine.driverName,
      Driver: driverOf(machine),
      StorePath: dir,
      HostOptions: { EngineOptions: engine(), SwarmOptions: null, AuthOptions: null },
      SwarmHost: 'tcp://0.0.0.0:3376',
      SwarmMaster: false,
      SwarmDiscovery: '',
      CaCertPath: `${root}/certs/ca.pem`,
      PrivateKeyPath: `${root}/certs/ca-key.pem`,
      ServerCertPath: `${dir}/server.pem`,
      ServerKeyPath: `${dir}/server-key.pem`,
      ClientCertPath: `${root}/certs/cert.pem`,
      ClientKeyPath: `${root}/certs/key.pem`,
      [STRANGE.host]: 'host',
    };
  },
  1: (machine) => {
    const { root, dir } = places(machine);
    const { CertDir: _none, CaPrivateKeyPath, ...rest } = auth(machine);
    return {
      ConfigVersion: 1,
      Driver: driverOf(machine),
      DriverName: machine.driverName,
      HostOptions: options({ ...rest, PrivateKeyPath: CaPrivateKeyPath, StorePath: root }),
      StorePath: dir,
      [STRANGE.host]: 'host',
    };
  },
  2: (machine) => ({
    ConfigVersion: 2,
    Driver: driverOf(machine),
    DriverName: machine.driverName,
    HostOptions: options(auth(machine)),
    StorePath: places(machine).dir,
    Name: machine.name,
    [STRANGE.host]: 'host',
  }),
  3: (machine) => ({
    ConfigVersion: 3,
    Driver: { ...driverOf(machine), StorePath: machine.root },
    DriverName: machine.driverName,
    HostOptions: options(auth(machine)),
    Name: machine.name,
    [STRANGE.host]: 'host',
  }),
};

function places({ root, name }: OldMachine): { root: string; dir: string } {
  return { root, dir: `${root}/machines/${name}` };
}

function driverOf({ name, driver }: OldMachine): object {
  return {
    IPAddress: '',
    MachineName: name,
    SSHUser: '',
    SSHPort: 0,
    SSHKeyPath: '',
    SwarmMaster: false,
    SwarmHost: '',
    SwarmDiscovery: '',
    ...driver,
    [STRANGE.driver]: 'driver',
  };
}

function engine(): object {
  return {
    ArbitraryFlags: ['experimental=true'],
    Dns: null,
    GraphDir: '',
    Env: [],
    Ipv6: false,
    InsecureRegistry: [],
    Labels: ['tier=old'],
    LogLevel: '',
    StorageDriver: '',
    SelinuxEnabled: false,
    TlsVerify: true,
    RegistryMirror: null,
    InstallURL: 'https://get.docker.com',
    [STRANGE.engine]: 'engine',
  };
}

function options(authOptions: object): object {
  const swarm = {
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
  };
  return { Driver: '', Memory: 0, Disk: 0, EngineOptions: engine(), SwarmOptions: swarm, AuthOptions: authOptions };
}

function auth(machine: OldMachine) {
  const { root, dir } = places(machine);
  return {
    CertDir: `${root}/certs`,
    CaCertPath: `${root}/certs/ca.pem`,
    CaPrivateKeyPath: `${root}/certs/ca-key.pem`,
    CaCertRemotePath: '',
    ServerCertPath: `${dir}/server.pem`,
    ServerKeyPath: `${dir}/server-key.pem`,
    ClientKeyPath: `${root}/certs/key.pem`,
    ServerCertRemotePath: '',
    ServerKeyRemotePath: '',
    ClientCertPath: `${root}/certs/cert.pem`,
    ServerCertSANs: [],
    StorePath: dir,
  };
}
