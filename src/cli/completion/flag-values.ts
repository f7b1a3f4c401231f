import type { CommandClass } from '../command-class.ts';
import { ANY_FILE, type Candidates, DIRECTORIES, NOTHING, words } from './candidates.ts';
import { filterValues } from './filter-values.ts';
import type { Known } from './known.ts';

type AnyFlag = CommandClass['flags'][string];

/** Values of flags that take any text, by the flag's name. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  driver: ['azure', 'generic', 'none'],
  shell: ['bash', 'zsh', 'sh', 'fish', 'cmd', 'powershell', 'tcsh', 'emacs', 'nushell', 'elvish', 'xonsh'],
  'azure-environment': ['AzurePublicCloud', 'AzureUSGovernmentCloud', 'AzureChinaCloud', 'sandbox'],
  unset: [
    ...['docker-option', 'engine-label', 'engine-registry-mirror', 'engine-insecure-registry'],
    ...['engine-storage-driver', 'engine-env', 'tls-san', 'compose', 'compose-env', 'registry-login'],
  ],
  // https://learn.microsoft.com/azure/virtual-machines/disks-types
  'azure-storage-type': [
    'Standard_LRS',
    'StandardSSD_LRS',
    'StandardSSD_ZRS',
    'Premium_LRS',
    'Premium_ZRS',
    'PremiumV2_LRS',
    'UltraSSD_LRS',
  ],
};

/** How a flag's value could end. @param typed what of it is there */
export function flagValues(name: string, flag: AnyFlag, typed: string, known: Known): Candidates {
  if (flag.type === 'boolean') return words(['true', 'false']);
  if (flag.options !== undefined) return words(flag.options);
  if (name === 'filter') return filterValues(typed, { known, summary: flag.summary ?? '' });
  const usual = Object.hasOwn(USUAL, name) ? USUAL[name] : undefined;
  if (usual !== undefined) return words(usual);
  if (flag.helpValue === 'FILE') return ANY_FILE;
  return flag.helpValue === 'DIR' ? DIRECTORIES : NOTHING;
}
