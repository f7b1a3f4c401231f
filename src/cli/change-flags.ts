import type { InferredFlags } from '@oclif/core/interfaces';
import { UsageError } from '../errors/usage-error.ts';
import type { Unset, UnsettableFlag } from '../machine/extension/change-request.ts';
import type { ChangeInput } from '../machine/extension/read-change.ts';
import { engineFlags, engineValues } from './engine-flags.ts';
import { extensionFlags, extensionValues } from './extension-flags.ts';
import { repeated, yes } from './flags.ts';
import { nearest } from './nearest.ts';
import type { PasswordPlaces } from './registry-password.ts';

const UNSETTABLE: readonly UnsettableFlag[] = [
  'docker-option',
  'engine-opt',
  'engine-label',
  'engine-registry-mirror',
  'engine-insecure-registry',
  'engine-storage-driver',
  'engine-env',
  'tls-san',
  'compose',
  'compose-env',
  'registry-login',
];

const CHANGE = 'What is changed by set';

// Docker is there already, so that it matters no more where it comes from. And a variable that is there for new machines changes no old one.
const { 'engine-install-url': _, ...enginesOwn } = engineFlags;
const settableEngineFlags = {
  ...enginesOwn,
  'engine-registry-mirror': repeated({
    helpValue: 'URL',
    summary: 'Mirror of Docker Hub; may be repeated',
    helpGroup: 'Docker engine',
  }),
};

/** Flags of `extension set`. */
export const changeFlags = {
  unset: repeated({
    helpValue: 'FLAG[=NAME]',
    summary:
      'Take back what that flag gave: --unset engine-label=stage, or all of its values: --unset engine-label; may be repeated',
    helpGroup: CHANGE,
  }),
  'new-certificate': yes({ summary: 'Give the engine a new server certificate', helpGroup: CHANGE }),
  'no-compose': yes({ summary: 'Take the compose project down; its volumes stay', helpGroup: CHANGE }),
  'restart-containers': yes({
    summary: 'Let the engine stop its containers while it restarts; those with a restart policy come back',
    helpGroup: CHANGE,
  }),
  ...settableEngineFlags,
  ...extensionFlags,
};

type ChangeFlags = InferredFlags<typeof changeFlags>;

/** @throws UsageError when a value, a variable or a password is missing */
export async function changeValues(
  name: string,
  flags: ChangeFlags,
  places: Omit<PasswordPlaces, 'file' | 'stdin'>,
): Promise<ChangeInput> {
  const unset = flags.unset.map(readUnset);
  return {
    name,
    engine: engineValues({ ...flags, 'engine-install-url': undefined }),
    tlsSans: flags['tls-san'],
    extension: await extensionValues(flags, { ...places, hasCompose: true }),
    unset: flags['no-compose'] ? [...unset, { flag: 'compose', key: undefined }] : unset,
    newCertificate: flags['new-certificate'],
    restartContainers: flags['restart-containers'],
  };
}

function readUnset(text: string): Unset {
  const [, name = '', key] = /^(?:--)?([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
  const flag = UNSETTABLE.find((each) => each === name);
  if (flag === undefined) {
    const close = nearest(name, UNSETTABLE);
    const hint = close === undefined ? `it takes ${UNSETTABLE.join(', ')}` : `did you mean ${close}?`;
    throw new UsageError(`--unset cannot take back "${name}": ${hint}`, { resource: '--unset' });
  }
  const hasNoNames = flag === 'compose' || flag === 'registry-login' || flag === 'engine-storage-driver';
  if (key !== undefined && hasNoNames)
    throw new UsageError(`--unset ${flag} goes without a name.`, { resource: '--unset' });
  return { flag, key };
}
