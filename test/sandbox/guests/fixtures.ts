import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGuestHost } from '../../../src/sandbox/guests/choose.ts';
import type { ExtensionRun, FirewallRule, GuestHost, GuestSpec } from '../../../src/sandbox/guests/guest-host.ts';
import { newKeyPair } from '../../ssh/key-pair.ts';
import type { CertificateSet } from './certificates.ts';
import type { Login } from './clients.ts';

export type Kind = 'linux' | 'simulated';

export const keys = newKeyPair();
export const otherKeys = newKeyPair();

/** A sandbox directory with a guest host, both gone at the end. */
export class Bench implements AsyncDisposable {
  readonly kind: Kind;
  readonly directory: string;
  readonly log: string[] = [];
  host: GuestHost;

  static async open(kind: Kind): Promise<Bench> {
    const directory = await mkdtemp(join(tmpdir(), 'azdock-guests-'));
    const log: string[] = [];
    return new Bench(kind, directory, log, await open(kind, directory, log));
  }

  private constructor(kind: Kind, directory: string, log: string[], host: GuestHost) {
    this.kind = kind;
    this.directory = directory;
    this.log = log;
    this.host = host;
  }

  /** Ends the host with its disks kept, and opens the next one on the same directory. */
  async reopen(): Promise<void> {
    await this.host.close({ keepDisks: true });
    this.host = await open(this.kind, this.directory, this.log);
  }

  /** A guest specification with an address of its own. */
  async spec(name: string, more: Partial<GuestSpec> = {}): Promise<GuestSpec & { publicAddress: string }> {
    const publicAddress = await this.host.allocateAddress();
    return {
      id: `/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/${name}`,
      computerName: name,
      adminUsername: 'azureuser',
      publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: keys.public }],
      privateAddress: '10.0.0.4',
      image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' },
      ...more,
      publicAddress,
    };
  }

  login(spec: { readonly publicAddress: string }, privateKey: string = keys.private): Login {
    return { host: spec.publicAddress, port: this.host.sshPort, username: 'azureuser', privateKey };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close({ keepDisks: false });
    await rm(this.directory, { recursive: true, force: true });
  }
}

function open(kind: Kind, directory: string, log: string[]): Promise<GuestHost> {
  return openGuestHost(kind, { directory, log: (line) => log.push(line), localEngineSocket: null });
}

export function allow(port: number, more: Partial<FirewallRule> = {}): FirewallRule {
  return {
    access: 'Allow',
    protocol: 'tcp',
    source: '*',
    fromPort: port,
    toPort: port,
    priority: 100 + (port % 1000),
    ...more,
  };
}

export function extension(type: string, more: Partial<ExtensionRun> = {}): ExtensionRun {
  return {
    publisher: 'Microsoft.Azure.Extensions',
    type,
    version: type === 'DockerExtension' ? '1.2.2' : '2.1.19',
    sequence: 1,
    settings: {},
    protectedSettings: {},
    ...more,
  };
}

/** DockerExtension with an engine port and certificates. */
export function dockerExtension(certificates: CertificateSet, more: Partial<ExtensionRun> = {}): ExtensionRun {
  const certs = {
    ca: base64(certificates.ca.cert),
    cert: base64(certificates.server.cert),
    key: base64(certificates.server.key),
  };
  return extension('DockerExtension', {
    settings: { docker: { port: '2376' } },
    protectedSettings: { certs },
    ...more,
  });
}

/** A script in the form that simulated guests understand, and that a real guest can run. */
export function engineScript(certificates: CertificateSet): string {
  const files = { ca: certificates.ca.cert, cert: certificates.server.cert, key: certificates.server.key };
  return [
    '#!/bin/sh',
    '# azdock-engine: {"port":2376}',
    'set -eu; umask 077; mkdir -p /etc/docker /etc/systemd/system/docker.service.d',
    ...Object.entries(files).map(
      ([name, pem]) => `cat > /etc/docker/${name}.pem <<'AZDOCK_PEM'\n${pem.trim()}\nAZDOCK_PEM`,
    ),
    'cat > /etc/systemd/system/docker.service.d/test.conf <<EOF',
    '[Service]',
    'ExecStart=',
    'ExecStart=/usr/bin/dockerd -H=fd:// --tlsverify --tlscacert=/etc/docker/ca.pem --tlscert=/etc/docker/cert.pem --tlskey=/etc/docker/key.pem -H=0.0.0.0:2376',
    'EOF',
    'systemctl daemon-reload',
    'systemctl restart docker',
    '',
  ].join('\n');
}

export function base64(text: string | Buffer): string {
  return Buffer.from(text).toString('base64');
}
