import { UsageError } from '../errors/usage-error.ts';
import type { EngineConfig } from './provisioning.ts';
import { isUnfitForSystemd } from './systemd-quote.ts';

/** dockerd's options that azdock itself sets, and why they cannot be given. */
const OURS: Readonly<Record<string, string>> = {
  host: 'azdock sets where the engine listens',
  H: 'azdock sets where the engine listens',
  tls: 'azdock sets how the engine authenticates its clients',
  tlsverify: 'azdock sets how the engine authenticates its clients',
  tlscacert: 'azdock sets how the engine authenticates its clients',
  tlscert: 'azdock sets how the engine authenticates its clients',
  tlskey: 'azdock sets how the engine authenticates its clients',
  help: 'the engine would print a text and end',
  version: 'the engine would print a text and end',
  validate: 'the engine would check its configuration and end',
};

/**
 * Checks what the user said about the engine, so that a slip shows before anything is made, not when dockerd refuses to start.
 *
 * @throws UsageError naming the flag
 */
export function checkEngine(engine: EngineConfig): void {
  const { port } = engine;
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535))
    throw new UsageError(`${port} cannot be the engine's port: 1 to 65535.`, { resource: 'port' });
  for (const option of engine.options) checkOption(option, '--engine-opt');
  for (const label of engine.labels) checkLabel(label, '--engine-label');
  for (const assignment of engine.environment) checkAssignment(assignment, '--engine-env');
  for (const registry of engine.insecureRegistries) checkValue(registry, '--engine-insecure-registry');
  for (const mirror of engine.registryMirrors) checkValue(mirror, '--engine-registry-mirror');
  if (engine.storageDriver !== undefined) checkValue(engine.storageDriver, '--engine-storage-driver');
  checkInstallUrl(engine.installUrl, '--engine-install-url');
}

/** An option of dockerd as `name` or `name=value`, without leading dashes. `flag` is the one that brought it. @throws UsageError */
export function checkOption(option: string, flag: string): void {
  if (option.startsWith('-'))
    refuse(flag, option, `it is written without leading dashes: ${option.replace(/^-+/, '')}`);
  checkValue(option, flag);
  const name = option.split('=', 1)[0] ?? '';
  const separate = /^([A-Za-z0-9-]+)\s+(.+)$/.exec(name);
  if (separate)
    refuse(
      flag,
      option,
      `a value stands after "=": ${separate[1]}=${option.slice(name.length - (separate[2] ?? '').length)}`,
    );
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) refuse(flag, option, 'it is not NAME or NAME=VALUE');
  const reason = OURS[name];
  if (reason !== undefined) refuse(flag, option, reason);
}

/** An engine label, `key=value`. @throws UsageError */
export function checkLabel(label: string, flag: string): void {
  checkValue(label, flag);
  if (!/^[^=\s][^=]*=/.test(label)) refuse(flag, label, 'it is not KEY=VALUE');
}

/** An environment variable of the engine, `KEY=value`. @throws UsageError */
export function checkAssignment(assignment: string, flag: string): void {
  checkValue(assignment, flag);
  // The value is left out: people pass proxies with passwords here.
  if (!/^[A-Za-z_][A-Za-z0-9_]*=/.test(assignment))
    refuse(flag, assignment.split('=', 1)[0] ?? '', 'it is not NAME=VALUE');
}

/** `none`, or where to download the installation script. @throws UsageError */
export function checkInstallUrl(url: string, flag: string): void {
  if (url === 'none') return;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || /\s/.test(url)) {
    refuse(flag, url, 'it is neither an http(s) URL nor "none"');
  }
}

function checkValue(value: string, flag: string): void {
  if (value.trim() === '') refuse(flag, value, 'it is empty');
  if (isUnfitForSystemd(value))
    refuse(flag, value.replace(/[\0-\x1f\x7f].*/s, '…'), 'it contains a line break or control character');
}

function refuse(flag: string, value: string, reason: string): never {
  throw new UsageError(`${flag} cannot take "${value}": ${reason}.`, { resource: flag });
}
