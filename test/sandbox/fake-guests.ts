import type {
  CommandOutcome,
  ExtensionRun,
  ExtensionVerdict,
  FirewallRule,
  GuestHost,
  GuestSpec,
} from '../../src/sandbox/guests/guest-host.ts';

/** A guest host in memory that plays nothing and remembers what it was told. */
export class FakeGuests implements GuestHost {
  readonly kind = 'simulated';
  readonly sshPort = 22;
  readonly hostAddresses = ['192.0.2.1', '192.0.2.2'];
  readonly guests = new Map<string, { spec: GuestSpec; running: boolean; rules: readonly FirewallRule[] }>();
  readonly runs: ExtensionRun[] = [];
  readonly removedExtensions: string[] = [];
  readonly deletedDisks: string[] = [];
  readonly addresses = new Set<string>();
  readonly calls: string[] = [];
  /** What `create` waits for, and with what it fails. */
  beforeCreate: (spec: GuestSpec) => Promise<void> = async () => undefined;
  outcome: CommandOutcome = { exitCode: 0, stdout: 'done\n', stderr: '' };
  verdict: ExtensionVerdict = { ok: true, message: 'Enable succeeded' };
  #next = 1;
  readonly #interrupt = new Map<string, () => void>();

  async allocateAddress(version: 'IPv4' | 'IPv6' = 'IPv4'): Promise<string> {
    const address = `${version === 'IPv4' ? '203.0.113.' : '2001:db8::'}${this.#next++}`;
    this.addresses.add(address);
    return address;
  }

  async releaseAddress(address: string): Promise<void> {
    this.addresses.delete(address);
  }

  async create(spec: GuestSpec): Promise<void> {
    const removed = new Promise<never>((_resolve, reject) => {
      this.#interrupt.set(spec.id, () => reject(new Error('the guest was removed')));
    });
    await Promise.race([this.beforeCreate(spec), removed]);
    this.#interrupt.delete(spec.id);
    this.calls.push('create');
    this.guests.set(spec.id, { spec, running: true, rules: [] });
  }

  async start(id: string): Promise<void> {
    this.#power(id, true, 'start');
  }

  async powerOff(id: string): Promise<void> {
    this.#power(id, false, 'powerOff');
  }

  async restart(id: string): Promise<void> {
    this.#power(id, true, 'restart');
  }

  async remove(id: string): Promise<void> {
    this.calls.push('remove');
    this.#interrupt.get(id)?.();
    this.guests.delete(id);
  }

  async deleteDisk(id: string): Promise<void> {
    this.deletedDisks.push(id);
  }

  async setFirewall(id: string, rules: readonly FirewallRule[]): Promise<void> {
    this.#guest(id).rules = rules;
  }

  async runCommand(_id: string, script: string): Promise<CommandOutcome> {
    this.calls.push(`runCommand ${script}`);
    return this.outcome;
  }

  async runExtension(id: string, run: ExtensionRun): Promise<ExtensionVerdict> {
    this.#guest(id);
    this.runs.push(run);
    return this.verdict;
  }

  async removeExtension(id: string, run: { readonly publisher: string; readonly type: string }): Promise<void> {
    this.#guest(id);
    this.removedExtensions.push(run.type);
  }

  async close(): Promise<void> {
    this.guests.clear();
  }

  async adopt(spec: GuestSpec, running: boolean): Promise<void> {
    this.calls.push('adopt');
    this.guests.set(spec.id, { spec, running, rules: [] });
  }

  #power(id: string, running: boolean, call: string): void {
    this.calls.push(call);
    this.#guest(id).running = running;
  }

  #guest(id: string) {
    const guest = this.guests.get(id);
    if (!guest) throw new Error(`no guest ${id}`);
    return guest;
  }
}
