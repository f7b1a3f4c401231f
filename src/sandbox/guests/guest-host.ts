/** An inbound rule of a network security group, already flattened to one protocol, one port range and one source. */
export interface FirewallRule {
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '*';
  /** CIDR, or `*`. */
  readonly source: string;
  /** Inclusive. `*` is 0 to 65535. */
  readonly fromPort: number;
  readonly toPort: number;
  /** Azure's priority: the lowest number is looked at first. */
  readonly priority: number;
}

export interface GuestSpec {
  /** ARM id of the VM, lower case: the guest's identity. */
  readonly id: string;
  readonly computerName: string;
  readonly adminUsername: string;
  readonly adminPassword?: string;
  /** Lines of `authorized_keys`, each with the path that osProfile names. */
  readonly publicKeys: readonly { readonly path: string; readonly keyData: string }[];
  /** Decoded. Run on first boot, before `create` resolves, as cloud-init would. */
  readonly customData?: Buffer;
  /** From {@link GuestHost.allocateAddress}, when the VM's NIC has a public IP. */
  readonly publicAddress?: string;
  readonly privateAddress: string;
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
  /** An IPv4 address that this computer can reach once a guest has it. Never gives one that is taken. */
  allocateAddress(): Promise<string>;
  releaseAddress(address: string): Promise<void>;
  /** Boots a new guest; resolves when it would report itself provisioned. */
  create(spec: GuestSpec): Promise<void>;
  start(id: string): Promise<void>;
  powerOff(id: string): Promise<void>;
  restart(id: string): Promise<void>;
  /** Ends the guest and forgets its disk. */
  remove(id: string): Promise<void>;
  /** Replaces the rules that stand between the outside and this guest. What no rule allows is dropped. */
  setFirewall(id: string, rules: readonly FirewallRule[]): Promise<void>;
  runExtension(id: string, run: ExtensionRun): Promise<ExtensionVerdict>;
  removeExtension(id: string, run: { readonly publisher: string; readonly type: string }): Promise<void>;
  /** Ends all guests. With `keepDisks` they can be taken up again by `adopt` in a later process. */
  close(options: { readonly keepDisks: boolean }): Promise<void>;
  /** Takes up a guest whose disk an earlier process kept: same identity, started only if `running`. */
  adopt(spec: GuestSpec, running: boolean): Promise<void>;
}
