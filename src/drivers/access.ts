/** Who may reach a machine from where. */
export interface Access {
  /** What the record says: addresses, blocks, service tags, or `*`. Undefined where it says nothing. */
  readonly recorded: readonly string[] | undefined;
  /** What is there now. @throws UnsupportedError when nothing guards the machine */
  read(signal?: AbortSignal): Promise<AccessReport>;
  /**
   * Lets these come in instead of those before; rules of others stay.
   * @throws UsageError for what is no source, UnsupportedError when the rules are not azdock's
   */
  change(sources: readonly string[], signal: AbortSignal): Promise<AccessReport>;
}

/** The rules that guard a machine. */
export interface AccessReport {
  /** Id of the firewall. */
  readonly group: string;
  /** The machine's own, which azdock made. */
  readonly isOwn: boolean;
  /** Sources of azdock's own rules. */
  readonly allowFrom: readonly string[];
  /** All inbound rules but Azure's own, in the order in which they count. */
  readonly rules: readonly AccessRule[];
}

export interface AccessRule {
  readonly name: string;
  readonly priority: number;
  readonly allows: boolean;
  /** `tcp`, `udp`, `icmp` or `*`. */
  readonly protocol: string;
  /** Single ports, ranges, or `*`. */
  readonly ports: readonly string[];
  readonly from: readonly string[];
  readonly isOwn: boolean;
}
