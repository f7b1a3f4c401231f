/** An inbound rule of a network security group, already flattened to one protocol, one port range and one source. */
export interface FirewallRule {
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '*';
  /** CIDR or address of either IP version, or `*`. A CIDR says which version the rule is about. */
  readonly source: string;
  /** Inclusive. All when missing. */
  readonly sourcePorts?: { readonly from: number; readonly to: number };
  /** Inclusive. `*` is 0 to 65535. */
  readonly fromPort: number;
  readonly toPort: number;
  /** Azure's priority: the lowest number is looked at first. */
  readonly priority: number;
}

/** A managed disk that is attached to a guest. Its content outlives the guest, until {@link GuestHost.deleteDisk}. */
export interface DataDiskSpec {
  /** ARM id of the disk, lower case. */
  readonly id: string;
  /** Logical unit number: 0 to 63. */
  readonly lun: number;
  readonly sizeGiB: number;
}

export interface GuestSpec {
  /** ARM id of the VM, lower case: the guest's identity. */
  readonly id: string;
  readonly computerName: string;
  readonly adminUsername: string;
  /** SSH takes this password, and without one none. Known when the guest is created; one that is adopted remembers. */
  readonly adminPassword?: string;
  /** Lines of `authorized_keys`, each with the path that osProfile names. */
  readonly publicKeys: readonly { readonly path: string; readonly keyData: string }[];
  /** Decoded. Run on first boot, before `create` resolves, as cloud-init would. */
  readonly customData?: Buffer;
  /** From {@link GuestHost.allocateAddress}, when the VM's NIC has a public IP. */
  readonly publicAddress?: string;
  readonly privateAddress: string;
  /** The same two of IPv6, when the VM's NIC has an IP configuration of that version. */
  readonly publicIpv6Address?: string;
  readonly privateIpv6Address?: string;
  /** Attached from the first boot on. @defaultValue none */
  readonly dataDisks?: readonly DataDiskSpec[];
  readonly image: { readonly publisher: string; readonly offer: string; readonly sku: string };
}

export interface ExtensionRun {
  readonly publisher: string;
  readonly type: string;
  /** Full version, such as `1.2.2`. */
  readonly version: string;
  /** Goes up with every change of settings, as the agent's sequence number does. */
  readonly sequence: number;
  readonly settings: Record<string, unknown>;
  readonly protectedSettings: Record<string, unknown>;
}

/** The handler's verdict. `message` is what its status file would say. */
export interface ExtensionVerdict {
  readonly ok: boolean;
  readonly message: string;
}

/** What came of a script. */
export interface CommandOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Plays virtual machines. Every method is idempotent about what is already so, and rejects with an Error whose message says
 * what the host could not do. Guests outlive nothing: `close` ends every process, mount and namespace that this host made.
 */
export interface GuestHost {
  readonly kind: 'linux' | 'simulated';
  /** Why these guests are not of the kind that was preferred. Absent when they are. */
  readonly note?: string;
  /** TCP port of the guests' SSH servers: 22, or a high port where 22 cannot be bound. */
  readonly sshPort: number;
  /**
   * Addresses of this computer from which it can connect to guests, the one that it uses by itself first: with another one
   * a connection comes, as a guest's firewall sees it, from somewhere else.
   */
  readonly hostAddresses: readonly string[];
  /**
   * An address that this computer can reach once a guest has it. Never gives one that is taken. IPv6 addresses exist on paper
   * only where guests cannot have IPv6; the log says so.
   *
   * @param version `'IPv4'` by default
   */
  allocateAddress(version?: 'IPv4' | 'IPv6'): Promise<string>;
  releaseAddress(address: string): Promise<void>;
  /** Boots a new guest; resolves when it would report itself provisioned. */
  create(spec: GuestSpec): Promise<void>;
  start(id: string): Promise<void>;
  powerOff(id: string): Promise<void>;
  restart(id: string): Promise<void>;
  /** Ends the guest and forgets the disk that its system is on. */
  remove(id: string): Promise<void>;
  /** Forgets the content of a data disk. */
  deleteDisk(id: string): Promise<void>;
  /** Replaces the rules that stand between the outside and this guest. What no rule allows is dropped. */
  setFirewall(id: string, rules: readonly FirewallRule[]): Promise<void>;
  runExtension(id: string, run: ExtensionRun): Promise<ExtensionVerdict>;
  removeExtension(id: string, run: { readonly publisher: string; readonly type: string }): Promise<void>;
  /** Runs a script as root, by the VM's agent. */
  runCommand(id: string, script: string): Promise<CommandOutcome>;
  /** Ends all guests. With `keepDisks` they can be taken up again by `adopt` in a later process. */
  close(options: { readonly keepDisks: boolean }): Promise<void>;
  /** Takes up a guest whose disk an earlier process kept: same identity, started only if `running`. */
  adopt(spec: GuestSpec, running: boolean): Promise<void>;
}
