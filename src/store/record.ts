/** Any JSON value, as parsed. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** docker-machine's record format that azdock reads and writes (docker/machine:libmachine/version). */
export const CONFIG_VERSION = 3;

/** `HostOptions.EngineOptions`, key for key as docker-machine writes it. */
export interface EngineOptions {
  ArbitraryFlags: string[] | null;
  Dns: string[] | null;
  GraphDir: string;
  Env: string[] | null;
  Ipv6: boolean;
  InsecureRegistry: string[] | null;
  Labels: string[] | null;
  LogLevel: string;
  StorageDriver: string;
  SelinuxEnabled: boolean;
  TlsVerify: boolean;
  RegistryMirror: string[] | null;
  InstallURL: string;
}

/** `HostOptions.SwarmOptions`. azdock keeps what it finds and writes docker-machine's defaults. */
export interface SwarmOptions {
  IsSwarm: boolean;
  Address: string;
  Discovery: string;
  Agent: boolean;
  Master: boolean;
  Host: string;
  Image: string;
  Strategy: string;
  Heartbeat: number;
  Overcommit: number;
  ArbitraryFlags: string[] | null;
  ArbitraryJoinFlags: string[] | null;
  Env: string[] | null;
  IsExperimental: boolean;
}

/** `HostOptions.AuthOptions`: absolute paths, as of creation. */
export interface AuthOptions {
  CertDir: string;
  CaCertPath: string;
  CaPrivateKeyPath: string;
  CaCertRemotePath: string;
  ServerCertPath: string;
  ServerKeyPath: string;
  ClientKeyPath: string;
  ServerCertRemotePath: string;
  ServerKeyRemotePath: string;
  ClientCertPath: string;
  ServerCertSANs: string[] | null;
  /** The machine's own directory, not the store's root. GitLab Runner reads this key. */
  StorePath: string;
}

/** The nine keys that every driver has, docker-machine's BaseDriver. Further keys are the driver's own. */
export interface DriverRecord extends JsonObject {
  IPAddress: string;
  MachineName: string;
  SSHUser: string;
  SSHPort: number;
  SSHKeyPath: string;
  StorePath: string;
  SwarmMaster: boolean;
  SwarmHost: string;
  SwarmDiscovery: string;
}

/** A machine's `config.json`, ConfigVersion 3. Unknown keys survive a read and a write. */
export interface MachineRecord {
  ConfigVersion: number;
  Driver: DriverRecord;
  DriverName: string;
  HostOptions: {
    Driver: string;
    Memory: number;
    Disk: number;
    EngineOptions: EngineOptions;
    SwarmOptions: SwarmOptions;
    AuthOptions: AuthOptions;
  };
  Name: string;
}
