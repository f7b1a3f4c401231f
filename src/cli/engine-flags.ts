import type { InferredFlags } from '@oclif/core/interfaces';
import type { CreateRequest } from '../machine/create-request.ts';
import { repeated, text } from './flags.ts';

const ENGINE = 'Docker engine';

/** Flags about the engine and its certificate, docker-machine's by name (docker/machine:commands/create.go), and `--docker-option`. */
export const engineFlags = {
  'docker-option': repeated({
    helpValue: 'FLAG[=VALUE]',
    summary: 'Option of the engine, as dockerd takes it (--docker-option live-restore); may be repeated',
    helpGroup: ENGINE,
  }),
  'engine-opt': repeated({
    helpValue: 'FLAG[=VALUE]',
    summary: "The same, under docker-machine's name",
    helpGroup: ENGINE,
  }),
  'engine-label': repeated({
    helpValue: 'KEY=VALUE',
    summary: 'Label of the engine; may be repeated',
    helpGroup: ENGINE,
  }),
  'engine-registry-mirror': repeated({
    env: 'ENGINE_REGISTRY_MIRROR',
    helpValue: 'URL',
    summary: 'Mirror of Docker Hub; may be repeated',
    helpGroup: ENGINE,
  }),
  'engine-insecure-registry': repeated({
    helpValue: 'HOST',
    summary: 'Registry without checked TLS; may be repeated',
    helpGroup: ENGINE,
  }),
  'engine-storage-driver': text({
    helpValue: 'NAME',
    summary: "Storage driver [default: the engine's choice]",
    helpGroup: ENGINE,
  }),
  'engine-env': repeated({
    helpValue: 'KEY=VALUE',
    summary: 'Environment of the engine itself; may be repeated',
    helpGroup: ENGINE,
  }),
  'engine-install-url': text({
    env: 'MACHINE_DOCKER_INSTALL_URL',
    helpValue: 'URL',
    summary: 'Where the installation script comes from [default: https://get.docker.com]',
    helpGroup: ENGINE,
  }),
  'tls-san': repeated({
    helpValue: 'NAME',
    summary: 'Another name or address for the server certificate; may be repeated',
    helpGroup: ENGINE,
  }),
};

/** The flags as the record's engine options; only what was given. */
export function engineValues(flags: InferredFlags<typeof engineFlags>): CreateRequest['engine'] {
  const options = [...flags['engine-opt'], ...flags['docker-option']].map((option) => option.replace(/^--?/, ''));
  const installUrl = flags['engine-install-url'];
  const storageDriver = flags['engine-storage-driver'];
  return {
    ...(options.length === 0 ? {} : { ArbitraryFlags: options }),
    ...list('Labels', flags['engine-label']),
    ...list('RegistryMirror', flags['engine-registry-mirror']),
    ...list('InsecureRegistry', flags['engine-insecure-registry']),
    ...list('Env', flags['engine-env']),
    ...(storageDriver === undefined ? {} : { StorageDriver: storageDriver }),
    ...(installUrl === undefined ? {} : { InstallURL: installUrl }),
  };
}

function list<Key extends string>(key: Key, values: readonly string[]): Partial<Record<Key, string[]>> {
  const given: Partial<Record<Key, string[]>> = {};
  if (values.length > 0) given[key] = [...values];
  return given;
}
