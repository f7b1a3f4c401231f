import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runUserData } from '../cloud-init/run-user-data.ts';
import type { FirewallRule, GuestSpec } from '../guest-host.ts';
import { Container } from './container.ts';
import { createDisk } from './disk.ts';
import { applyFirewall, removeFirewall } from './firewall.ts';
import { type GuestShell, guestShell, requireInGuest } from './guest-shell.ts';
import { type GuestNames, guestNames, type SandboxNames } from './names.ts';
import { requireProgram } from './run-program.ts';
import { engineUnits } from './tree/engine-files.ts';
import { guestTree } from './tree/guest-tree.ts';
import { file, type TreeEntry } from './tree/tree-entry.ts';

export interface LinuxGuestOptions {
  readonly sandbox: SandboxNames;
  readonly spec: GuestSpec;
  readonly gateway: string;
  readonly log: (line: string) => void;
}

const hostKeyTypes = ['ed25519', 'ecdsa'] as const;
const bootPatienceMs = 90_000;

/** One VM: its disk, its firewall and, while it is switched on, its container. */
export class LinuxGuest {
  readonly spec: GuestSpec;
  /** Commands inside, as root. */
  readonly shell: GuestShell;
  readonly #options: LinuxGuestOptions;
  readonly #names: GuestNames;
  #container: Container | undefined;

  constructor(options: LinuxGuestOptions) {
    this.#options = options;
    this.spec = options.spec;
    this.#names = guestNames(options.sandbox, options.spec.id);
    this.shell = guestShell(() => this.#leader());
  }

  get hasDisk(): boolean {
    return existsSync(this.#names.disk);
  }

  get isRunning(): boolean {
    return this.#container?.isRunning ?? false;
  }

  /** Makes the disk, boots for the first time and does what cloud-init does then. */
  async provision(): Promise<void> {
    const { spec } = this.#options;
    await createDisk(this.#names.disk, [...(await guestTree(spec)), ...(await this.#hostKeys())]);
    await this.setFirewall([]);
    await this.start();
    if (spec.adminPassword !== undefined)
      await requireInGuest(this.shell, ['chpasswd'], { stdin: `${spec.adminUsername}:${spec.adminPassword}\n` });
    await this.#enableEngine();
    await runUserData(this.shell, spec.customData, this.#options.log);
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    const { sandbox, spec, gateway, log } = this.#options;
    this.#container = await Container.start({
      names: this.#names,
      imagesDirectory: sandbox.imagesDirectory,
      hostName: spec.computerName,
      cable: { gateway, publicAddress: spec.publicAddress, privateAddress: spec.privateAddress },
      log,
    });
    await this.#booted();
  }

  async powerOff(): Promise<void> {
    await this.#container?.powerOff();
    this.#container = undefined;
  }

  setFirewall(rules: readonly FirewallRule[]): Promise<void> {
    return applyFirewall(this.#options.sandbox, this.#names, rules);
  }

  /** Ends the guest at once, and its firewall with it. The disk stays. */
  async discard(): Promise<void> {
    await this.#container?.kill();
    this.#container = undefined;
    await removeFirewall(this.#options.sandbox, this.#names);
  }

  async deleteDisk(): Promise<void> {
    await rm(this.#names.directory, { recursive: true, force: true });
  }

  async #leader(): Promise<number> {
    if (this.#container === undefined) throw new Error('the guest is switched off');
    return this.#container.leader();
  }

  async #booted(): Promise<void> {
    const deadline = performance.now() + bootPatienceMs;
    let last = '';
    while (performance.now() < deadline) {
      const outcome = await this.shell.run(['systemctl', 'is-system-running', '--wait']);
      last = outcome.stdout.toString().trim() || outcome.stderr.toString().trim();
      if (last === 'running') return;
      if (last === 'degraded') {
        const failed = await this.shell.run(['systemctl', '--failed', '--plain', '--no-legend']);
        this.#options.log(`guest ${this.spec.computerName}: units failed at boot: ${failed.stdout.toString().trim()}`);
        return;
      }
      await sleep(50);
    }
    throw new Error(`guest ${this.spec.computerName} did not finish booting (${last})`);
  }

  /** From the second boot on, the engine starts as its package wants it. The first boot is for whoever configures it. */
  async #enableEngine(): Promise<void> {
    const wants = '/etc/systemd/system/multi-user.target.wants';
    for (const unit of engineUnits)
      await requireInGuest(this.shell, ['ln', '-sf', `/usr/lib/systemd/system/${unit}`, `${wants}/${unit}`]);
  }

  async #hostKeys(): Promise<TreeEntry[]> {
    await mkdir(this.#names.directory, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(this.#names.directory, 'keys-'));
    try {
      const entries = await Promise.all(
        hostKeyTypes.map(async (type) => {
          const name = `ssh_host_${type}_key`;
          const path = join(folder, name);
          const comment = `root@${this.spec.computerName}`;
          await requireProgram({
            program: 'ssh-keygen',
            args: ['-q', '-t', type, '-N', '', '-C', comment, '-f', path],
          });
          return [
            file(`etc/ssh/${name}`, await readFile(path), 0o600),
            file(`etc/ssh/${name}.pub`, await readFile(`${path}.pub`)),
          ];
        }),
      );
      return entries.flat();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
