import { mkdir, realpath, rm } from 'node:fs/promises';
import { disableExtension, enableExtension } from '../extensions/enable-extension.ts';
import { runCommandScript } from '../extensions/run-command.ts';
import type {
  CommandOutcome,
  ExtensionRun,
  ExtensionVerdict,
  FirewallRule,
  GuestHost,
  GuestSpec,
} from '../guest-host.ts';
import { TaskQueues } from '../task-queues.ts';
import { HostNetwork } from './host-network.ts';
import { handOver, takeOver } from './leftovers.ts';
import { LinuxGuest } from './linux-guest.ts';
import { dataDiskFile, type SandboxNames, sandboxNames } from './names.ts';

export interface GuestHostOptions {
  /** The sandbox's directory. Guests keep their disks in `guests` below it. */
  readonly directory: string;
  /** Takes lines for the sandbox's log. */
  readonly log: (line: string) => void;
}

/** Guests that are systemd containers on this computer. */
export async function openLinuxGuestHost(options: GuestHostOptions): Promise<GuestHost> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const names = sandboxNames(await realpath(options.directory));
  for (const folder of [names.guestsDirectory, names.imagesDirectory])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  await takeOver(names);
  try {
    return new LinuxGuestHost(names, await HostNetwork.open(names, options.log), options.log);
  } catch (error) {
    await handOver(names);
    throw error;
  }
}

class LinuxGuestHost implements GuestHost {
  readonly kind = 'linux';
  readonly sshPort = 22;
  readonly #names: SandboxNames;
  readonly #network: HostNetwork;
  readonly #log: (line: string) => void;
  readonly #guests = new Map<string, LinuxGuest>();
  readonly #queues = new TaskQueues();

  constructor(names: SandboxNames, network: HostNetwork, log: (line: string) => void) {
    this.#names = names;
    this.#network = network;
    this.#log = log;
  }

  get hostAddresses(): readonly string[] {
    return this.#network.hostAddresses;
  }

  allocateAddress(version: 'IPv4' | 'IPv6' = 'IPv4'): Promise<string> {
    return this.#network.allocate(version);
  }

  releaseAddress(address: string): Promise<void> {
    return this.#network.release(address);
  }

  create(spec: GuestSpec): Promise<void> {
    return this.#queues.run(spec.id, async () => {
      if (this.#guests.has(spec.id)) return;
      const guest = await this.#newGuest(spec);
      try {
        await guest.provision();
      } catch (error) {
        await this.#forget(guest);
        throw error;
      }
    });
  }

  adopt(spec: GuestSpec, running: boolean): Promise<void> {
    return this.#queues.run(spec.id, async () => {
      if (this.#guests.has(spec.id)) return;
      const guest = await this.#newGuest(spec);
      try {
        if (!guest.hasDisk) throw new Error(`no disk of guest ${spec.computerName} has been kept`);
        await guest.raiseFirewall();
        if (running) await guest.start();
      } catch (error) {
        this.#guests.delete(spec.id);
        await guest.discard();
        throw error;
      }
    });
  }

  start(id: string): Promise<void> {
    return this.#queues.run(id, () => this.#guest(id).start());
  }

  powerOff(id: string): Promise<void> {
    return this.#queues.run(id, () => this.#guest(id).powerOff());
  }

  restart(id: string): Promise<void> {
    return this.#queues.run(id, async () => {
      const guest = this.#guest(id);
      await guest.powerOff();
      await guest.start();
    });
  }

  async remove(id: string): Promise<void> {
    // At once, not after whatever the guest is busy with, which this ends.
    await this.#guests.get(id)?.discard();
    await this.#queues.run(id, async () => {
      const guest = this.#guests.get(id);
      if (guest !== undefined) await this.#forget(guest);
    });
  }

  /** The disk must be attached to no guest. */
  async deleteDisk(id: string): Promise<void> {
    await rm(dataDiskFile(this.#names, id), { force: true });
  }

  async setFirewall(id: string, rules: readonly FirewallRule[]): Promise<void> {
    // Not in the queue: rules change while an extension runs.
    return this.#guest(id).setFirewall(rules);
  }

  runExtension(id: string, run: ExtensionRun): Promise<ExtensionVerdict> {
    return this.#queues.run(id, () => {
      const guest = this.#guest(id);
      return enableExtension(guest.shell, guest.spec.adminUsername, run);
    });
  }

  removeExtension(id: string, run: Pick<ExtensionRun, 'publisher' | 'type'>): Promise<void> {
    return this.#queues.run(id, () => disableExtension(this.#guest(id).shell, run, this.#log));
  }

  runCommand(id: string, script: string): Promise<CommandOutcome> {
    return this.#queues.run(id, () => runCommandScript(this.#guest(id).shell, script));
  }

  async close({ keepDisks }: { readonly keepDisks: boolean }): Promise<void> {
    await Promise.all(
      [...this.#guests].map(async ([id, guest]) => {
        // At once, not after whatever the guest is busy with, which this ends.
        await (keepDisks ? guest.powerOff() : guest.discard());
        await this.#queues.run(id, () => guest.discard());
      }),
    );
    this.#guests.clear();
    await this.#network.close();
    await handOver(this.#names);
    if (!keepDisks) await rm(this.#names.guestsDirectory, { recursive: true, force: true });
  }

  async #newGuest(spec: GuestSpec): Promise<LinuxGuest> {
    await this.#network.take(spec);
    const { gateways } = this.#network;
    const guest = new LinuxGuest({ sandbox: this.#names, spec, gateways, log: this.#log });
    this.#guests.set(spec.id, guest);
    return guest;
  }

  async #forget(guest: LinuxGuest): Promise<void> {
    await guest.discard();
    await guest.deleteDisk();
    this.#guests.delete(guest.spec.id);
  }

  #guest(id: string): LinuxGuest {
    const guest = this.#guests.get(id);
    if (guest === undefined) throw new Error(`there is no guest ${id}`);
    return guest;
  }
}
