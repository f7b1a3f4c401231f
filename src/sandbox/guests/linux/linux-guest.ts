import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { runUserData } from '../cloud-init/run-user-data.ts';
import type { FirewallRule, GuestSpec } from '../guest-host.ts';
import { Container } from './container.ts';
import { ensureDataDisks } from './data-disks.ts';
import { createDisk } from './disk.ts';
import { applyFirewall, type GuestFirewall, removeFirewall } from './firewall.ts';
import { type GuestShell, guestShell, requireInGuest } from './guest-shell.ts';
import type { Gateways } from './host-network.ts';
import { reachedIpv6 } from './ipv6-cable.ts';
import { type GuestNames, guestNames, type SandboxNames } from './names.ts';
import { engineUnits } from './tree/engine-files.ts';
import { guestTree } from './tree/guest-tree.ts';
import { newHostKeys } from './tree/host-keys.ts';
import { untilBooted } from './until-booted.ts';

export interface LinuxGuestOptions {
  readonly sandbox: SandboxNames;
  readonly spec: GuestSpec;
  readonly gateways: Gateways;
  readonly log: (line: string) => void;
}

/** One VM: its disk, its firewall and, while it is switched on, its container. */
export class LinuxGuest {
  readonly spec: GuestSpec;
  /** Commands inside, as root. */
  readonly shell: GuestShell;
  readonly #options: LinuxGuestOptions;
  readonly #names: GuestNames;
  #container: Container | undefined;
  #rules: readonly FirewallRule[] = [];
  #firewall: Promise<void> = Promise.resolve();
  #isDiscarded = false;

  constructor(options: LinuxGuestOptions) {
    this.#options = options;
    this.spec = options.spec;
    this.#names = guestNames(options.sandbox, options.spec.id);
    this.shell = guestShell(() => this.#leader());
  }

  get hasDisk(): boolean {
    return existsSync(this.#names.disk);
  }

  /** Makes the disk, boots for the first time and does what cloud-init does then. */
  async provision(): Promise<void> {
    const { spec } = this.#options;
    await createDisk(this.#names.disk, [
      ...(await guestTree(spec)),
      ...(await newHostKeys(this.#names.directory, spec.computerName)),
    ]);
    await this.raiseFirewall();
    await this.start();
    if (spec.adminPassword !== undefined)
      await requireInGuest(this.shell, ['chpasswd'], { stdin: `${spec.adminUsername}:${spec.adminPassword}\n` });
    await this.#enableEngine();
    await runUserData(this.shell, spec.customData, this.#options.log);
  }

  async start(): Promise<void> {
    if (this.#isDiscarded) throw new Error(`guest ${this.spec.computerName} is being removed`);
    if (await this.#hasLeader()) return;
    // It may be in the middle of switching itself off.
    await this.#container?.kill();
    const { sandbox, spec, gateways, log } = this.#options;
    this.#container = await Container.start({
      names: this.#names,
      imagesDirectory: sandbox.imagesDirectory,
      hostName: spec.computerName,
      dataDisks: await ensureDataDisks(sandbox, spec.dataDisks ?? []),
      cable: { gateways, addresses: spec, log },
      log,
    });
    await untilBooted(this.shell, spec.computerName, log);
  }

  async powerOff(): Promise<void> {
    await this.#container?.powerOff();
    this.#container = undefined;
  }

  setFirewall(rules: readonly FirewallRule[]): Promise<void> {
    this.#rules = rules;
    return this.raiseFirewall();
  }

  /** Puts the rules in force that were set last: none, so far, lets nobody in. */
  raiseFirewall(): Promise<void> {
    // One after the other: rules that are replaced twice at once are there twice. And never after the guest has gone.
    this.#firewall = this.#firewall
      .catch(() => {})
      .then(async () => {
        if (!this.#isDiscarded) await applyFirewall(this.#guestFirewall, this.#rules);
      });
    return this.#firewall;
  }

  /** Ends the guest at once and for good, and its firewall with it. The disk stays. */
  async discard(): Promise<void> {
    this.#isDiscarded = true;
    await this.#container?.kill();
    this.#container = undefined;
    await this.#firewall.catch(() => {});
    await removeFirewall(this.#guestFirewall);
  }

  async deleteDisk(): Promise<void> {
    await rm(this.#names.directory, { recursive: true, force: true });
  }

  get #guestFirewall(): GuestFirewall {
    const { sandbox, spec, gateways } = this.#options;
    const withIpv6 = gateways.ipv6 !== undefined && reachedIpv6(spec) !== undefined;
    return { sandbox, guest: this.#names, withIpv6 };
  }

  async #hasLeader(): Promise<boolean> {
    return this.#leader().then(
      () => true,
      () => false,
    );
  }

  async #leader(): Promise<number> {
    if (this.#container === undefined) throw new Error('the guest is switched off');
    return this.#container.leader();
  }

  /** From the second boot on, the engine starts as its package wants it. The first boot is for whoever configures it. */
  async #enableEngine(): Promise<void> {
    const wants = '/etc/systemd/system/multi-user.target.wants';
    for (const unit of engineUnits)
      await requireInGuest(this.shell, ['ln', '-sf', `/usr/lib/systemd/system/${unit}`, `${wants}/${unit}`]);
  }
}
