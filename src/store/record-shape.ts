/** What a key of the record holds: a Go type, in JSON. Lists may be null, as Go writes an unset slice. */
export type Kind = 'string' | 'boolean' | 'number' | 'list';
export type Shape = Readonly<Record<string, Kind>>;

/** The nine keys of every driver (docker/machine:libmachine/drivers/base.go), in docker-machine's order. */
export const DRIVER_SHAPE: Shape = {
  IPAddress: 'string',
  MachineName: 'string',
  SSHUser: 'string',
  SSHPort: 'number',
  SSHKeyPath: 'string',
  StorePath: 'string',
  SwarmMaster: 'boolean',
  SwarmHost: 'string',
  SwarmDiscovery: 'string',
};

/** docker/machine:libmachine/engine/engine.go */
export const ENGINE_SHAPE: Shape = {
  ArbitraryFlags: 'list',
  Dns: 'list',
  GraphDir: 'string',
  Env: 'list',
  Ipv6: 'boolean',
  InsecureRegistry: 'list',
  Labels: 'list',
  LogLevel: 'string',
  StorageDriver: 'string',
  SelinuxEnabled: 'boolean',
  TlsVerify: 'boolean',
  RegistryMirror: 'list',
  InstallURL: 'string',
};

/** docker/machine:libmachine/swarm/swarm.go */
export const SWARM_SHAPE: Shape = {
  IsSwarm: 'boolean',
  Address: 'string',
  Discovery: 'string',
  Agent: 'boolean',
  Master: 'boolean',
  Host: 'string',
  Image: 'string',
  Strategy: 'string',
  Heartbeat: 'number',
  Overcommit: 'number',
  ArbitraryFlags: 'list',
  ArbitraryJoinFlags: 'list',
  Env: 'list',
  IsExperimental: 'boolean',
};

/** docker/machine:libmachine/auth/auth.go */
export const AUTH_SHAPE: Shape = {
  CertDir: 'string',
  CaCertPath: 'string',
  CaPrivateKeyPath: 'string',
  CaCertRemotePath: 'string',
  ServerCertPath: 'string',
  ServerKeyPath: 'string',
  ClientKeyPath: 'string',
  ServerCertRemotePath: 'string',
  ServerKeyRemotePath: 'string',
  ClientCertPath: 'string',
  ServerCertSANs: 'list',
  StorePath: 'string',
};

/** `HostOptions` without its three objects. */
export const HOST_SHAPE: Shape = { Driver: 'string', Memory: 'number', Disk: 'number' };
