import { readUserData } from '../cloud-init/user-data.ts';
import type { CommandOutcome, ExtensionRun, ExtensionVerdict, FirewallRule, GuestSpec } from '../guest-host.ts';
import { playAccessScript } from './access-script.ts';
import { openEngineEndpoint } from './engine-endpoint.ts';
import { FileTree } from './file-tree.ts';
import { allowsTcp } from './firewall-check.ts';
import { type GuestState, GuestStateFile } from './guest-state.ts';
import { newHostKey } from './host-key.ts';
import { Listener } from './listener.ts';
import { hashPassword } from './password-hash.ts';
import { engineOfScript, failureOf, simulateExtension } from './simulated-extensions.ts';
import { engineOf, type ServeEngine } from './serve-engine.ts';
import { sshServer } from './ssh-server.ts';

export interface SimulatedGuestOptions {
  readonly spec: GuestSpec;
  readonly guestsDirectory: string;
  readonly sshPort: number;
  readonly localEngineSocket: string | undefined;
  readonly log: (line: string) => void;
}

/** The port that network security groups know, whatever port the guest really listens on. */
const azureSshPort = 22;

/** One VM without any substance: a handful of sockets. */
export class SimulatedGuest {
  readonly spec: GuestSpec;
  readonly #options: SimulatedGuestOptions;
  readonly #file: GuestStateFile;
  readonly #tree = new FileTree();
  readonly #serveEngine: ServeEngine;
  #rules: readonly FirewallRule[] = [];
  #state: GuestState = { hostKey: '', password: undefined, engine: undefined, keys: [] };
  #ssh: Listener | undefined;
  #engine: Listener | undefined;

  constructor(options: SimulatedGuestOptions) {
    this.#options = options;
    this.spec = options.spec;
    this.#serveEngine = engineOf(options.spec.computerName, options.localEngineSocket);
    this.#file = new GuestStateFile(options.guestsDirectory, options.spec.id);
    this.#tree.makeFolders(`/home/${options.spec.adminUsername}/.ssh`);
    this.#tree.makeFolders('/tmp');
    this.#tree.put('/etc/hostname', `${options.spec.computerName}\n`, 0o644);
    this.#tree.put('/etc/os-release', osRelease, 0o644);
  }

  /** Gives the guest its identity, and plays custom data as far as it is a script of azdock. */
  async provision(): Promise<void> {
    const { adminPassword } = this.spec;
    const password = adminPassword === undefined ? undefined : hashPassword(adminPassword);
    this.#state = { hostKey: newHostKey(), password, engine: this.#engineOfCustomData(), keys: [] };
    await this.#file.save(this.#state);
    await this.start();
  }

  /** Takes up what an earlier process kept. @throws Error when it kept nothing */
  async takeUp(): Promise<void> {
    const state = await this.#file.load();
    if (state === undefined) throw new Error(`nothing of guest ${this.spec.computerName} has been kept`);
    this.#state = state;
  }

  async start(): Promise<void> {
    if (this.#ssh !== undefined) return;
    const { spec, sshPort } = this.#options;
    const server = sshServer({
      spec,
      hostKey: this.#state.hostKey,
      password: this.#state.password,
      keys: () => this.#state.keys,
      tree: this.#tree,
      facts: { hostName: spec.computerName, osRelease },
      engine: () => (this.#state.engine === undefined ? undefined : this.#serveEngine),
      allows: (from) => allowsTcp(this.#rules, azureSshPort, from),
    });
    this.#ssh = await Listener.open(server, { host: this.#address(), port: sshPort });
    await this.#openEngine();
  }

  async powerOff(): Promise<void> {
    await this.#ssh?.close();
    this.#ssh = undefined;
    await this.#closeEngine();
  }

  setFirewall(rules: readonly FirewallRule[]): void {
    this.#rules = rules;
  }

  async runExtension(run: ExtensionRun): Promise<ExtensionVerdict> {
    if (this.#ssh === undefined) throw new Error('the guest is switched off');
    const { verdict, engine } = simulateExtension(run, this.#state.engine);
    if (engine === undefined) return verdict;
    try {
      this.#state = { ...this.#state, engine };
      await this.#file.save(this.#state);
      await this.#closeEngine();
      await this.#openEngine();
      return verdict;
    } catch (error) {
      return failureOf(run, error);
    }
  }

  /** Plays a script of azdock's that asks for access; any other is refused. */
  async runCommand(script: string): Promise<CommandOutcome> {
    if (this.#ssh === undefined) throw new Error('the guest is switched off');
    const { outcome, state } = playAccessScript(script, this.#state, this.spec.adminUsername);
    if (state === this.#state) return outcome;
    this.#state = state;
    await this.#file.save(this.#state);
    await this.#closeEngine();
    await this.#openEngine();
    return outcome;
  }

  /** DockerExtension stops the engine when it is taken off; CustomScript changes nothing. */
  async stopEngine(): Promise<void> {
    this.#state = { ...this.#state, engine: undefined };
    await this.#file.save(this.#state);
    await this.#closeEngine();
  }

  async deleteState(): Promise<void> {
    await this.#file.delete();
  }

  #address(): string {
    return this.spec.publicAddress ?? this.spec.privateAddress;
  }

  async #openEngine(): Promise<void> {
    const { engine } = this.#state;
    if (engine?.port === undefined || engine.certificates === undefined || this.#ssh === undefined) return;
    const { port, certificates } = engine;
    this.#engine = await openEngineEndpoint({
      address: this.#address(),
      port,
      certificates,
      serve: this.#serveEngine,
      allows: (from) => allowsTcp(this.#rules, port, from),
    });
  }

  async #closeEngine(): Promise<void> {
    await this.#engine?.close();
    this.#engine = undefined;
  }

  #engineOfCustomData(): GuestState['engine'] {
    const { customData } = this.spec;
    if (customData === undefined) return undefined;
    const { parts, errors } = readUserData(customData);
    const scripts = parts.flatMap((part) => (part.kind === 'script' ? [part.content.toString()] : []));
    const engines = scripts.flatMap((script) => engineOfScript(script) ?? []);
    for (const error of errors) this.#options.log(`cloud-init: ${error}`);
    if (engines.length < parts.length) this.#options.log('cloud-init: simulated guests cannot run scripts');
    return engines.at(-1);
  }
}

const osRelease = `PRETTY_NAME="Ubuntu 24.04 LTS (simulated)"
NAME="Ubuntu"
VERSION_ID="24.04"
ID=ubuntu
ID_LIKE=debian
`;
