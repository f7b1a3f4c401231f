import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenGuestHostOptions } from '../choose.ts';
import { handlerOf } from '../extensions/handler-names.ts';
import type {
  CommandOutcome,
  ExtensionRun,
  ExtensionVerdict,
  FirewallRule,
  GuestHost,
  GuestSpec,
} from '../guest-host.ts';
import type { AddressBook } from '../address-book.ts';
import { TaskQueues } from '../task-queues.ts';
import { type LoopbackAddresses, loopbackAddresses, paperAddresses } from './loopback-addresses.ts';
import { SimulatedGuest, type SimulatedGuestOptions } from './simulated-guest.ts';
import { chooseSshPort } from './ssh-port.ts';

const defaultEngineSocket = process.platform === 'win32' ? '\\\\.\\pipe\\docker_engine' : '/var/run/docker.sock';

/** Guests that are a few sockets of this process: they look like VMs from outside and run nothing. */
export async function openSimulatedGuestHost(options: OpenGuestHostOptions): Promise<GuestHost> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const directory = await realpath(options.directory);
  const guestsDirectory = join(directory, 'guests');
  await mkdir(guestsDirectory, { recursive: true, mode: 0o700 });
  const addresses = await loopbackAddresses(directory, guestsDirectory, process.platform);
  const sshPort = await chooseSshPort(join(guestsDirectory, 'ssh-port'), '127.0.0.1');
  const localEngineSocket =
    options.localEngineSocket === null ? undefined : (options.localEngineSocket ?? defaultEngineSocket);
  const paper = await paperAddresses(directory, guestsDirectory);
  return new SimulatedGuestHost(
    { addresses, paper },
    { guestsDirectory, sshPort, localEngineSocket, log: options.log },
  );
}

class SimulatedGuestHost implements GuestHost {
  readonly kind = 'simulated';
  readonly sshPort: number;
  readonly #addresses: LoopbackAddresses;
  /** IPv6 addresses. */
  readonly #paper: AddressBook;
  readonly #shared: Omit<SimulatedGuestOptions, 'spec'>;
  readonly #guests = new Map<string, SimulatedGuest>();
  readonly #queues = new TaskQueues();

  constructor(
    books: { readonly addresses: LoopbackAddresses; readonly paper: AddressBook },
    shared: Omit<SimulatedGuestOptions, 'spec'>,
  ) {
    this.#addresses = books.addresses;
    this.#paper = books.paper;
    this.#shared = shared;
    this.sshPort = shared.sshPort;
  }

  get hostAddresses(): readonly string[] {
    return this.#addresses.hostAddresses;
  }

  allocateAddress(version?: 'IPv4' | 'IPv6'): Promise<string> {
    if (version !== 'IPv6') return this.#addresses.allocate();
    this.#shared.log('simulated guests have no IPv6: the address is given on paper only');
    return this.#paper.allocate();
  }

  releaseAddress(address: string): Promise<void> {
    return (address.includes(':') ? this.#paper : this.#addresses).release(address);
  }

  create(spec: GuestSpec): Promise<void> {
    return this.#add(spec, (guest) => guest.provision());
  }

  adopt(spec: GuestSpec, running: boolean): Promise<void> {
    return this.#add(spec, async (guest) => {
      await guest.takeUp();
      if (running) await guest.start();
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
      await this.#guest(id).powerOff();
      await this.#guest(id).start();
    });
  }

  remove(id: string): Promise<void> {
    return this.#queues.run(id, async () => {
      const guest = this.#guests.get(id);
      await guest?.powerOff();
      await guest?.deleteState();
      this.#guests.delete(id);
    });
  }

  /** Data disks of simulated guests have no content. */
  async deleteDisk(): Promise<void> {}

  setFirewall(id: string, rules: readonly FirewallRule[]): Promise<void> {
    return this.#queues.run(id, async () => this.#guest(id).setFirewall(rules));
  }

  runExtension(id: string, run: ExtensionRun): Promise<ExtensionVerdict> {
    return this.#queues.run(id, () => this.#guest(id).runExtension(run));
  }

  removeExtension(id: string, run: Pick<ExtensionRun, 'publisher' | 'type'>): Promise<void> {
    return this.#queues.run(id, async () => {
      if (handlerOf(run) === 'DockerExtension') await this.#guest(id).stopEngine();
    });
  }

  runCommand(id: string, script: string): Promise<CommandOutcome> {
    return this.#queues.run(id, () => this.#guest(id).runCommand(script));
  }

  async close({ keepDisks }: { readonly keepDisks: boolean }): Promise<void> {
    await Promise.all([...this.#guests].map(([id, guest]) => this.#queues.run(id, () => guest.powerOff())));
    this.#guests.clear();
    if (!keepDisks) await rm(this.#shared.guestsDirectory, { recursive: true, force: true });
  }

  #add(spec: GuestSpec, begin: (guest: SimulatedGuest) => Promise<void>): Promise<void> {
    return this.#queues.run(spec.id, async () => {
      if (this.#guests.has(spec.id)) return;
      if (spec.publicAddress === undefined)
        throw new Error(`simulated guests need a public address: this computer cannot play ${spec.privateAddress}`);
      await this.#addresses.take(spec.publicAddress);
      const guest = new SimulatedGuest({ ...this.#shared, spec });
      try {
        await begin(guest);
        this.#guests.set(spec.id, guest);
      } catch (error) {
        await guest.powerOff();
        throw error;
      }
    });
  }

  #guest(id: string): SimulatedGuest {
    const guest = this.#guests.get(id);
    if (guest === undefined) throw new Error(`there is no guest ${id}`);
    return guest;
  }
}
